"""Signing in by password: who comes in, what others learn, and what is written down."""

from __future__ import annotations

from collections.abc import Callable

import argon2
import pytest
from district import make_district
from flask import Flask, url_for
from flask.testing import FlaskClient
from people import PASSWORD, actions, make_person, sign_in, sign_ins
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts import passwords
from evaluator.accounts.models import Account, SignInAttempt
from evaluator.audit.models import AuditLine


def test_right_password_signs_in(client: FlaskClient, session: Session) -> None:
    account = make_person(session, make_district(session).east_one)
    answer = sign_in(client)
    assert (answer.status_code, answer.location) == (302, "/")
    assert [each.account_id for each in sign_ins(session)] == [account.id]
    assert client.get("/account").status_code == 200
    assert actions(session) == ["account.sign_in"]


def test_login_name_is_read_as_it_is_meant(client: FlaskClient, session: Session) -> None:
    make_person(session, make_district(session).east_one)
    assert sign_in(client, " Li.Na ").status_code == 302


def test_wrong_password_unknown_and_closed_account_look_the_same(
    client: FlaskClient, session: Session
) -> None:
    place = make_district(session).east_one
    make_person(session, place)
    make_person(session, place, login_name="closed").is_active = False
    make_person(session, place, login_name="no.password").password_hash = None
    session.commit()
    answers = [
        sign_in(client, "li.na", "wrong password"),
        sign_in(client, "nobody", PASSWORD),
        sign_in(client, "closed", PASSWORD),
        sign_in(client, "no.password", PASSWORD),
    ]
    pages = {_without_what_changes(each.text) for each in answers}
    assert (len(pages), {each.status_code for each in answers}) == (1, {200})
    assert "用户名与密码不符" in answers[0].text
    assert sign_ins(session) == []


def _without_what_changes(page: str) -> str:
    lines = [line for line in page.splitlines() if 'name="login_name"' not in line]
    return "\n".join(line for line in lines if "csrf_token" not in line)


def test_unknown_account_takes_a_check_of_a_password_too(
    client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_person(session, make_district(session).east_one)
    checked: list[argon2.Parameters] = []

    class Counting(argon2.PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # noqa: A002
            checked.append(argon2.extract_parameters(str(hash)))
            return super().verify(hash, password)

    cheapest = Counting.from_parameters(argon2.profiles.CHEAPEST)
    monkeypatch.setattr(passwords, "_hasher", lambda _cost: cheapest)
    for name in ("li.na", "nobody"):
        sign_in(client, name, "wrong password")
    assert len(checked) == 2
    assert checked[0] == checked[1], "the same parameters, the same time"


def test_failures_are_kept_although_the_answer_is_a_page(
    client: FlaskClient, session: Session
) -> None:
    account = make_person(session, make_district(session).east_one)
    sign_in(client, "li.na", "wrong password")
    sign_in(client, "nobody", "wrong password")
    session.expire_all()
    tries = session.execute(
        select(SignInAttempt.login_name, SignInAttempt.succeeded).order_by(SignInAttempt.id)
    ).all()
    assert [tuple(each) for each in tries] == [("li.na", False), ("nobody", False)]
    lines = session.scalars(select(AuditLine)).all()
    assert [(each.action, each.subject_id) for each in lines] == [
        ("account.sign_in_failed", account.id)
    ]
    assert "wrong password" not in lines[0].after + lines[0].before


def test_hash_with_other_parameters_is_renewed(client: FlaskClient, session: Session) -> None:
    account = make_person(session, make_district(session).east_one)
    account.password_hash = argon2.PasswordHasher(1, 16, 1).hash(PASSWORD)
    session.commit()
    assert sign_in(client).status_code == 302
    session.expire_all()
    assert account.password_hash is not None
    assert not passwords.is_outdated(account.password_hash)
    assert passwords.password_matches(account.password_hash, PASSWORD)


def test_quick_hash_of_a_one_time_password_takes_as_long_to_check(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    usual = argon2.PasswordHasher(1, 64, 1)

    class Counting:
        hash = usual.hash
        check_needs_rehash = usual.check_needs_rehash

        def verify(self, kept: str, password: str) -> bool:
            checked.append(kept)
            return usual.verify(kept, password)

    with app.test_request_context():
        quick = passwords.hash_one_time("a one-time password")
        monkeypatch.setattr(passwords, "_hasher", lambda _cost: Counting())
        passwords._nobodys.cache_clear()
        assert passwords.password_matches(quick, "a one-time password")
        passwords._nobodys.cache_clear()
    assert [argon2.extract_parameters(each).memory_cost for each in checked] == [64, 8]


def test_usual_cost_is_that_of_the_library(app: Flask) -> None:
    hasher = passwords._hasher("usual")
    assert argon2.extract_parameters(hasher.hash("x")) == argon2.profiles.RFC_9106_LOW_MEMORY


def test_session_before_log_in_is_not_the_one_after_it(
    client: FlaskClient, session: Session
) -> None:
    make_person(session, make_district(session).east_one)
    with client.session_transaction() as kept:
        kept["sign_in"] = "a token that an attacker knows"
        kept["planted"] = "by an attacker"
    sign_in(client)
    with client.session_transaction() as kept:
        assert kept["sign_in"] != "a token that an attacker knows"
        assert "planted" not in kept


def test_second_log_in_ends_the_first_session_of_the_browser(
    client: FlaskClient, session: Session
) -> None:
    make_person(session, make_district(session).east_one)
    sign_in(client)
    first = sign_ins(session)[0].token_hash
    sign_in(client)
    assert [each.token_hash == first for each in sign_ins(session)] == [False]


def test_log_in_leads_on_within_the_platform_only(client: FlaskClient, session: Session) -> None:
    make_person(session, make_district(session).east_one)
    asked = ("/account", "//evil.example", "https://evil.example/", "/\\evil.example", "account")
    led = [sign_in(client, onward=address).location for address in asked]
    assert led == ["/account", "/", "/", "/", "/"]


def test_sign_out_ends_the_session(client: FlaskClient, session: Session) -> None:
    make_person(session, make_district(session).east_one)
    sign_in(client)
    with client.session_transaction() as kept:
        token = kept["sign_in"]
    assert client.post("/sign-out").location == "/sign-in"
    assert sign_ins(session) == []
    with client.session_transaction() as kept:
        kept["sign_in"] = token
    assert client.get("/account").location == "/sign-in?next=/account?"


def test_session_that_ran_out_is_none(client: FlaskClient, session: Session) -> None:
    make_person(session, make_district(session).east_one)
    sign_in(client)
    current = sign_ins(session)[0]
    current.ends_at = current.started_at
    session.commit()
    assert client.get("/account").status_code == 302


def posts(app: Flask) -> list[str]:
    """Return the address of every page of accounts that takes a form."""
    with app.test_request_context():
        return [
            url_for(rule.endpoint, **dict.fromkeys(rule.arguments, 1))
            for rule in app.url_map.iter_rules()
            if rule.endpoint.startswith("accounts.") and "POST" in (rule.methods or set())
        ]


def test_no_form_is_taken_without_the_token_against_forgery(
    app: Flask,
    browser_of: Callable[[Account], FlaskClient],
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = make_district(session).root
    browser = browser_of(make_person(session, root, Role.ADMINISTRATOR))
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    addresses = posts(app)
    answers = {address: browser.post(address).status_code for address in addresses}
    assert answers == dict.fromkeys(addresses, 400)
    assert len(addresses) > 20
    assert len(sign_ins(session)) == 1
