"""Lists of events are reviewed entry by entry: struck, mended, added, within their bounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from district import RULES, District, make_account, make_district, make_round, make_rule_set
from flask.testing import FlaskClient
from reviewing import FACTS, case_of, submit
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.reviews.case import Standing
from evaluator.reviews.facts import reviewed_facts
from evaluator.rounds.models import Participant, Round

Browser = Callable[[Account], FlaskClient]
FACT = """\
  visits:
    label: {zh: 走访记录, en: Visits}
    type: events
    max: 20
    fields:
      whom: {label: {zh: 对象, en: Whom}, type: text}
      kind:
        label: {zh: 类型, en: Kind}
        type: choice
        options: {home: {zh: 入户, en: At home}, firm: {zh: 企业, en: At a firm}}
dimensions:
"""
MEASURE = "measures:\n  visited: {label: {zh: 走访次数, en: Visits}, count: {events: visits}}\n"
INDICATOR = """\
      - id: visited
        title: {zh: 走访, en: Visits}
        points: 10
        rule: {formula: "min(visited * 2, 10)"}
levels:
"""
VISITS = [
    {"date": "2026-03-01", "whom": "王家", "kind": "home"},
    {"date": "2026-04-02", "whom": "李家", "kind": "home"},
]
TEXT = (
    RULES.replace("dimensions:\n", FACT.replace("dimensions:\n", MEASURE + "dimensions:\n"), 1)
    .replace("levels:\n", INDICATOR, 1)
    .replace("points: 60", "points: 70")
    .replace("{total: 100}", "{total: 110}")
)


@pytest.fixture
def district(session: Session) -> District:
    district = make_district(session)
    make_round(session, district)
    made = session.scalars(select(Round)).one()
    made.rule_sets[0].stored = make_rule_set(session, TEXT)
    session.commit()
    return district


@pytest.fixture
def reviewer(session: Session, district: District) -> Account:
    return make_account(session, Role.COMMITTEE_REVIEWER, district.east)


@pytest.fixture
def application(session: Session, district: District) -> Participant:
    return submit(session, district.east_one, {**FACTS, "visits": VISITS})


def sent(*rows: tuple[bool, str, str, str], reason: str = "") -> dict[str, Any]:
    """Return the form of the visits."""
    data: dict[str, Any] = {"submission": 1, "version": 0, "act": "accept"}
    data |= {"fact_0-version": 0, "fact_0-reason": reason}
    for number, (kept, date, whom, kind) in enumerate(rows):
        field = f"fact_0-value-{number}"
        data |= {f"{field}-date": date, f"{field}-column_0": whom, f"{field}-column_1": kind}
        if kept:
            data[f"{field}-kept"] = "y"
    return data


AS_STATED = ((True, "2026-03-01", "王家", "home"), (True, "2026-04-02", "李家", "home"))
EMPTY = (True, "", "", "")


def test_page_shows_a_line_for_each_event_and_an_empty_one(
    browser_of: Browser, reviewer: Account, application: Participant
) -> None:
    page = browser_of(reviewer).get(f"/reviews/{application.id}?indicator=visited").text
    assert page.count('type="checkbox"') == 3
    assert "王家" in page


def test_events_as_stated_are_accepted(
    session: Session, browser_of: Browser, reviewer: Account, application: Participant
) -> None:
    url = f"/reviews/{application.id}/indicators/visited"
    assert browser_of(reviewer).post(url, data=sent(*AS_STATED, EMPTY)).status_code == 302
    session.expire_all()
    case = case_of(session, reviewer, application)
    assert case.standing(case.units["visited"]) is Standing.ACCEPTED


def test_event_that_is_not_proved_is_struck_with_a_reason(
    session: Session, browser_of: Browser, reviewer: Account, application: Participant
) -> None:
    url = f"/reviews/{application.id}/indicators/visited"
    struck = (AS_STATED[0], (False, *AS_STATED[1][1:]), EMPTY)
    assert browser_of(reviewer).post(url, data=sent(*struck)).status_code == 422
    kept = sent(*struck, reason="第二次没有记录")
    assert browser_of(reviewer).post(url, data=kept).status_code == 302
    session.expire_all()
    assert reviewed_facts(session, [application])[application.id]["visits"] == VISITS[:1]
    case = case_of(session, reviewer, application)
    indicator = case.units["visited"].indicator
    assert indicator is not None
    assert case.stated_marks.points(indicator) == 40_000
    assert case.reviewed_marks.points(indicator) == 20_000


def test_every_event_may_be_struck(
    session: Session, browser_of: Browser, reviewer: Account, application: Participant
) -> None:
    url = f"/reviews/{application.id}/indicators/visited"
    none = sent(*((False, *each[1:]) for each in AS_STATED), reason="均无记录")
    assert browser_of(reviewer).post(url, data=none).status_code == 302
    session.expire_all()
    assert reviewed_facts(session, [application])[application.id]["visits"] == []


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ((True, "2026-13-01", "张家", "home"), "第3条"),
        ((True, "2026-05-01", "张家", ""), "缺少“类型”"),
        ((True, "2026-05-01", "张家", "sea"), "只能选"),
    ],
)
def test_wrong_event_is_named_and_kept_in_the_form(
    browser_of: Browser,
    reviewer: Account,
    application: Participant,
    row: tuple[bool, str, str, str],
    words: str,
) -> None:
    url = f"/reviews/{application.id}/indicators/visited"
    answer = browser_of(reviewer).post(url, data=sent(*AS_STATED, row, reason="补一次"))
    assert (answer.status_code, words in answer.text) == (422, True)
    assert "张家" in answer.text
