"""A round with three reviewed branches, and who looks at their reports."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from district import District, make_account, make_district
from flask.testing import FlaskClient
from reported import make_reported_round, review
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.applications.models import ApplicationState
from evaluator.rounds.models import Participant, Round

Browser = Callable[[Account], FlaskClient]


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


@pytest.fixture
def made(session: Session, district: District) -> Round:
    return make_reported_round(session, district)


@pytest.fixture
def reported(session: Session, district: District, made: Round) -> Participant:
    """Return the first branch of the east, reviewed with 84 points; the second is in review."""
    review(session, made, district.east_two, ApplicationState.SUBMITTED)
    return review(session, made, district.east_one, services="5")


@pytest.fixture
def officer(session: Session, district: District, browser_of: Browser) -> FlaskClient:
    return browser_of(make_account(session, Role.BRANCH_OFFICER, district.east_one))


@pytest.fixture
def organiser(session: Session, district: District, browser_of: Browser) -> FlaskClient:
    return browser_of(make_account(session, Role.ORGANISER, district.root))
