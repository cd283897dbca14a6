"""Fixtures of rounds: a district with an organiser, and a round that is planned whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from district import District, make_account, make_district, make_rule_set
from flask.testing import FlaskClient
from round_acts import PROCEDURE, send, the_round
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.rounds.models import Round

Browser = Callable[[Account], FlaskClient]


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


@pytest.fixture
def organiser(session: Session, district: District, browser_of: Browser) -> FlaskClient:
    return browser_of(make_account(session, Role.ORGANISER, district.root))


@pytest.fixture
def planned(session: Session, organiser: FlaskClient) -> Round:
    """Return a round with a rule set and the calendar that its procedure proposes."""
    rule_set = make_rule_set(session, PROCEDURE)
    assert organiser.post("/rounds", data={"year": 2026, "title": "2026年度"}).status_code == 302
    chosen = {"rule_set_community": rule_set.id}
    assert send(organiser, the_round(session), "/rule-sets", **chosen) == 302
    assert send(organiser, the_round(session), "/calendar/proposal") == 302
    return the_round(session)
