"""Proving anew who one is before an act that was sent already: nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from district import District, make_district
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from people import PASSWORD, let_confirmation_pass, make_person, sign_in, sign_ins
from service import browser_with, service, token_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse
from wtforms import PasswordField

from evaluator.access import Role
from evaluator.accounts.models import Account, ApiToken
from evaluator.accounts.throttling import PER_ACCOUNT
from evaluator.database import db
from evaluator.web.kept_forms import LARGEST, SECRET
from forms import accounts

NEW = "/account/tokens/new"
TYPED = "统计 \"><script>alert(1)</script> & 'so'"
POSTED = {"name": TYPED, "days": "30", "scopes": ["applications:see", "rounds:see"]}
CAME_FROM = {"Referer": f"http://localhost{NEW}?from=account"}


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


@pytest.fixture
def officer(client: FlaskClient, session: Session, district: District) -> FlaskClient:
    """Return a browser of an officer who has to prove anew who they are."""
    make_person(session, district.east_one)
    sign_in(client)
    let_confirmation_pass(session)
    return client


def sent_on(asked: TestResponse, proof: str) -> dict[str, list[str]]:
    """Return what a browser sends when the proof is typed into the question."""
    (form,) = html.fromstring(asked.text).xpath("//form[.//input[@name='proving-proof']]")
    assert form.get("action") is None
    fields: dict[str, list[str]] = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value)
    return {**fields, "proving-proof": [proof]}


def tokens(session: Session) -> list[tuple[str, list[str]]]:
    session.expire_all()
    return [(each.name, each.scopes) for each in session.scalars(select(ApiToken))]


def test_act_is_done_as_it_was_sent_once_the_proof_is_right(
    officer: FlaskClient, session: Session
) -> None:
    before = sign_ins(session)[0].token_hash
    asked = officer.post(NEW, data=POSTED, headers=CAME_FROM)
    assert (asked.status_code, "您填写的内容已保留" in asked.text) == (403, True)
    assert tokens(session) == []
    assert "star_" in officer.post(NEW, data=sent_on(asked, PASSWORD)).text
    assert tokens(session) == [(TYPED, POSTED["scopes"])]
    assert sign_ins(session)[0].token_hash != before
    assert officer.get(NEW).status_code == 200


def test_wrong_proof_keeps_what_was_typed_and_counts(
    officer: FlaskClient, session: Session
) -> None:
    asked = officer.post(NEW, data=POSTED, headers=CAME_FROM)
    for _ in range(PER_ACCOUNT):
        asked = officer.post(NEW, data=sent_on(asked, "wrong"))
        assert (asked.status_code, "不正确" in asked.text) == (403, True)
    rests = officer.post(NEW, data=sent_on(asked, PASSWORD))
    assert (rests.status_code, "请等待15分钟" in rests.text) == (429, True)
    assert tokens(session) == []
    kept = {"name": [TYPED], "days": ["30"], "scopes": POSTED["scopes"]}
    again = {"proving-proof": ["x"], "page-before": [f"{NEW}?from=account"]}
    assert sent_on(rests, "x") == {**kept, **again, "csrf_token": ["token"]}


def test_nothing_typed_as_the_proof_is_said_at_its_field(officer: FlaskClient) -> None:
    asked = officer.post(NEW, data=POSTED)
    again = officer.post(NEW, data=sent_on(asked, ""))
    assert (again.status_code, "请填写此项。" in again.text) == (403, True)


def test_what_was_typed_is_never_markup_and_passwords_are_not_shown(officer: FlaskClient) -> None:
    asked = officer.post(NEW, data={**POSTED, 'a"><script>b': "c"})
    assert ("<script>" in asked.text, "&lt;script&gt;alert(1)" in asked.text) == (False, True)
    assert "a secret" not in officer.post(NEW, data=sent_on(asked, "a secret")).text


def test_act_that_cannot_be_done_leaves_the_person_proved_and_signed_in(
    officer: FlaskClient, session: Session
) -> None:
    asked = officer.post(NEW, data={**POSTED, "name": ""})
    again = officer.post(NEW, data=sent_on(asked, PASSWORD))
    assert ("请填写此项。" in again.text, tokens(session)) == (True, [])
    assert "star_" in officer.post(NEW, data=POSTED).text


def test_permission_is_asked_anew_after_the_proof(
    client: FlaskClient, session: Session, district: District
) -> None:
    other = make_person(session, district.east_one, login_name="other")
    person = make_person(session, district.root, Role.ADMINISTRATOR, second_factor=True)
    with client.session_transaction() as kept:
        kept["sign_in"] = token_for(session, person)
    let_confirmation_pass(session)
    asked = client.post(f"/accounts/{other.id}/close")
    assert asked.status_code == 403
    person.grants.clear()
    session.commit()
    assert (
        client.post(f"/accounts/{other.id}/close", data=sent_on(asked, PASSWORD)).status_code == 404
    )
    session.expire_all()
    assert other.is_active


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ({"file": b"PK"}, "所选文件无法保留"),
        ({"reason": "因" * (LARGEST // 9 + 1)}, "提交的内容过大"),
        ({"new-password": "a sentence"}, "提交的内容无法保留"),
    ],
)
def test_what_cannot_be_kept_leads_back_to_its_page_and_is_said(
    officer: FlaskClient, posted: dict[str, str | bytes], words: str
) -> None:
    sent = {
        name: (BytesIO(value), "accounts.xlsx") if isinstance(value, bytes) else value
        for name, value in posted.items()
    }
    asked = officer.post(NEW, data=sent, headers=CAME_FROM)
    assert asked.location == f"/confirm?next={NEW}?from%3Daccount"
    question = officer.get(asked.location).text
    assert (words in question, "因因" in question, "a sentence" in question) == (True, False, False)
    assert officer.post(asked.location, data={"proof": PASSWORD}).location == f"{NEW}?from=account"


def test_form_for_files_without_one_is_kept(officer: FlaskClient, session: Session) -> None:
    posted = {**POSTED, "file": (BytesIO(b""), "")}
    asked = officer.post(NEW, data=posted, content_type="multipart/form-data")
    assert (asked.status_code, 'enctype="multipart/form-data"' in asked.text) == (403, True)
    assert sent_on(asked, "x")["name"] == [TYPED]


def test_every_field_for_a_password_is_known_as_secret() -> None:
    found = {
        field
        for form in vars(accounts).values()
        if isinstance(form, type)
        for field, made in vars(form).items()
        if getattr(made, "field_class", None) is PasswordField
    }
    assert found == SECRET


@pytest.mark.parametrize(
    "foreign",
    [
        "http://evil.example/account/tokens/new",
        "//evil.example/account",
        "/\\evil.example/account",
        "javascript:/account",
        "/account/tokens/1/revoke",
        "/nowhere",
    ],
)
def test_way_back_is_a_page_of_ours_or_none(officer: FlaskClient, foreign: str) -> None:
    by_field = officer.post(NEW, data={"name": "x", "page-before": foreign})
    by_header = officer.post(NEW, data={"name": "x"}, headers={"Referer": foreign})
    for asked in (by_field, by_header):
        assert sent_on(asked, "")["page-before"] in ([""], ["/account"])
        assert "evil" not in asked.text


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[Flask]:
    """Yield a service that wants its token in every form."""
    app = service(tmp_path, WTF_CSRF_ENABLED=True, SESSION_COOKIE_SECURE=False)
    with app.app_context():
        make_person(db.session, make_district(db.session).east_one)
    yield app
    with app.app_context():
        db.engine.dispose()


def unproved(app: Flask) -> FlaskClient:
    """Return a browser of an officer who has to prove anew who they are."""
    with app.app_context():
        token = token_for(db.session, db.session.scalars(select(Account)).one())
        let_confirmation_pass(db.session)
    return browser_with(app, token)


def own_token(page: TestResponse) -> str:
    """Return the token against forgery of a page."""
    return str(html.fromstring(page.text).xpath("//input[@name='csrf_token']/@value")[0])


def test_what_another_site_posts_is_neither_kept_nor_done(strict: Flask) -> None:
    browser = unproved(strict)
    for proof in ({}, {"proving-proof": PASSWORD}):
        refused = browser.post(NEW, data={**POSTED, **proof})
        assert (refused.status_code, "统计" in refused.text) == (400, False)
    with strict.app_context():
        assert tokens(db.session) == []
    assert browser.get(NEW).location == f"/confirm?next={NEW}?"


def test_question_has_a_token_of_its_own_against_forgery(strict: Flask) -> None:
    browser = unproved(strict)
    posted = {**POSTED, "csrf_token": own_token(browser.get("/account"))}
    asked = browser.post(NEW, data=posted)
    again = browser.post(NEW, data=sent_on(asked, "wrong"))
    sent = sent_on(again, PASSWORD)
    assert (again.status_code, len(sent["csrf_token"])) == (403, 1)
    without = {name: value for name, value in sent.items() if name != "csrf_token"}
    assert browser.post(NEW, data=without).status_code == 400
    assert "star_" in browser.post(NEW, data=sent).text
    with strict.app_context():
        assert tokens(db.session) == [(TYPED, POSTED["scopes"])]
