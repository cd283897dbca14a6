"""What tests of evidence share: a district with a round, an application, and its officer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from district import District, make_account, make_district, make_round
from flask.testing import FlaskClient
from given import participant_of
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.rounds.models import Participant
from evaluator.storage import storage

Browser = Callable[[Account], FlaskClient]


@pytest.fixture
def district(session: Session) -> District:
    """Return a district with an open round, and nothing stored yet."""
    made = make_district(session)
    make_round(session, made)
    for key in list(storage().keys("")):
        storage().delete(key)
    return made


@pytest.fixture
def participant(session: Session, district: District) -> Participant:
    """Return the participant whose evidence is looked at."""
    return participant_of(session, district.east_one)


@pytest.fixture
def officer(session: Session, district: District, browser_of: Browser) -> FlaskClient:
    """Return the browser of the officer of that participant."""
    return browser_of(make_account(session, Role.BRANCH_OFFICER, district.east_one))
