"""At each step of a round the start page says what can be done then, and nothing that is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from deciding_round import acting, make_decided_round, participant_of
from district import District, make_account, make_district, make_round
from flask.testing import FlaskClient
from hearing import Hearing, make_hearing, make_sitting
from sqlalchemy import select
from sqlalchemy.orm import Session
from waiting import links, put, tasks

from evaluator.access import Actor, Role
from evaluator.accounts.models import Account
from evaluator.applications.models import Application, ApplicationState
from evaluator.applications.queries import application_of
from evaluator.database import now
from evaluator.decisions.meeting import Meeting, write_minutes_of
from evaluator.decisions.models import Basis, Decision
from evaluator.defences.letters import publish_timetable
from evaluator.notices.models import Notice, NoticeEntry
from evaluator.outbox.models import Letter, LetterState
from evaluator.reviews.models import Reply
from evaluator.rounds.models import Round, RoundStep

Browser = Callable[..., FlaskClient]
STEPS = (
    "self_assessment", "appraisal", "committee_review", "site_check", "defence", "joint_check",
    "decision", "public_notice", "award",
)  # fmt: skip
S = ApplicationState


def bring_to(session: Session, made: Round, name: str) -> None:
    """Let a step of a round run for ten days more, those before it be over, all others to come."""
    there = {each.step: each for each in made.steps}
    for position, each in enumerate(STEPS):
        step, moment = there.get(each) or RoundStep(step=each), now() + timedelta(hours=1)
        step.position = position
        begins = (position - STEPS.index(name)) * timedelta(days=10)
        step.opens_at = moment + begins - timedelta(days=1)
        step.closes_at = step.opens_at + timedelta(days=10)
        if each not in there:
            made.steps.append(step)
    session.commit()


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


@pytest.mark.parametrize("name", STEPS)
def test_nothing_that_is_over_waits_for_anybody(
    session: Session, district: District, browser_of: Browser, name: str
) -> None:
    made = make_round(session, district)
    application = put(session, district.east_one, "reviewed")
    session.add(Reply(application_id=application.id, indicator="services", text="t", at=now()))
    put(session, district.east_two, "draft")
    put(session, district.west_one, "returned")
    bring_to(session, made, name)
    said = " ".join(
        " ".join(each)
        for role, place in (
            (Role.ORGANISER, district.root),
            (Role.COMMITTEE_REVIEWER, district.root),
            (Role.PANELLIST, district.root),
            (Role.BRANCH_OFFICER, district.root),
        )
        for each in tasks(browser_of(make_account(session, role, place)))
    )
    asked = {
        "尚未提交": ("self_assessment",),
        "请补正": ("self_assessment", "appraisal", "committee_review"),
        "待回应": ("committee_review",),
        "民主测评": ("appraisal",),
        "现场核查": ("site_check",),
        "尚未组建评审组": ("defence",),
        "联审尚无部门": ("joint_check",),
    }
    reached = {each: steps for each, steps in asked.items() if each in said}
    assert all(name in steps for steps in reached.values()), (name, said)
    assert {each for each, steps in asked.items() if steps == (name,)} <= set(reached)


def test_preparing_the_defence_waits_one_thing_after_the_other(
    session: Session, browser_of: Browser
) -> None:
    hearing = make_hearing(session)
    bring_to(session, hearing.made, "defence")
    account = make_account(session, Role.ORGANISER, hearing.district.root)
    organiser = browser_of(account)
    hearing.cases[1].seats.pop()
    hearing.cases[0].position = None
    session.commit()
    assert first_of_defence(organiser) == ("1个答辩对象评委不足", "还剩9天")
    hearing.panel.seats = 2
    session.commit()
    assert first_of_defence(organiser) == ("第一评审组", "答辩顺序尚未抽签", "还剩9天")
    hearing.cases[0].position = 1
    session.commit()
    assert first_of_defence(organiser) == ("1个答辩对象未排时间", "还剩9天")
    make_sitting(session, hearing.cases[1], now() + timedelta(hours=1))
    assert first_of_defence(organiser) == ("答辩时间有变动或新排，3人尚未通知",)
    publish_timetable(session, acting(account), made=hearing.made)
    session.commit()
    assert first_of_defence(organiser) == ("3封通知待发出",)


def first_of_defence(organiser: FlaskClient) -> tuple[str, ...]:
    return tasks(organiser)[0]


def test_cases_left_open_are_told_when_the_defence_is_over(
    session: Session, browser_of: Browser
) -> None:
    hearing = make_hearing(session)
    bring_to(session, hearing.made, "joint_check")
    organiser = browser_of(make_account(session, Role.ORGANISER, hearing.district.root))
    step = hearing.made.step("defence")
    assert step is not None
    assert ("有答辩尚未办结", "“集中答辩”已截止") in tasks(organiser)
    assert f"/rounds/{hearing.made.id}/steps/{step.id}" in links(organiser)
    assert tasks(browser_of(hearing.accounts[0])) == []


def test_hearing_to_come_stands_with_its_time_and_waits_when_it_has_come(
    session: Session, browser_of: Browser
) -> None:
    hearing = make_hearing(session)
    sitting = make_sitting(session, hearing.cases[1], now() + timedelta(days=1))
    panellist = browser_of(hearing.accounts[1])
    assert tasks(panellist)[0] == ("东一社区党支部", "有1份评分表待提交")
    about, details = tasks(panellist)[1]
    assert about == "还有1场答辩"
    assert details.endswith("，地点：101")
    sitting.starts_at = now() - timedelta(minutes=1)
    session.commit()
    assert tasks(panellist) == [("东一社区党支部、东二社区党支部", "有2份评分表待提交")]


def test_chair_is_told_which_case_it_can_close(session: Session, browser_of: Browser) -> None:
    hearing = make_hearing(session, branches=1)
    hearing.hand_all_in("80", "82", "84")
    words = ("东一社区党支部", "1个答辩的评分表已全部提交，可以结束")
    assert [tasks(browser_of(each)) for each in hearing.accounts[:2]] == [[words], []]


def test_branch_reads_its_hearing_as_far_as_it_was_told(
    session: Session, browser_of: Browser
) -> None:
    hearing = make_hearing(session, branches=1)
    account = make_account(session, Role.BRANCH_OFFICER, hearing.district.east_one)
    branch, name = browser_of(account), "东一社区党支部"
    assert tasks(branch) == [(name, "参加集中答辩")]
    publish_timetable(session, Actor.system("t"), made=hearing.made)
    session.commit()
    assert tasks(branch) == [(name, "参加集中答辩")]
    let_go(session)
    [(_, words, when)] = tasks(branch)
    assert (words, when.endswith("地点：101")) == ("参加集中答辩", True)
    assert links(branch) == ["/letters"]
    case_of(hearing).state = S.DEFENDED
    session.commit()
    assert tasks(branch) == [(name, "星级审定中")]


def case_of(hearing: Hearing) -> Application:
    found = application_of(hearing.session, hearing.cases[0].participant)
    assert found is not None
    return found


def let_go(session: Session) -> None:
    for each in session.scalars(select(Letter)):
        each.state = LetterState.READY
    session.commit()


def test_decision_waits_with_its_minutes_and_then_the_notice(
    session: Session, district: District, browser_of: Browser
) -> None:
    made = make_decided_round(session, district)
    account = make_account(session, Role.ORGANISER, district.root)
    organiser = browser_of(account)
    bring_to(session, made, "decision")
    assert tasks(organiser) == [("4份申报待审定", "还剩9天")]
    for name in ("east_one", "east_two", "west_one", "west_two"):
        decided(session, made, getattr(district, name), account)
    assert tasks(organiser) == [
        ("审定尚无会议纪要",),
        ("街道社区", "1个党组织审定为不予命名，本轮尚未办结"),
    ]
    meeting = Meeting(held_at=now(), chair="王", present=("王",), text="同意")
    write_minutes_of(session, acting(account), made=made, meeting=meeting)
    bring_to(session, made, "public_notice")
    assert tasks(organiser) == [
        ("街道社区", "1个党组织审定为不予命名，本轮尚未办结"),
        ("3个党组织已审定星级，尚未公示", "还剩9天"),
    ]


def decided(session: Session, made: Round, branch: object, account: Account) -> None:
    participant = participant_of(session, made, branch)  # type: ignore[arg-type]
    application = application_of(session, participant)
    assert application is not None
    application.state = S.DECIDED
    level = "" if participant.name.startswith("西二") else "three_star"
    session.add(
        Decision(
            participant=participant, level=level, basis=Basis.COMPUTED, proposed_at=now(),
            confirmed_at=now(), proposed_by=account.id,
        )
    )  # fmt: skip
    session.commit()


def test_branch_learns_of_its_level_only_when_it_is_public(
    session: Session, district: District, browser_of: Browser
) -> None:
    made = make_decided_round(session, district)
    branch = browser_of(make_account(session, Role.BRANCH_OFFICER, district.east_one))
    organiser, name = make_account(session, Role.ORGANISER, district.root), "东一社区党支部"
    decided(session, made, district.east_one, organiser)
    assert tasks(branch) == [(name, "星级审定中")]
    participant = participant_of(session, made, district.east_one)
    application = application_of(session, participant)
    assert application is not None
    notice = Notice(
        round=made, title="公示", first_day=date(2020, 1, 1), last_day=date(2099, 1, 1),
        published_at=now(), content="{}", digest="",
    )  # fmt: skip
    notice.entries.append(NoticeEntry(participant=participant, position=0, level="three_star"))
    session.add(notice)
    application.state = S.OBJECTED
    session.commit()
    assert tasks(branch) == [(name, "拟命名星级公示中", "2099年1月1日 24:00截止")]
    assert links(branch) == [f"/notice/{notice.id}"]
    notice.last_day = date(2020, 1, 7)
    session.commit()
    assert tasks(branch) == [(name, "公示已结束，待命名")]


def test_reviewer_is_led_to_the_report_of_the_committee_once_results_are_known(
    session: Session, district: District, browser_of: Browser
) -> None:
    made = make_round(session, district)
    put(session, district.east_one, "awarded")
    bring_to(session, made, "award")
    reviewers = [
        browser_of(make_account(session, Role.COMMITTEE_REVIEWER, each))
        for each in (district.east, district.west)
    ]
    assert tasks(reviewers[0]) == [(district.east.name, "本轮评定结果已陆续确定")]
    assert tasks(reviewers[1]) == []
    [address] = links(reviewers[0])
    assert reviewers[0].get(address).status_code == 200
