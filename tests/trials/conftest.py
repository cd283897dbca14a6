"""A small round whose rules are tried, and an organiser who tries them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from district import District, make_account, make_district, make_round
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from trying import judged, know

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.rounds.models import Round

Browser = Callable[[Account], FlaskClient]


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


@pytest.fixture
def made(session: Session, district: District) -> Round:
    """Return a round: 83, 60 and 100 points, and one whose facts are not complete."""
    made = make_round(session, district)
    know(session, district.east_one, meetings="4", services="5", attitude=judged("15"))
    know(session, district.east_two, meetings="4", services="0", attitude=judged("2"))
    know(session, district.west_one, meetings="6", services="10", attitude=judged("20"))
    know(session, district.west_two, meetings="4")
    return made


@pytest.fixture
def organiser(session: Session, district: District, browser_of: Browser) -> FlaskClient:
    return browser_of(make_account(session, Role.ORGANISER, district.root))
