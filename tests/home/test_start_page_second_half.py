"""The start page from the defence on: sheets, objections, and what waits for a second person."""

from __future__ import annotations

from collections.abc import Callable

from deciding_round import acting, make_decided_round, participant_of
from district import make_account, make_district
from flask.testing import FlaskClient
from hearing import make_hearing
from sqlalchemy.orm import Session
from waiting import tasks

from evaluator.access import Role
from evaluator.applications.models import ApplicationState
from evaluator.applications.queries import application_of
from evaluator.database import now
from evaluator.decisions.models import Basis
from evaluator.decisions.proposing import Wish, confirm, propose

Browser = Callable[..., FlaskClient]


def test_sheets_wait_until_they_are_handed_in(session: Session, browser_of: Browser) -> None:
    hearing = make_hearing(session)
    chair, colleague = (browser_of(each) for each in hearing.accounts[:2])
    two = ("东一社区党支部、东二社区党支部", "有2份评分表待提交")
    assert [tasks(each) for each in (chair, colleague)] == [[two], [two]]
    hearing.hand_in(0, 0, before="85")
    session.commit()
    assert tasks(chair) == [("东二社区党支部", "有1份评分表待提交")]
    assert tasks(colleague) == [two]


def test_sheets_of_a_withdrawn_seat_and_of_a_closed_case_wait_no_more(
    session: Session, browser_of: Browser
) -> None:
    hearing = make_hearing(session)
    hearing.cases[0].seats[1].recused_at = now()
    application = application_of(session, hearing.cases[1].participant)
    assert application is not None
    application.state = ApplicationState.DEFENDED
    session.commit()
    assert tasks(browser_of(hearing.accounts[1])) == []
    assert tasks(browser_of(hearing.accounts[0])) == [("东一社区党支部", "有1份评分表待提交")]


def test_proposal_waits_for_colleagues_until_one_confirms(
    session: Session, browser_of: Browser
) -> None:
    district = make_district(session)
    made = make_decided_round(session, district, east_one="20 10 4")
    first, second = (
        make_account(session, Role.ORGANISER, district.root, name) for name in ("first", "second")
    )
    east = participant_of(session, made, district.east_one)
    wish = Wish("three_star", Basis.DEVIATION, "审计问题未整改")
    decision = propose(session, acting(first), participant=east, wish=wish)
    session.commit()
    waits = ("街道社区", "偏离测算结果的审定待第二人确认", "共1项")
    assert waits not in tasks(browser_of(first))
    colleague = browser_of(second)
    assert waits in tasks(colleague)
    assert "待第二人" in colleague.get(f"/decisions?round={made.id}&category=community").text
    confirm(session, acting(second), participant=east, version=decision.version)
    session.commit()
    assert waits not in tasks(colleague)
