"""One's own mail address: named, confirmed by a code that came by mail, changed and removed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from district import District, make_account, make_district
from flask import Flask
from flask.testing import FlaskClient
from letters import reads_mail, ready_letter, sent_by
from mail_server import Mailbox, running
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.audit.models import AuditLine
from evaluator.database import now
from evaluator.outbox.models import Letter, MailAddress
from evaluator.outbox.own_address import MOST_CODES_A_DAY, MOST_TRIES
from evaluator.outbox.queries import CONFIRMATION, confirmed_address

BrowserOf = Callable[[Account], FlaskClient]


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


@pytest.fixture
def officer(session: Session, district: District) -> Account:
    return make_account(session, Role.BRANCH_OFFICER, district.east_one)


@pytest.fixture
def mailbox(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with running(Mailbox()) as mailbox:
        for name, value in mailbox.settings().items():
            monkeypatch.setitem(app.config, name, value)
        yield mailbox


def ask(browser: FlaskClient, address: str) -> int:
    """Ask for a code, and return the status of the answer."""
    return browser.post("/account/mail", data={"address": address}).status_code


def code_in(mailbox: Mailbox) -> str:
    """Return the code of the newest mail."""
    (code,) = re.findall(r"\b\d{8}\b", mailbox.letters[-1].get_content())
    return str(code)


def confirm(browser: FlaskClient, code: str) -> bool:
    """Type in a code, and return whether it was taken."""
    return browser.post("/account/mail/confirm", data={"code": code}).status_code == 302


def test_address_is_used_once_its_code_is_typed_in(
    app: Flask, session: Session, officer: Account, browser_of: BrowserOf, mailbox: Mailbox
) -> None:
    browser = browser_of(officer)
    assert ask(browser, " li.na@Example.org ") == 302
    assert sent_by(app, {}).sent == 1
    assert mailbox.letters[0]["To"] == "li.na@example.org"
    assert confirmed_address(session, officer.id) == ""
    code = code_in(mailbox)
    assert confirm(browser, f"{code[:4]} {code[4:]}")
    session.expire_all()
    assert confirmed_address(session, officer.id) == "li.na@example.org"
    assert "通知同时发送到 li.na@example.org。" in browser.get("/account/mail").text
    assert not confirm(browser, code)
    assert [line.action for line in session.scalars(select(AuditLine))] == [
        "account.confirm_mail_address"
    ]


def test_code_is_read_by_nobody_but_the_owner_of_the_mailbox(
    app: Flask,
    session: Session,
    district: District,
    officer: Account,
    browser_of: BrowserOf,
    mailbox: Mailbox,
) -> None:
    browser = browser_of(officer)
    ask(browser, "a@example.org")
    letter = session.scalars(select(Letter)).one()
    assert re.findall(r"\b\d{8}\b", letter.text) == []
    organiser = browser_of(make_account(session, Role.ORGANISER, district.root))
    assert "确认您的邮箱" not in organiser.get("/outbox").text
    assert "共0件通知" in organiser.get("/outbox").text
    assert organiser.get(f"/outbox/{letter.id}").status_code == 404
    form = {"version": letter.version, "batch": letter.batch, "count": 1, "reason": "x"}
    assert organiser.post(f"/outbox/{letter.id}/release", data=form).status_code == 404
    assert organiser.post("/outbox/batch/withdraw", data=form).status_code == 404
    assert "确认您的邮箱" not in browser.get("/letters").text
    sent_by(app, {})
    assert letter.text == ""
    other = browser_of(make_account(session, Role.BRANCH_OFFICER, district.east_one, "other"))
    assert not confirm(other, code_in(mailbox))


def test_code_is_not_guessed(
    app: Flask, session: Session, officer: Account, browser_of: BrowserOf, mailbox: Mailbox
) -> None:
    browser = browser_of(officer)
    ask(browser, "a@example.org")
    sent_by(app, {})
    right = code_in(mailbox)
    wrong = f"{(int(right) + 1) % 10**8:08}"
    assert [confirm(browser, wrong) for _ in range(MOST_TRIES)] == [False] * MOST_TRIES
    assert not confirm(browser, right)
    ask(browser, "a@example.org")
    sent_by(app, {})
    assert confirm(browser, code_in(mailbox))


def test_code_works_for_an_hour(
    app: Flask, session: Session, officer: Account, browser_of: BrowserOf, mailbox: Mailbox
) -> None:
    browser = browser_of(officer)
    ask(browser, "a@example.org")
    sent_by(app, {})
    session.scalars(select(MailAddress)).one().code_ends_at = now() - timedelta(seconds=1)
    session.commit()
    assert not confirm(browser, code_in(mailbox))


def test_codes_a_day_are_limited_and_only_the_last_is_sent(
    app: Flask, session: Session, officer: Account, browser_of: BrowserOf, mailbox: Mailbox
) -> None:
    browser = browser_of(officer)
    answers = [ask(browser, f"{number}@example.org") for number in range(MOST_CODES_A_DAY + 1)]
    assert answers == [302] * MOST_CODES_A_DAY + [429]
    assert sent_by(app, {}).sent == 1
    assert mailbox.letters[0]["To"] == f"{MOST_CODES_A_DAY - 1}@example.org"
    assert confirm(browser, code_in(mailbox))


def test_old_address_is_used_until_the_new_one_is_confirmed(
    app: Flask,
    session: Session,
    district: District,
    officer: Account,
    browser_of: BrowserOf,
    mailbox: Mailbox,
) -> None:
    browser = browser_of(officer)
    reads_mail(session, officer, "old@example.org")
    ask(browser, "new@example.org")
    ready_letter(session, officer, district.east_one)
    assert sent_by(app, {}).sent == 2
    assert [each["To"] for each in mailbox.letters][1].endswith("<old@example.org>")
    (code,) = re.findall(r"\b\d{8}\b", mailbox.letters[0].get_content())
    assert confirm(browser, code)
    assert browser.post("/account/mail/remove").status_code == 302
    session.expire_all()
    assert confirmed_address(session, officer.id) == ""


@pytest.mark.parametrize("typed", ["", "a", "a@b.cn, c@d.cn", "a@b.cn\r\nBcc: c@d.cn"])
def test_what_is_no_address_is_told_at_the_field(
    session: Session, officer: Account, browser_of: BrowserOf, mailbox: Mailbox, typed: str
) -> None:
    answer = browser_of(officer).post("/account/mail", data={"address": typed})
    assert answer.status_code == 422
    assert 'id="address-errors"' in answer.text
    assert session.scalars(select(Letter).where(Letter.about == CONFIRMATION)).all() == []


def test_platform_without_a_mail_server_asks_for_no_address(
    session: Session, officer: Account, browser_of: BrowserOf
) -> None:
    browser = browser_of(officer)
    page = browser.get("/account/mail").text
    assert "本平台未启用邮件发送" in page
    assert 'name="address"' not in page
    assert ask(browser, "a@example.org") == 409


def test_closed_account_gets_no_mail(
    app: Flask, session: Session, district: District, officer: Account, mailbox: Mailbox
) -> None:
    reads_mail(session, officer, "gone@example.org")
    ready_letter(session, officer, district.east_one)
    officer.is_active = False
    session.commit()
    assert sent_by(app, {}).sent == 0
    assert mailbox.letters == []
