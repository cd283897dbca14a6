"""A decided round, and the two organisers who decide it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from deciding_round import make_decided_round
from district import District, make_account, make_district
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.rounds.models import Round

Browser = Callable[[Account], FlaskClient]


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


@pytest.fixture
def made(session: Session, district: District) -> Round:
    """Return a round with 94, 94, 90 and 78 points; the first two differ in their meetings."""
    return make_decided_round(
        session,
        district,
        east_one="10 14 4",
        east_two="10 14 5",
        west_one="10 10 4",
        west_two="4 10 4",
    )


@pytest.fixture
def first(session: Session, district: District) -> Account:
    return make_account(session, Role.ORGANISER, district.root, "first")


@pytest.fixture
def second(session: Session, district: District) -> Account:
    return make_account(session, Role.ORGANISER, district.root, "second")


@pytest.fixture
def organiser(first: Account, browser_of: Browser) -> FlaskClient:
    return browser_of(first)
