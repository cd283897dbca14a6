"""Signing in through a real OpenID provider, started for these tests."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from district import District, make_district
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from people import actions, code, let_confirmation_pass, make_person, sign_ins
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """Start the provider in a process of its own, and return its address."""
    program = (
        "import sys\n"
        "from oidc_provider_mock import User, run_server_in_thread\n"
        "users = [User(sub='u-1', claims={'preferred_username': 'Li.Na', 'email': 'li.na',\n"
        "                                 'email_verified': False}),\n"
        "         User(sub='u-2', claims={'preferred_username': 'nobody', 'email': 'li.na',\n"
        "                                 'email_verified': True})]\n"
        "with run_server_in_thread(require_nonce=True, user_claims=users) as server:\n"
        "    print(server.server_port, flush=True)\n"
        "    sys.stdin.read()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    process.stdin.close()
    process.wait(timeout=10)
    process.stdout.close()


@pytest.fixture
def configured(app: Flask, issuer: str, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Return the service with the provider turned on."""
    for name, value in (
        ("OIDC_ISSUER", issuer),
        ("OIDC_CLIENT_ID", "evaluator"),
        ("OIDC_CLIENT_SECRET", "a secret of the tests"),
    ):
        monkeypatch.setitem(app.config, name, value)
    monkeypatch.delitem(app.extensions, "evaluator provider", raising=False)
    return app


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


def linked(session: Session, issuer: str, account: Account, subject: str = "u-1") -> Account:
    """Link an account with a person of the provider."""
    account.oidc_issuer, account.oidc_subject = issuer, subject
    session.commit()
    return account


def leave(client: FlaskClient, query: str = "") -> str:
    """Go to the provider; return its address with what it is asked."""
    answer = client.get(f"/sign-in/provider?{query}")
    assert answer.status_code == 302
    return str(answer.location)


def come_back(address: str, subject: str = "u-1") -> str:
    """Prove to the provider who one is; return the way back with its code."""
    answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["Location"])
    assert back.path == "/sign-in/provider/back"
    return f"{back.path}?{back.query}"


@pytest.mark.usefixtures("configured")
def test_person_of_the_provider_signs_in(
    client: FlaskClient, session: Session, issuer: str, district: District
) -> None:
    account = linked(session, issuer, make_person(session, district.east_one))
    assert "通过统一身份认证登录" in client.get("/sign-in").text
    answer = client.get(come_back(leave(client, "next=/account")))
    assert (answer.status_code, answer.location) == (302, "/account")
    assert [each.account_id for each in sign_ins(session)] == [account.id]
    assert actions(session) == ["account.sign_in"]


@pytest.mark.usefixtures("configured")
def test_provider_is_asked_by_code_with_proof_key_nonce_and_state(client: FlaskClient) -> None:
    asked = parse_qs(urlsplit(leave(client)).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["code_challenge"][0]) == 43
    assert len(asked["nonce"][0]) >= 20
    assert len(asked["state"][0]) >= 20
    assert "prompt" not in asked
    assert parse_qs(urlsplit(leave(client, "anew=1")).query)["prompt"] == ["login"]


@pytest.mark.usefixtures("configured")
def test_tries_that_never_come_back_do_not_fill_the_cookie(client: FlaskClient) -> None:
    for _ in range(12):
        leave(client)
    with client.session_transaction() as kept:
        assert len([key for key in kept if key.startswith("_state_provider_")]) == 1


@pytest.mark.usefixtures("configured")
def test_answer_to_another_browser_is_refused(
    app: Flask, client: FlaskClient, session: Session, issuer: str, district: District
) -> None:
    linked(session, issuer, make_person(session, district.east_one))
    back = come_back(leave(client))
    victim = app.test_client()
    assert victim.get(back).location == "/sign-in"
    assert "未成功" in victim.get("/sign-in").text
    assert sign_ins(session) == []


@pytest.mark.usefixtures("configured")
def test_answer_works_once(
    client: FlaskClient, session: Session, issuer: str, district: District
) -> None:
    linked(session, issuer, make_person(session, district.east_one))
    back = come_back(leave(client))
    assert client.get(back).location == "/"
    client.post("/sign-out")
    assert client.get(back).location == "/sign-in"
    assert sign_ins(session) == []


@pytest.mark.usefixtures("configured")
def test_answer_with_another_nonce_is_refused(
    client: FlaskClient, session: Session, issuer: str, district: District
) -> None:
    linked(session, issuer, make_person(session, district.east_one))
    address = leave(client)
    forged = re.sub(r"nonce=[^&]+", "nonce=planted-by-an-attacker", address)
    assert client.get(come_back(forged)).location == "/sign-in"
    assert sign_ins(session) == []


@pytest.mark.usefixtures("configured")
def test_refusal_at_the_provider_leads_back_with_words(client: FlaskClient) -> None:
    leave(client)
    answer = client.get("/sign-in/provider/back?error=access_denied&state=x")
    assert answer.location == "/sign-in"


