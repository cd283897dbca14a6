"""The own account: password, sessions, tokens, language, and proving anew who one is."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from district import District, make_account, make_district
from flask import Flask
from flask.testing import FlaskClient
from people import (
    PASSWORD,
    actions,
    code,
    let_confirmation_pass,
    make_person,
    sign_in,
    sign_ins,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account, ApiToken
from evaluator.accounts.passwords import hash_password, password_matches
from evaluator.accounts.sessions import token_digest
from evaluator.audit.models import AuditLine

NEW = "a new sentence to remember"


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


def change(client: FlaskClient, old: str, new: str, again: str = "") -> tuple[int, str]:
    """Send a new password; 302 says that it was taken."""
    answer = client.post("/account/password", data={"old": old, "new": new, "again": again or new})
    return answer.status_code, answer.text


def test_new_password_ends_other_sessions_and_renews_this_one(
    app: Flask, client: FlaskClient, session: Session, district: District
) -> None:
    account = make_person(session, district.east_one)
    other = app.test_client()
    sign_in(other)
    sign_in(client)
    before = {each.token_hash for each in sign_ins(session)}
    assert change(client, PASSWORD, NEW)[0] == 302
    session.expire_all()
    (left,) = sign_ins(session)
    assert left.token_hash not in before
    assert password_matches(account.password_hash, NEW)
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 302
    assert actions(session)[-1] == "account.change_password"
    lines = session.scalars(select(AuditLine)).all()
    assert not [each for each in lines if "sentence" in each.before + each.after]


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ("short", "至少10个字符"),
        ("x" * 201, "最多200个字符"),
        ("my Li.Na 2026", "不能包含用户名"),
        ("1234567890", "过于常见"),
        ("Password123", "过于常见"),
        ("１２３４５６７８９０", "过于常见"),
        ("ababababab", "过于常见"),
        (PASSWORD, "不能与原密码相同"),
    ],
)
def test_weak_password_is_refused_with_the_reason(
    client: FlaskClient, session: Session, district: District, new: str, words: str
) -> None:
    account = make_person(session, district.east_one)
    sign_in(client)
    status, page = change(client, PASSWORD, new)
    assert (status, words in page) == (200, True)
    session.expire_all()
    assert password_matches(account.password_hash, PASSWORD)


def test_password_needs_the_old_one_and_the_new_one_twice(
    client: FlaskClient, session: Session, district: District
) -> None:
    account = make_person(session, district.east_one)
    sign_in(client)
    assert "原密码不正确" in change(client, "wrong", NEW)[1]
    assert "不一致" in change(client, PASSWORD, NEW, NEW + "x")[1]
    session.expire_all()
    assert password_matches(account.password_hash, PASSWORD)


def test_one_time_password_is_changed_before_anything_else(
    client: FlaskClient, session: Session, district: District
) -> None:
    account = make_person(session, district.root, Role.ADMINISTRATOR)
    account.must_change_password = True
    session.commit()
    sign_in(client)
    asked = ("/account", "/accounts", "/account/second-factor", "/account/tokens/new")
    led = {client.get(page).location for page in asked}
    assert led <= {"/account/password", "/account/second-factor"}
    assert client.get("/account/second-factor").location == "/account/password"
    assert client.get("/account/password").status_code == 200
    assert change(client, PASSWORD, NEW)[0] == 302
    assert client.get("/account/second-factor").status_code == 200


def test_only_own_sessions_can_be_ended(
    app: Flask, client: FlaskClient, session: Session, district: District
) -> None:
    make_person(session, district.east_one)
    make_person(session, district.east_one, login_name="other")
    for name in ("other", "li.na"):
        sign_in(app.test_client(), name)
    sign_in(client)
    others, first, current = sign_ins(session)
    assert client.post(f"/account/sessions/{others.id}/end").status_code == 404
    assert client.post("/account/sessions/999999/end").status_code == 404
    assert client.post(f"/account/sessions/{first.id}/end").status_code == 302
    assert [each.id for each in sign_ins(session)] == [others.id, current.id]


def test_all_other_sessions_end_at_once(
    app: Flask, client: FlaskClient, session: Session, district: District
) -> None:
    make_person(session, district.east_one)
    make_person(session, district.east_one, login_name="other")
    sign_in(app.test_client(), "other")
    sign_in(app.test_client())
    sign_in(client)
    others, _, current = sign_ins(session)
    client.post("/account/sessions/end")
    assert [each.id for each in sign_ins(session)] == [others.id, current.id]


def test_dangerous_page_asks_anew_and_leads_back(
    client: FlaskClient, session: Session, district: District
) -> None:
    make_person(session, district.east_one)
    sign_in(client)
    let_confirmation_pass(session)
    asked = client.get("/account/tokens/new")
    assert asked.location == "/confirm?next=/account/tokens/new?"
    before = sign_ins(session)[0].token_hash
    assert "不正确" in client.post(asked.location, data={"proof": "wrong"}).text
    answer = client.post(asked.location, data={"proof": PASSWORD})
    assert answer.location == "/account/tokens/new"
    assert client.get(answer.location).status_code == 200
    session.expire_all()
    assert sign_ins(session)[0].token_hash != before


def test_code_confirms_once(client: FlaskClient, session: Session, district: District) -> None:
    make_person(session, district.east_one, second_factor=True)
    sign_in(client)
    client.post("/sign-in/code", data={"code": code(-1)})
    given = code()
    answers = [client.post("/confirm", data={"proof": given}) for _ in range(2)]
    assert [each.status_code for each in answers] == [302, 200]


def test_confirmation_never_leads_away(
    client: FlaskClient, session: Session, district: District
) -> None:
    make_person(session, district.east_one)
    sign_in(client)
    answer = client.post("/confirm?next=//evil.example/", data={"proof": PASSWORD})
    assert answer.location == "/"


def test_language_of_the_account_goes_before_that_of_the_browser(
    browser_of: Callable[[Account], FlaskClient], session: Session, district: District
) -> None:
    account = make_account(session, Role.BRANCH_OFFICER, district.east_one)
    browser = browser_of(account)
    browser.post("/language", data={"language": "zh"})
    browser.post("/account/language", data={"language": "en"})
    assert "My account" in browser.get("/account").text
    browser.post("/account/language", data={"language": "xx"})
    session.expire_all()
    assert account.language == "en"


def test_token_is_shown_once_and_kept_as_a_digest(
    browser_of: Callable[[Account], FlaskClient], session: Session, district: District
) -> None:
    account = make_account(session, Role.BRANCH_OFFICER, district.east_one)
    browser = browser_of(account)
    data = {"name": "统计程序", "days": "30", "scopes": ["applications:see", "rounds:see"]}
    page = browser.post("/account/tokens/new", data=data).text
    token = re.findall(r"star_[\w-]{43}", page)[0]
    kept = session.scalars(select(ApiToken)).one()
    assert (kept.token_hash, kept.scopes) == (
        token_digest(token),
        ["applications:see", "rounds:see"],
    )
    assert kept.ends_at - kept.created_at == timedelta(days=30)
    listed = browser.get("/account").text
    assert ("统计程序" in listed, token in listed) == (True, False)
    assert actions(session) == ["account.issue_token"]
    assert token not in session.scalars(select(AuditLine.after)).one()


def test_token_never_gets_more_than_its_owner_has(
    browser_of: Callable[[Account], FlaskClient], session: Session, district: District
) -> None:
    browser = browser_of(make_account(session, Role.BRANCH_OFFICER, district.east_one))
    data = {"name": "x", "days": "30", "scopes": ["rounds:see", "accounts:manage"]}
    browser.post("/account/tokens/new", data=data)
    assert session.scalars(select(ApiToken)).all() == []


def test_only_own_tokens_can_be_revoked(
    browser_of: Callable[[Account], FlaskClient], session: Session, district: District
) -> None:
    owner = make_account(session, Role.BRANCH_OFFICER, district.east_one)
    other = make_account(session, Role.BRANCH_OFFICER, district.east_one, "other")
    data = {"name": "x", "days": "30", "scopes": ["rounds:see"]}
    browser_of(owner).post("/account/tokens/new", data=data)
    kept = session.scalars(select(ApiToken)).one()
    assert browser_of(other).post(f"/account/tokens/{kept.id}/revoke").status_code == 404
    session.expire_all()
    assert kept.revoked_at is None


def test_person_of_the_provider_has_no_password_to_change(
    browser_of: Callable[[Account], FlaskClient], session: Session, district: District
) -> None:
    account = make_account(session, Role.BRANCH_OFFICER, district.east_one)
    answer = browser_of(account).get("/account/password")
    assert (answer.status_code, "统一身份认证" in answer.text) == (409, True)


def test_password_of_full_width_letters_is_the_same(session: Session) -> None:
    assert password_matches(hash_password("ｐａｓｓ　ｗｏｒｄ"), "pass word")
