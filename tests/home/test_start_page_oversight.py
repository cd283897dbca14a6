"""The start page of those who run and oversee the district."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from district import District, make_account, make_district, make_organisation, make_round
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from waiting import links, put, tasks

from evaluator.access import Actor, Role
from evaluator.accounts.models import Account, SignIn
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.organisations.models import Organisation
from evaluator.rounds.models import Round

Browser = Callable[[Account], FlaskClient]


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


@pytest.fixture
def made(session: Session, district: District) -> Round:
    return make_round(session, district)


@pytest.fixture
def organiser(session: Session, district: District, browser_of: Browser) -> FlaskClient:
    return browser_of(make_account(session, Role.ORGANISER, district.root))


def soon(session: Session, made: Round, *names: str) -> None:
    """Let steps end in a little less than two days."""
    for each in made.steps:
        if each.step in names:
            each.closes_at = now() + timedelta(hours=47, minutes=30)
    session.commit()


def end(session: Session, made: Round, *steps: str) -> None:
    for each in made.steps:
        if each.step in steps:
            each.closes_at = now() - timedelta(hours=1)
    session.commit()


def test_organiser_of_an_empty_district_is_led_to_the_first_steps(
    session: Session, browser_of: Browser
) -> None:
    root = make_organisation(session, "D", "临江新区", None)
    client = browser_of(make_account(session, Role.ORGANISER, root))
    assert tasks(client) == [
        ("党组织库中还没有支部",),
        ("还没有规则集，请上传或选用平台自带的规则集",),
        ("没有进行中或筹备中的评定轮次",),
    ]
    assert links(client) == ["/organisations/import", "/rule-sets", "/rounds"]


def test_organiser_sees_how_far_the_round_is_and_what_is_behind(
    session: Session, made: Round, district: District, organiser: FlaskClient
) -> None:
    put(session, district.east_one, "submitted")
    put(session, district.west_one, "draft")
    page = organiser.get("/").text
    assert "已提交 1</a>" in page
    assert "未开始 2</a>" in page
    assert tasks(organiser) == [
        ("民主测评", "4个未组织 · 0个进行中 · 还剩8天"),
        ("现场核查尚未抽签", "还剩8天"),
    ]
    soon(session, made, "self_assessment", "committee_review")
    assert tasks(organiser)[:2] == [
        ("支部自评：3个党组织未完成", "还剩47小时"),
        ("直属党（工）委初审：1个党组织未完成", "还剩47小时"),
    ]
    assert links(organiser)[0] == f"/progress/participants?round={made.id}&stage=not_started"
    end(session, made, "self_assessment", "committee_review")
    review = made.step("committee_review")
    assert review is not None
    assert tasks(organiser) == [
        ("民主测评", "1个未组织 · 0个进行中 · 还剩8天"),
        ("1份申报未完成初审，无法审定", "“直属党（工）委初审”已截止"),
        ("现场核查尚未抽签", "还剩8天"),
    ]
    assert links(organiser)[1] == f"/rounds/{made.id}/steps/{review.id}"
    end(session, made, "appraisal", "site_check")
    assert tasks(organiser)[-1] == ("各环节均已截止，可以结束本轮",)


def test_organiser_of_a_committee_is_not_told_of_the_whole_district(
    session: Session, made: Round, district: District, browser_of: Browser
) -> None:
    district.west_one.category = None
    session.commit()
    client = browser_of(make_account(session, Role.ORGANISER, district.east))
    assert tasks(client) == [("民主测评", "2个未组织 · 0个进行中 · 还剩8天")]
    assert "未开始 2</a>" in client.get("/").text
    root = browser_of(make_account(session, Role.ORGANISER, district.root))
    assert ("1个支部未填类别", "填写类别前不能参加评定") in tasks(root)


def test_organiser_without_second_factor_sees_nothing_of_it(
    session: Session, made: Round, district: District, browser_of: Browser
) -> None:
    account = make_account(session, Role.ORGANISER, district.root)
    client = browser_of(account)
    session.query(SignIn).filter_by(account_id=account.id).update({"second_factor_at": None})
    session.commit()
    answer = client.get("/")
    assert (answer.status_code, answer.location) == (302, "/account/second-factor")


def test_one_time_password_is_changed_before_anything_is_shown(
    session: Session, made: Round, district: District, browser_of: Browser
) -> None:
    account = make_account(session, Role.BRANCH_OFFICER, district.east_one)
    account.must_change_password = True
    session.commit()
    answer = browser_of(account).get("/")
    assert (answer.status_code, answer.location) == (302, "/account/password")


def test_supervisor_sees_the_latest_changes_of_the_own_place(
    session: Session, made: Round, district: District, browser_of: Browser
) -> None:
    for action, place, who in (
        ("review.finish", district.east_one, "甲"),
        ("review.finish", district.west_one, "乙"),
        ("account.sign_in_failed", district.east_one, "丙"),
        ("account.sign_in_failed", district.west_one, "丁"),
    ):
        note(session, action, place, who)
    client = browser_of(make_account(session, Role.SUPERVISOR, district.east))
    assert tasks(client) == [("一天内有1次登录失败",)]
    page = client.get("/").text
    assert "甲" in page
    assert [name for name in "乙丙丁" if f"· {name}" in page] == []
    assert "西" not in page


def note(session: Session, action: str, place: Organisation, who: str) -> None:
    write_line(
        session, Actor.system(who), action=action, subject="review", subject_id=1,
        organisation_path=place.path, before={}, after={},
    )  # fmt: skip
    session.commit()


def test_administrator_sees_accounts_that_are_missing_or_not_ready(
    session: Session, made: Round, district: District, browser_of: Browser
) -> None:
    make_account(session, Role.BRANCH_OFFICER, district.east_one)
    closed = make_account(session, Role.BRANCH_OFFICER, district.east_two)
    closed.is_active = False
    fresh = make_account(session, Role.COMMITTEE_REVIEWER, district.east, "fresh")
    fresh.must_change_password = True
    elsewhere = make_account(session, Role.COMMITTEE_REVIEWER, district.west, "elsewhere")
    elsewhere.must_change_password = True
    bare = make_account(session, Role.ORGANISER, district.east, "bare")
    bare.password_hash = "x"  # noqa: S105 - no secret
    session.commit()
    client = browser_of(make_account(session, Role.ADMINISTRATOR, district.east))
    assert tasks(client) == [
        ("1个支部没有申报员", "无人可为其填报自评 · 东二社区党支部"),
        ("1个账号尚未修改初始密码", "人员fresh"),
        ("1个账号应设未设二次验证", "人员bare"),
    ]
    whole = browser_of(make_account(session, Role.ADMINISTRATOR, district.root))
    assert tasks(whole)[:2] == [
        ("还没有组织部管理员", "党组织库、规则集和评定轮次由组织部管理员建立"),
        (
            "3个支部没有申报员",
            "无人可为其填报自评 · 东二社区党支部、西一社区党支部、西二社区党支部",
        ),
    ]


def test_first_administrator_is_led_to_make_an_organiser(
    session: Session, browser_of: Browser
) -> None:
    root = make_organisation(session, "D", "临江新区", None)
    client = browser_of(make_account(session, Role.ADMINISTRATOR, root))
    assert links(client) == ["/accounts/new"]
    left = make_account(session, Role.ORGANISER, root)
    left.is_active = False
    session.commit()
    assert links(client) == ["/accounts/new"]
    make_account(session, Role.ORGANISER, root, "second")
    session.commit()
    assert links(client) == []


def test_own_account_is_short_of_recovery_codes(
    session: Session, made: Round, district: District, browser_of: Browser
) -> None:
    account = make_account(session, Role.PANELLIST, district.root)
    client = browser_of(account)
    assert tasks(client) == []
    account.totp_secret = "x"  # noqa: S105 - no secret
    session.commit()
    assert tasks(client) == [("恢复码只剩0个",)]
