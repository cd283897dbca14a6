"""The start page tells everybody what waits for them, at their own places alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from counting import queries_of
from district import District, make_account, make_district, make_organisation, make_round
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from waiting import links, participant_of, put, tasks

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.database import now
from evaluator.reviews.models import FactDecision, FactReview, Reply, Return
from evaluator.rounds.models import Round, RoundState
from evaluator.site_checks.models import SiteCheck

Browser = Callable[[Account], FlaskClient]


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


@pytest.fixture
def made(session: Session, district: District) -> Round:
    return make_round(session, district)


@pytest.fixture
def officer(session: Session, district: District, browser_of: Browser) -> FlaskClient:
    return browser_of(make_account(session, Role.BRANCH_OFFICER, district.east_one))


@pytest.fixture
def reviewer(session: Session, district: District, browser_of: Browser) -> FlaskClient:
    return browser_of(make_account(session, Role.COMMITTEE_REVIEWER, district.east))


def test_nobody_signed_in_is_shown_the_ways_in(client: FlaskClient, made: Round) -> None:
    page = client.get("/").text
    assert "登录" in page
    assert 'href="/ballot"' in page
    assert made.title not in page


def test_officer_sees_how_the_own_self_assessment_stands(
    session: Session, made: Round, district: District, officer: FlaskClient
) -> None:
    put(session, district.west_one, "returned")
    number = participant_of(session, district.east_one).id
    name = "东一社区党支部"
    assert tasks(officer) == [(name, "自评尚未开始填报", "还剩8天")]
    application = put(session, district.east_one, "draft")
    assert tasks(officer) == [(name, "自评填报中，尚未提交", "还剩8天")]
    assert links(officer) == [f"/applications/{number}"]
    application.state = "submitted"
    session.commit()
    assert tasks(officer) == [(name, "已提交，由直属党（工）委初审")]
    assert links(officer) == [f"/applications/{number}/receipt"]


def test_officer_sees_what_the_committee_wants(
    session: Session, made: Round, district: District, officer: FlaskClient
) -> None:
    application = put(session, district.east_one, "returned")
    for number, items in ((1, ["a"]), (2, ["a", "b"])):
        session.add(Return(application_id=application.id, number=number, at=now(), items=items))
    session.commit()
    name = "东一社区党支部"
    assert tasks(officer) == [(name, "申报已退回，请补正", "2项指标需补正 · 还剩8天")]
    application.state = "reviewed"
    for fact, decision in (("services", "adjusted"), ("brand", "accepted")):
        session.add(
            FactReview(
                application_id=application.id, fact=fact, decision=FactDecision(decision),
                value="1", stated="2", at=now(),
            )
        )  # fmt: skip
    session.add(
        Reply(
            application_id=application.id, indicator="services", text="t", at=now(),
            answer="a", answered_at=now(),
        )
    )  # fmt: skip
    session.commit()
    assert tasks(officer) == [(name, "初审已完成", "党（工）委认定或调整1项 · 1条答复已有回应")]


@pytest.mark.parametrize("state", ["awarded", "unrated"])
def test_officer_is_led_to_the_report_once_the_round_is_over_for_the_branch(
    session: Session, made: Round, district: District, officer: FlaskClient, state: str
) -> None:
    number = put(session, district.east_one, state).participant_id
    assert tasks(officer) == [("东一社区党支部", "本轮评定结果已确定")]
    assert links(officer) == [f"/score-reports/{number}"]


def test_officer_is_told_that_the_time_is_over_or_has_not_come(
    session: Session, made: Round, district: District, officer: FlaskClient
) -> None:
    step = made.step("self_assessment")
    assert step is not None
    step.closes_at = now() - timedelta(hours=1)
    session.commit()
    assert [each[1] for each in tasks(officer)] == ["自评申报已截止，未提交"]
    step.opens_at, step.closes_at = now() + timedelta(days=2), now() + timedelta(days=3)
    session.commit()
    assert [each[1] for each in tasks(officer)] == ["自评申报2天后开始"]


def test_officer_of_many_sees_first_what_was_returned(
    session: Session, made: Round, district: District, browser_of: Browser
) -> None:
    put(session, district.east_one, "submitted")
    put(session, district.east_two, "returned")
    client = browser_of(make_account(session, Role.BRANCH_OFFICER, district.east))
    assert [each[0] for each in tasks(client)] == ["东二社区党支部", "东一社区党支部"]


def test_reviewer_sees_what_waits_in_the_own_committee(
    session: Session, made: Round, district: District, reviewer: FlaskClient
) -> None:
    put(session, district.east_one, "submitted")
    put(session, district.west_one, "submitted")
    application = put(session, district.east_two, "reviewed")
    reply = Reply(application_id=application.id, indicator="services", text="t", at=now())
    session.add(reply)
    session.add(SiteCheck(participant=participant_of(session, district.east_one), drawn=True))
    session.add(SiteCheck(participant=participant_of(session, district.west_one), drawn=True))
    session.commit()
    assert tasks(reviewer) == [
        ("1份申报待初审", "最早一份已等待2天 · 还剩8天"),
        ("1份申报有答复待回应", "还剩8天"),
        ("民主测评", "2个未组织 · 0个进行中 · 还剩8天"),
        ("1个党组织待现场核查", "还剩8天"),
    ]
    assert links(reviewer)[:2] == ["/reviews?state=review", "/reviews?state=answer"]
    page = reviewer.get("/").text
    assert "西" not in page
    assert "最近变动" not in page
    reply.answer, reply.answered_at = "a", now()
    session.commit()
    assert ("1份已初审，可排序推荐", "还剩8天") in tasks(reviewer)


def test_round_that_is_planned_is_shown_to_its_planners_alone(
    session: Session, district: District, officer: FlaskClient, browser_of: Browser
) -> None:
    session.add(Round(year=2027, title="秘密的一轮"))
    session.commit()
    organiser = browser_of(make_account(session, Role.ORGANISER, district.root))
    assert "秘密的一轮" not in officer.get("/").text
    assert tasks(organiser)[-1] == (
        "秘密的一轮", "新一轮筹备中", "未选定规则集 · 日程中没有自评申报",
    )  # fmt: skip


def test_closed_round_stays_in_sight_while_the_next_is_planned(
    session: Session, made: Round, district: District, officer: FlaskClient
) -> None:
    put(session, district.east_one, "reviewed")
    made.state, made.closed_at = RoundState.CLOSED, now()
    session.add(Round(year=2027, title="秘密的一轮"))
    session.commit()
    assert [each[1] for each in tasks(officer)] == ["初审已完成"]
    assert "秘密" not in officer.get("/applications", follow_redirects=True).text


def test_page_asks_the_same_number_of_queries_for_one_and_for_three(
    session: Session, district: District, browser_of: Browser
) -> None:
    for number in (3, 4):
        make_organisation(session, f"E{number}", f"东{number}", district.east)
    account = make_account(session, Role.BRANCH_OFFICER, district.east)
    made = make_round(session, district)
    client, counts = browser_of(account), []
    for branch in (district.east_one, district.east_two):
        put(session, branch, "returned")
        counts.append(queries_of(lambda: client.get("/")))
    assert counts[0] == counts[1] <= 16
    assert made.title in client.get("/").text
