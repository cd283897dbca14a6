"""A form that was sent too late is kept in the page that says so, for who filled it in alone."""

from __future__ import annotations

from io import BytesIO

import pytest
from district import make_account, make_district
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from service import browser_with, token_for
from sqlalchemy import delete, select

from evaluator.access import Role
from evaluator.accounts.models import Account, ApiToken, SignIn
from evaluator.database import db

NEW = "/account/tokens/new"
NAME = "给统计系统用的令牌 \"><script>alert(1)</script> & 'so'"
POSTED = {"name": NAME, "days": "30", "scopes": ["applications:see", "rounds:see"]}
HERE = {
    "Accept": "text/html,application/xhtml+xml",
    "Origin": "http://localhost",
    "Referer": f"http://localhost{NEW}?from=account",
}


def officer(app: Flask) -> tuple[FlaskClient, str]:
    """Return the browser of an officer, and the token of the page that lies open in it."""
    with app.app_context():
        district = make_district(db.session)
        account = make_account(db.session, Role.BRANCH_OFFICER, district.east_one)
        db.session.commit()
        browser = browser_with(app, token_for(db.session, account))
    return browser, token_in(browser.get(NEW).text)


def token_in(page: str) -> str:
    return str(html.fromstring(page).xpath("//input[@name='csrf_token']/@value")[0])


def sent_again(page: str) -> dict[str, list[str]]:
    """Return what a browser sends by the button of a page that keeps a form."""
    (form,) = html.fromstring(page).xpath("//form[.//input[@name='name']]")
    assert form.get("action") is None
    fields: dict[str, list[str]] = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value)
    return fields


def sign_out(app: Flask) -> None:
    """End all sessions, as two hours without a sign of life do."""
    with app.app_context():
        db.session.execute(delete(SignIn))
        db.session.commit()


def tokens(app: Flask) -> list[tuple[str, list[str]]]:
    with app.app_context():
        return [(each.name, each.scopes) for each in db.session.scalars(select(ApiToken))]


def test_what_was_typed_outlives_the_session(guarded: Flask) -> None:
    browser, token = officer(guarded)
    sign_out(guarded)
    answer = browser.post(NEW, data={**POSTED, "csrf_token": token}, headers=HERE)
    assert (answer.status_code, "您已退出登录" in answer.text) == (403, True)
    assert html.fromstring(answer.text).xpath("//a[@target='_blank']/@href") == ["/sign-in"]
    assert NAME in html.fromstring(answer.text).xpath("//details")[0].text_content()
    assert "<script>alert" not in answer.text
    assert tokens(guarded) == []
    # In another tab the officer signs in; the page that kept the form has an old token now.
    anew = signed_in_anew(guarded)
    late = anew.post(NEW, data=sent_again(answer.text), headers=HERE)
    assert (late.status_code, "页面打开时间过长" in late.text) == (400, True)
    assert tokens(guarded) == []
    done = anew.post(NEW, data=sent_again(late.text), headers=HERE)
    assert done.status_code == 200
    assert tokens(guarded) == [(NAME, POSTED["scopes"])]


def signed_in_anew(app: Flask) -> FlaskClient:
    """Return the browser after its officer signed in again."""
    with app.app_context():
        account = db.session.scalars(select(Account)).one()
        return browser_with(app, token_for(db.session, account))


@pytest.mark.parametrize(
    "headers",
    [
        {**HERE, "Origin": "https://example.com"},
        {**HERE, "Origin": "null"},
        {"Accept": HERE["Accept"], "Referer": "http://localhost.example.com/"},
        {"Accept": HERE["Accept"]},
        {**HERE, "Accept": "*/*"},
    ],
)
def test_a_form_of_another_page_is_not_offered(guarded: Flask, headers: dict[str, str]) -> None:
    browser, token = officer(guarded)
    late = browser.post(NEW, data={**POSTED, "csrf_token": "stale"}, headers=headers)
    assert (late.status_code, "重新提交" in late.text) == (400, False)
    sign_out(guarded)
    answer = browser.post(NEW, data={**POSTED, "csrf_token": token}, headers=headers)
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


@pytest.mark.parametrize(
    "more",
    [
        {"file": (BytesIO(b"a"), "a.txt")},
        {"name": "长" * 100_001},
        {"password": "secret of the officer"},
    ],
)
def test_files_very_long_texts_and_passwords_are_not_kept(
    guarded: Flask, more: dict[str, object]
) -> None:
    browser, _ = officer(guarded)
    late = browser.post(NEW, data={**POSTED, **more, "csrf_token": "stale"}, headers=HERE)
    assert (late.status_code, "重新提交" in late.text) == (400, False)
    assert "secret of" not in late.text
