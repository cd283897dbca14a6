"""Administrators look after the accounts of their places, and of no others."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from counting import counted
from district import District, make_account, make_district
from flask.testing import FlaskClient
from people import PASSWORD, actions, make_person, sign_in
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account, RoleGrant
from evaluator.audit.models import AuditLine

Browser = Callable[[Account], FlaskClient]


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


@pytest.fixture
def east(browser_of: Browser, session: Session, district: District) -> FlaskClient:
    """Return the browser of the administrator of the eastern committee."""
    return browser_of(make_account(session, Role.ADMINISTRATOR, district.east, "east.admin"))


def new(**more: str) -> dict[str, str]:
    """Return what is typed for a new account."""
    return {
        "login_name": "Wang.Fang",
        "name": "王芳",
        "role": "branch_officer",
        "organisation": "E1",
        **more,
    }


def account_of(session: Session, login_name: str) -> Account | None:
    """Return an account by its log-in name."""
    session.expire_all()
    return session.scalars(select(Account).where(Account.login_name == login_name)).one_or_none()


def test_new_account_signs_in_by_its_one_time_password(
    east: FlaskClient, client: FlaskClient, session: Session
) -> None:
    page = east.post("/accounts/new", data=new()).text
    (password,) = re.findall(r">([2-9a-z]{4}(?:-[2-9a-z]{4}){3})<", page)
    made = account_of(session, "wang.fang")
    assert made is not None
    assert [(each.role, each.organisation.code) for each in made.grants] == [
        ("branch_officer", "E1")
    ]
    assert sign_in(client, "wang.fang", password).status_code == 302
    assert client.get("/account").location == "/account/password"
    assert actions(session, made)[:2] == ["account.create", "account.grant_role"]
    lines = session.scalars(select(AuditLine).where(AuditLine.subject_id == made.id)).all()
    assert not [each for each in lines if password in each.after + each.before]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"organisation": "W1"}, "您管理的范围内没有"),
        ({"organisation": "西一社区党支部"}, "您管理的范围内没有"),
        ({"organisation": "D"}, "您管理的范围内没有"),
        (
            {"organisation": "社区党支部"},
            "：E1 东一社区党支部、E2 东二社区党支部。",
        ),
        ({"role": "emperor"}, "不是有效的选择"),
        ({"login_name": "east.admin"}, "已被占用"),
        ({"login_name": "x"}, "2至64个字符"),
        ({"login_name": "<script>"}, "2至64个字符"),
        ({"name": ""}, "请填写此项"),
    ],
)
def test_new_account_that_cannot_be_is_refused_and_typing_kept(
    east: FlaskClient, session: Session, more: dict[str, str], words: str
) -> None:
    answer = east.post("/accounts/new", data=new(**more))
    assert (answer.status_code, words in answer.text) == (200, True)
    kept = more.get("name", "王芳")
    assert f'value="{kept}"' in answer.text
    names = session.scalars(select(Account.login_name)).all()
    assert names == ["east.admin"]


def test_list_shows_accounts_of_the_own_places_only(
    east: FlaskClient, session: Session, district: District
) -> None:
    make_account(session, Role.BRANCH_OFFICER, district.east_one, "east.one")
    make_account(session, Role.BRANCH_OFFICER, district.west_one, "west.one")
    make_account(session, Role.ORGANISER, district.root, "root.organiser")
    page = east.get("/accounts").text
    assert "共2个账号" in page
    assert [name in page for name in ("east.one", "west.one", "root.organiser")] == [
        True,
        False,
        False,
    ]
    assert "共0个账号" in east.get("/accounts?words=west").text
    assert "共0个账号" in east.get("/accounts?role=organiser").text


def test_search_finds_by_part_of_a_name_and_knows_no_wildcards(
    east: FlaskClient, session: Session, district: District
) -> None:
    make_account(session, Role.BRANCH_OFFICER, district.east_one, "zhang.wei")
    assert "共1个账号" in east.get("/accounts?words=Wei").text
    assert "共1个账号" in east.get("/accounts?words=人员zhang").text
    assert "共0个账号" in east.get("/accounts?words=%25").text
    assert "共1个账号" in east.get("/accounts?role=branch_officer&words=zhang").text


def test_search_finds_by_organisation_within_the_own_places(
    east: FlaskClient, session: Session, district: District
) -> None:
    officer = make_account(session, Role.BRANCH_OFFICER, district.east_one, "officer.one")
    session.add(RoleGrant(account=officer, role="panellist", organisation=district.west_one))
    make_account(session, Role.BRANCH_OFFICER, district.east_two, "officer.two")
    session.commit()
    for words in ("E1", "东一社区"):
        page = east.get(f"/accounts?words={words}").text
        assert ("officer.one" in page, "officer.two" in page) == (True, False)
    for words in ("W1", "西一社区"):
        assert "officer.one" not in east.get(f"/accounts?words={words}").text


def test_roles_elsewhere_are_not_shown(
    east: FlaskClient, session: Session, district: District
) -> None:
    both = make_account(session, Role.BRANCH_OFFICER, district.east_one, "both")
    both.grants.append(RoleGrant(role="branch_officer", organisation=district.west_one))
    session.commit()
    for page in ("/accounts", f"/accounts/{both.id}", f"/accounts/{both.id}/edit"):
        text = east.get(page).text
        assert ("东一社区" in text, "西一社区" in text) == (True, False), page


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_as_often_for_three_as_for_one(
    east: FlaskClient, session: Session, district: District, rows: int
) -> None:
    for number in range(rows):
        made = make_account(session, Role.BRANCH_OFFICER, district.east_one, f"person{number}")
        made.grants.append(RoleGrant(role="panellist", organisation=district.east_two))
    session.commit()
    session.expire_all()
    session.expunge_all()
    with counted() as sent:
        assert f"共{rows}个账号" in east.get("/accounts?words=person").text
    assert len(sent) == 5


def test_other_places_accounts_look_as_if_not_there(
    east: FlaskClient, session: Session, district: District
) -> None:
    west = make_account(session, Role.BRANCH_OFFICER, district.west_one, "west.one")
    above = make_account(session, Role.ADMINISTRATOR, district.root, "root.admin")
    for account in (west, above):
        pages = [f"/accounts/{account.id}", f"/accounts/{account.id}/edit"]
        assert [east.get(page).status_code for page in pages] == [404, 404]
        for act in ("close", "open", "password", "second-factor/remove", "roles", "edit"):
            answer = east.post(f"/accounts/{account.id}/{act}", data=new())
            assert answer.status_code == 404, act


def test_closed_account_is_out_at_once_and_opens_again(
    east: FlaskClient, client: FlaskClient, session: Session, district: District
) -> None:
    officer = make_person(session, district.east_one, login_name="officer")
    sign_in(client, "officer")
    assert east.post(f"/accounts/{officer.id}/close").status_code == 302
    assert client.get("/account").status_code == 302
    assert sign_in(client, "officer").status_code == 200
    assert "officer" not in east.get("/accounts").text.replace("branch_officer", "")
    assert east.post(f"/accounts/{officer.id}/open").status_code == 302
    assert sign_in(client, "officer").status_code == 302


def test_reset_ends_password_sessions_and_tokens(
    east: FlaskClient, client: FlaskClient, session: Session, district: District
) -> None:
    officer = make_person(session, district.east_one, login_name="officer")
    sign_in(client, "officer")
    data = {"name": "x", "days": "30", "scopes": ["rounds:see"]}
    client.post("/account/tokens/new", data=data)
    page = east.post(f"/accounts/{officer.id}/password").text
    (password,) = re.findall(r">([2-9a-z]{4}(?:-[2-9a-z]{4}){3})<", page)
    assert client.get("/account").status_code == 302
    assert sign_in(client, "officer", PASSWORD).status_code == 200
    assert sign_in(client, "officer", password).status_code == 302
    session.expire_all()
    assert "暂无" not in client.get("/account/password").text
    assert actions(session, officer)[-3:] == [
        "account.reset_password",
        "account.sign_in_failed",
        "account.sign_in",
    ]


def test_name_read_by_two_is_kept_from_the_first_only(
    east: FlaskClient, session: Session, district: District
) -> None:
    officer = make_account(session, Role.BRANCH_OFFICER, district.east_one, "officer")
    address, seen = f"/accounts/{officer.id}/edit", officer.name
    first = east.post(address, data={"name": "甲", "seen": seen})
    second = east.post(address, data={"name": "乙", "seen": seen})
    assert (first.status_code, second.status_code) == (302, 409)
    assert 'value="乙"' in second.text
    assert "现为“甲”（人员east.admin" in second.text
    session.expire_all()
    assert officer.name == "甲"
    assert east.post(address, data={"name": "乙", "seen": "甲"}).status_code == 302


def test_role_that_is_there_already_is_told_at_its_field(
    east: FlaskClient, session: Session, district: District
) -> None:
    officer = make_account(session, Role.BRANCH_OFFICER, district.east_one, "officer")
    data = {"role": "branch_officer", "organisation": "E1"}
    answer = east.post(f"/accounts/{officer.id}/roles", data=data)
    assert answer.status_code == 409
    assert 'id="organisation-errors"' in answer.text
    assert 'value="E1"' in answer.text


def test_supervisor_reads_accounts_and_changes_none(
    browser_of: Browser, session: Session, district: District
) -> None:
    officer = make_account(session, Role.BRANCH_OFFICER, district.east_one, "officer")
    browser = browser_of(make_account(session, Role.SUPERVISOR, district.east))
    assert "officer" in browser.get(f"/accounts/{officer.id}").text
    assert browser.get(f"/accounts/{officer.id}/edit").status_code == 404
    assert browser.post(f"/accounts/{officer.id}/close").status_code == 404
