"""What was brought by mistake is withdrawn with a reason; the log keeps what it was."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date

import pytest
from district import District, make_account, make_district, make_round
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.accounts.models import Account
from evaluator.audit.models import AuditLine
from evaluator.records.models import KnownFact
from evaluator.records.operations import set_known_facts, withdraw_known_facts

Browser = Callable[[Account], FlaskClient]


def bring(session: Session, district: District, value: str) -> None:
    """Let the meetings of two branches be known."""
    for branch in (district.east_one, district.west_one):
        set_known_facts(
            session,
            Actor.system(),
            organisation_id=branch.id,
            year=2026,
            values={"meetings": value, "other": "x"},
            source="record: members_meetings",
            as_of=date(2026, 3, 31),
        )
    session.commit()


@pytest.fixture
def district(session: Session) -> District:
    district = make_district(session)
    make_round(session, district)
    bring(session, district, "7")
    return district


@pytest.fixture
def organiser(session: Session, browser_of: Browser, district: District) -> FlaskClient:
    return browser_of(make_account(session, Role.ORGANISER, district.east))


def address(district: District, fact: str = "meetings") -> str:
    """Return where a fact of the first eastern branch is withdrawn."""
    return f"/records/{district.east_one.id}/2026/{fact}/withdraw"


def seen(page: str) -> str:
    """Return which value a page shows."""
    found = re.search(r'name="seen"[^>]* value="([^"]+)"', page)
    assert found is not None
    return found[1]


def left(session: Session) -> set[tuple[int, str]]:
    """Return what is known of whom."""
    session.expire_all()
    return {(each.organisation_id, each.fact) for each in session.scalars(select(KnownFact))}


def test_value_is_gone_and_the_page_and_the_log_say_why(
    session: Session, district: District, organiser: FlaskClient
) -> None:
    page = organiser.get(address(district)).text
    assert ("支部党员大会次数" in page, "7次" in page) == (True, True)
    sent = {"seen": seen(page), "reason": "属于东二支部"}
    assert organiser.post(address(district), data=sent).status_code == 302
    east, west = district.east_one.id, district.west_one.id
    assert left(session) == {(east, "other"), (west, "meetings"), (west, "other")}
    line = session.scalars(select(AuditLine).order_by(AuditLine.number.desc()).limit(1)).one()
    assert (line.action, line.subject_id, line.reason) == (
        "known_facts.withdraw", east, "属于东二支部",
    )  # fmt: skip
    assert json.loads(line.before) == {
        "meetings": {"value": "7", "source": "record: members_meetings"}
    }
    shown = organiser.get(f"/records/{east}").text
    assert re.findall(r"<td>(\d+次)</td>", shown) == []
    assert "属于东二支部" in shown
    assert organiser.get(address(district)).status_code == 404


def test_reason_is_asked_and_a_newer_value_stays(
    session: Session, district: District, organiser: FlaskClient
) -> None:
    before, mark = left(session), seen(organiser.get(address(district)).text)
    answer = organiser.post(address(district), data={"seen": mark, "reason": " "})
    assert answer.status_code == 422
    bring(session, district, "8")
    answer = organiser.post(address(district), data={"seen": mark, "reason": "误报"})
    assert (answer.status_code, "8次" in answer.text, "误报" in answer.text) == (409, True, True)
    assert left(session) == before


def test_organiser_of_another_committee_and_readers_find_nothing(
    session: Session, district: District, browser_of: Browser
) -> None:
    before = left(session)
    others = (
        make_account(session, Role.ORGANISER, district.west),
        make_account(session, Role.COMMITTEE_REVIEWER, district.east),
        make_account(session, Role.BRANCH_OFFICER, district.east_one),
    )
    for account in others:
        browser = browser_of(account)
        sent = {"seen": "", "reason": "误报"}
        assert browser.get(address(district)).status_code == 404
        assert browser.post(address(district), data=sent).status_code == 404
        assert "/withdraw" not in browser.get(f"/records/{district.east_one.id}").text
    assert left(session) == before


def test_withdrawing_what_nobody_brought_writes_no_line(
    session: Session, district: District
) -> None:
    lines = len(session.scalars(select(AuditLine)).all())
    withdraw_known_facts(
        session,
        Actor.system(),
        organisation_id=district.east_two.id,
        year=2026,
        facts=["meetings"],
        reason="误报",
    )
    session.commit()
    assert len(session.scalars(select(AuditLine)).all()) == lines