@pytest.mark.usefixtures("configured")
def test_unknown_person_gets_no_account(
    client: FlaskClient, session: Session, district: District
) -> None:
    account = make_person(session, district.east_one)
    assert client.get(come_back(leave(client))).location == "/sign-in"
    assert "没有账号" in client.get("/sign-in").text
    session.expire_all()
    assert (account.oidc_subject, sign_ins(session)) == (None, [])
    assert session.query(Account).count() == 1


@pytest.mark.usefixtures("configured")
def test_closed_account_stays_closed(
    client: FlaskClient, session: Session, issuer: str, district: District
) -> None:
    linked(session, issuer, make_person(session, district.east_one)).is_active = False
    session.commit()
    assert client.get(come_back(leave(client))).location == "/sign-in"
    assert sign_ins(session) == []


@pytest.mark.usefixtures("configured")
def test_same_subject_of_another_issuer_is_another_person(
    client: FlaskClient, session: Session, district: District
) -> None:
    linked(session, "https://other.example", make_person(session, district.east_one))
    assert client.get(come_back(leave(client))).location == "/sign-in"
    assert sign_ins(session) == []


def test_claimed_log_in_name_links_its_account_when_configured(
    configured: Flask,
    client: FlaskClient,
    session: Session,
    issuer: str,
    district: District,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(configured.config, "OIDC_LOGIN_NAME_CLAIM", "preferred_username")
    account = make_person(session, district.east_one)
    assert client.get(come_back(leave(client), "u-2")).location == "/sign-in"
    assert client.get(come_back(leave(client), "u-1")).location == "/"
    session.expire_all()
    assert (account.oidc_issuer, account.oidc_subject) == (issuer, "u-1")
    assert [each.role for each in account.grants] == ["branch_officer"]
    assert actions(session) == ["account.link", "account.sign_in"]


def test_linked_account_is_not_linked_anew(
    configured: Flask,
    client: FlaskClient,
    session: Session,
    issuer: str,
    district: District,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(configured.config, "OIDC_LOGIN_NAME_CLAIM", "preferred_username")
    account = linked(session, issuer, make_person(session, district.east_one), "somebody else")
    assert client.get(come_back(leave(client))).location == "/sign-in"
    session.expire_all()
    assert account.oidc_subject == "somebody else"


def test_address_links_only_where_it_is_verified(
    configured: Flask,
    client: FlaskClient,
    session: Session,
    district: District,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(configured.config, "OIDC_LOGIN_NAME_CLAIM", "email")
    account = make_person(session, district.east_one)
    assert client.get(come_back(leave(client), "u-1")).location == "/sign-in"
    assert client.get(come_back(leave(client), "u-2")).location == "/"
    session.expire_all()
    assert account.oidc_subject == "u-2"


@pytest.mark.usefixtures("configured")
def test_second_factor_is_asked_for_after_the_provider_too(
    client: FlaskClient, session: Session, issuer: str, district: District
) -> None:
    account = make_person(session, district.root, Role.ADMINISTRATOR, second_factor=True)
    linked(session, issuer, account)
    answer = client.get(come_back(leave(client, "next=/accounts")))
    assert answer.location == "/sign-in/code?next=/accounts"
    assert sign_ins(session) == []
    assert client.post(answer.location, data={"code": code()}).location == "/accounts"


@pytest.mark.usefixtures("configured")
def test_way_back_never_leads_away(
    client: FlaskClient, session: Session, issuer: str, district: District
) -> None:
    linked(session, issuer, make_person(session, district.east_one))
    assert client.get(come_back(leave(client, "next=//evil.example"))).location == "/"


def test_provider_that_does_not_answer_is_told(
    configured: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(configured.config, "OIDC_ISSUER", "http://127.0.0.1:9")
    assert client.get("/sign-in/provider").location == "/sign-in"
    assert "没有响应" in client.get("/sign-in").text


def test_without_a_provider_there_is_no_such_page(client: FlaskClient) -> None:
    pages = ("/sign-in/provider", "/sign-in/provider/back?code=x&state=y")
    assert [client.get(page).status_code for page in pages] == [404, 404]
    assert "统一身份认证" not in client.get("/sign-in").text


@pytest.mark.usefixtures("configured")
def test_what_was_typed_outlives_the_way_to_the_provider_and_back(
    client: FlaskClient, session: Session, issuer: str, district: District
) -> None:
    linked(session, issuer, make_person(session, district.east_one))
    client.get(come_back(leave(client)))
    let_confirmation_pass(session)
    typed = {"name": "统计系统", "days": "30", "scopes": ["rounds:see"]}
    asked = html.fromstring(client.post("/account/tokens/new", data=typed).text)
    (way,) = asked.xpath("//a[contains(@href, 'provider')]")
    assert way.get("target") == "_blank"
    (form,) = asked.xpath("//form[.//input[@name='name'] and not(.//input[@name='proving-proof'])]")
    early = client.post("/account/tokens/new", data=dict(form.form_values()))
    assert (early.status_code, "统计系统" in early.text) == (403, True)
    client.get(come_back(leave(client, urlsplit(way.get("href")).query)))
    done = client.post("/account/tokens/new", data=dict(form.form_values()))
    assert (done.status_code, "star_" in done.text) == (200, True)
