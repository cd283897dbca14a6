"""Rounds are planned, and opened with a frozen register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from counting import counted
from district import (
    District,
    make_account,
    make_organisation,
)
from flask.testing import FlaskClient
from round_acts import send, the_round
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.audit.models import AuditLine
from evaluator.database import now
from evaluator.organisations.models import Kind, StandingLevel, Status
from evaluator.rounds.models import Participant, Round, RoundState

Browser = Callable[[Account], FlaskClient]


def test_calendar_is_proposed_in_days_of_the_district(planned: Round) -> None:
    assert [(each.step, each.opens_at, each.closes_at) for each in planned.steps] == [
        (
            "self_assessment",
            datetime(2027, 1, 3, 16, tzinfo=UTC),
            datetime(2027, 1, 20, 16, tzinfo=UTC),
        ),
        (
            "committee_review",
            datetime(2027, 1, 18, 16, tzinfo=UTC),
            datetime(2027, 2, 2, 16, tzinfo=UTC),
        ),
    ]


def test_next_round_is_proposed_with_year_and_title(
    session: Session, planned: Round, organiser: FlaskClient
) -> None:
    page = organiser.get("/rounds").text
    assert f'value="{planned.year + 1}"' in page
    assert f'value="{planned.year + 1}年度基层党组织星级评定"' in page


def test_overlap_of_steps_is_pointed_out(planned: Round, organiser: FlaskClient) -> None:
    page = organiser.get(f"/rounds/{planned.id}").text
    assert "“直属党（工）委初审”开始时“支部自评”尚未结束（2027年1月20日 24:00）。" in page


def test_calendar_is_set_to_the_minute(
    session: Session, planned: Round, organiser: FlaskClient
) -> None:
    status = send(
        organiser, planned, "/calendar",
        appraisal_opens_at="2027-01-05T08:30", appraisal_closes_at="2027-01-06T17:45",
        self_assessment_opens_at="2027-01-04T09:00", self_assessment_closes_at="2027-01-21T00:00",
    )  # fmt: skip
    steps = [(each.step, each.position, each.opens_at) for each in the_round(session).steps]
    assert (status, steps) == (302, [
        ("self_assessment", 0, datetime(2027, 1, 4, 1, tzinfo=UTC)),
        ("appraisal", 1, datetime(2027, 1, 5, 0, 30, tzinfo=UTC)),
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("opens", "closes", "words"),
    [
        ("2027-01-05T08:30", "", "请同时填写开始和结束时间"),
        ("2027-01-05T08:30", "2027-01-05T08:30", "结束时间应晚于开始时间"),
    ],
)
def test_wrong_calendar_is_shown_with_what_was_typed(
    session: Session, planned: Round, organiser: FlaskClient, opens: str, closes: str, words: str
) -> None:
    data = {"award_opens_at": opens, "award_closes_at": closes, "version": planned.version}
    answer = organiser.post(f"/rounds/{planned.id}/calendar", data=data)
    assert (answer.status_code, words in answer.text, opens in answer.text) == (422, True, True)
    assert len(the_round(session).steps) == 2


def test_plan_of_an_older_version_is_refused(
    session: Session, planned: Round, organiser: FlaskClient
) -> None:
    version = planned.version
    assert send(organiser, planned, "/calendar/proposal") == 302
    chosen = {"rule_set_community": "", "version": version}
    assert send(organiser, the_round(session), "/rule-sets", **chosen) == 409
    assert len(the_round(session).rule_sets) == 1


def test_draft_cannot_be_chosen(session: Session, planned: Round, organiser: FlaskClient) -> None:
    draft = planned.rule_sets[0].stored
    answer = send(organiser, planned, "/rule-sets", rule_set_community=draft.id + 1000)
    assert answer == 422


def test_preview_says_who_is_left_out_and_why(
    session: Session, planned: Round, organiser: FlaskClient, district: District
) -> None:
    make_organisation(session, "E3", "无类别党支部", district.east, category=None)
    make_organisation(session, "W3", "国企党支部", district.west, category="soe")
    make_organisation(session, "W4", "已撤销党支部", district.west, status=Status.DISSOLVED)
    page = organiser.get(f"/rounds/{planned.id}/open").text
    assert "将有4个党组织参加" in page
    assert "未参加：2个" in page
    assert "登记册中没有类别: 1" in page
    assert "本轮没有该类别的规则集: 1" in page
    assert "已撤销党支部" not in page


def test_opening_freezes_the_register(
    session: Session, planned: Round, organiser: FlaskClient, district: District
) -> None:
    for year, level in ((2023, "three_star"), (2024, "four_star"), (2025, "four_star")):
        session.add(StandingLevel(organisation_id=district.east_one.id, year=year, level=level))
    session.commit()
    assert send(organiser, planned, "/open") == 302
    made = the_round(session)
    assert made.state is RoundState.OPEN
    district.east_one.name = "改名后的党支部"
    session.commit()
    found = session.scalars(select(Participant).order_by(Participant.code)).all()
    assert [(each.code, each.committee, each.previous_level, each.years_at_level, each.name)
            for each in found] == [
        ("E1", "东片党工委", "four_star", 2, "东一社区党支部"),
        ("E2", "东片党工委", "", 0, "东二社区党支部"),
        ("W1", "西片党工委", "", 0, "西一社区党支部"),
        ("W2", "西片党工委", "", 0, "西二社区党支部"),
    ]  # fmt: skip
    line = session.scalars(select(AuditLine).where(AuditLine.action == "round.open")).one()
    assert '"participants":4' in line.after


def test_open_round_is_planned_no_more(
    session: Session, planned: Round, organiser: FlaskClient
) -> None:
    send(organiser, planned, "/open")
    made = the_round(session)
    assert send(organiser, made, "/calendar/proposal") == 409
    assert send(organiser, made, "/rule-sets", rule_set_community="") == 409
    assert send(organiser, made, "/open") == 409
    assert send(organiser, made, "/delete") == 409


def test_round_opens_only_when_it_is_complete(session: Session, organiser: FlaskClient) -> None:
    organiser.post("/rounds", data={"year": 2026, "title": "空"})
    made = the_round(session)
    page = organiser.get(f"/rounds/{made.id}/open").text
    assert "尚未选择规则集" in page
    assert "日程中没有自评环节" in page
    assert send(organiser, made, "/open") == 409


def test_only_one_round_is_open(session: Session, planned: Round, organiser: FlaskClient) -> None:
    session.add(Round(year=2025, title="上一轮", state=RoundState.OPEN, opened_at=now()))
    session.commit()
    assert "另有一轮评定正在进行" in organiser.get(f"/rounds/{planned.id}/open").text
    assert send(organiser, planned, "/open") == 409


def test_opening_takes_as_many_statements_for_many_as_for_few(
    session: Session, planned: Round, organiser: FlaskClient, district: District
) -> None:
    for number in range(60):
        branch = make_organisation(session, f"M{number}", f"党支部{number}", district.west,
                                   kind=Kind.BRANCH)  # fmt: skip
        session.add(StandingLevel(organisation_id=branch.id, year=2025, level="three_star"))
    session.commit()
    with counted() as asked:
        assert send(organiser, planned, "/open") == 302
    assert len(session.scalars(select(Participant.id)).all()) == 64
    assert len(asked) < 38


def test_round_being_planned_looks_missing_to_others(
    session: Session, planned: Round, district: District, browser_of: Browser
) -> None:
    officer = browser_of(make_account(session, Role.BRANCH_OFFICER, district.east_one))
    elsewhere = browser_of(make_account(session, Role.ORGANISER, district.east))
    for client in (officer, elsewhere):
        assert "2026年度" not in client.get("/rounds").text
        assert client.get(f"/rounds/{planned.id}").status_code == 404
    for path in ("/open", "/calendar/proposal", "/delete", "/close"):
        assert send(elsewhere, planned, path, reason="x") == 404
    assert the_round(session).state is RoundState.PLANNED
