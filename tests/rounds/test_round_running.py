"""Steps of an open round are extended, moved or closed with a reason; it is closed for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from district import (
    District,
    make_account,
    make_round,
)
from flask.testing import FlaskClient
from round_acts import send, the_round
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.database import now
from evaluator.rounds.models import RoundState, RoundStep

Browser = Callable[[Account], FlaskClient]


@pytest.fixture
def running(session: Session, district: District) -> RoundStep:
    step = make_round(session, district).step("self_assessment")
    assert step is not None
    return step


def local(moment: datetime) -> str:
    return (moment + timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M")


def change(client: FlaskClient, step: RoundStep, verb: str, **data: object) -> int:
    given = {f"{verb}-{key}": value for key, value in {"version": step.version, **data}.items()}
    path = f"/rounds/{step.round_id}/steps/{step.id}/{verb}"
    return client.post(path, data=given).status_code


def test_extension_holds_to_the_minute_and_gives_its_reason(
    session: Session, running: RoundStep, organiser: FlaskClient, district: District,
    browser_of: Browser,
) -> None:  # fmt: skip
    later = (running.closes_at + timedelta(days=2)).replace(minute=30, second=0, microsecond=0)
    data = {"closes_at": local(later), "reason": "系统维护"}
    assert change(organiser, running, "extend", **data) == 302
    session.refresh(running)
    assert running.is_open(later - timedelta(seconds=1))
    assert not running.is_open(later)
    officer = browser_of(make_account(session, Role.BRANCH_OFFICER, district.east_one))
    page = officer.get(f"/rounds/{running.round_id}").text
    assert "系统维护" in page
    assert "人员organiser" not in page


def test_extension_needs_a_reason_and_a_later_end(
    session: Session, running: RoundStep, organiser: FlaskClient
) -> None:
    closes_at = running.closes_at
    later, earlier = (local(closes_at + timedelta(days=days)) for days in (1, -1))
    assert change(organiser, running, "extend", closes_at=later, reason=" ") == 422
    assert change(organiser, running, "extend", closes_at=earlier, reason="x") == 409
    session.refresh(running)
    assert running.closes_at == closes_at


def test_last_minute_of_a_day_is_its_end(
    session: Session, running: RoundStep, organiser: FlaskClient
) -> None:
    data = {"closes_at": "2099-12-31T23:59", "reason": "延长"}
    assert change(organiser, running, "extend", **data) == 302
    session.refresh(running)
    assert running.closes_at == datetime(2099, 12, 31, 16, tzinfo=UTC)
    page = organiser.get(f"/rounds/{running.round_id}/steps/{running.id}").text
    assert "2099年12月31日 24:00" in page
    assert 'value="2099-12-31T23:59"' in page


def test_round_leads_to_its_progress_who_may_see_it(
    session: Session, running: RoundStep, organiser: FlaskClient, district: District,
    browser_of: Browser,
) -> None:  # fmt: skip
    link = f'href="/progress?round={running.round_id}"'
    officer = browser_of(make_account(session, Role.BRANCH_OFFICER, district.east_one))
    pages = [each.get(f"/rounds/{running.round_id}").text for each in (organiser, officer)]
    assert [link in each for each in pages] == [True, False]


def test_step_is_closed_early(session: Session, running: RoundStep, organiser: FlaskClient) -> None:
    assert change(organiser, running, "close", reason="全部提交") == 302
    session.refresh(running)
    assert not running.is_open(now())
    assert change(organiser, running, "close", reason="再次") == 409


def test_step_that_has_not_begun_is_moved(
    session: Session, running: RoundStep, organiser: FlaskClient
) -> None:
    assert change(organiser, running, "move", opens_at="2030-01-01T00:00",
                  closes_at="2030-01-02T00:00", reason="x") == 409  # fmt: skip
    running.opens_at = now() + timedelta(days=1)
    session.commit()
    assert change(organiser, running, "move", opens_at="2030-01-01T00:00",
                  closes_at="2030-01-02T00:00", reason="场地") == 302  # fmt: skip
    session.refresh(running)
    assert running.opens_at == datetime(2029, 12, 31, 16, tzinfo=UTC)


def test_round_is_closed_for_good(
    session: Session, running: RoundStep, organiser: FlaskClient
) -> None:
    made = running.round
    assert send(organiser, made, "/close", reason="") == 422
    assert send(organiser, made, "/close", reason="评定结束") == 302
    made = the_round(session)
    assert (made.state, running.is_open(now())) == (RoundState.CLOSED, False)
    assert change(organiser, running, "extend", closes_at="2030-01-01T00:00", reason="x") == 409


def test_counts_are_of_what_the_caller_may_see(
    session: Session, running: RoundStep, district: District, browser_of: Browser
) -> None:
    counts = []
    for role, place in ((Role.COMMITTEE_REVIEWER, district.east), (Role.SUPERVISOR, district.root)):
        page = browser_of(make_account(session, role, place)).get(f"/rounds/{running.round_id}")
        counts.append([each for each in (2, 4) if f'<td class="number">{each}</td>' in page.text])
    assert counts == [[2], [4]]
