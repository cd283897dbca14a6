"""Slips with one-time passwords: printed from the page that shows them, kept nowhere."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pypdfium2
import pytest
import zxingcpp
from district import District, make_account, make_district
from flask.testing import FlaskClient
from people import sign_in
from sqlalchemy import select
from sqlalchemy.orm import Session
from test_importing import RIGHT, TITLES, upload, workbook

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.audit.models import AuditLine

SLIPS = "/accounts/password-slips"


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


@pytest.fixture
def east(
    browser_of: Callable[[Account], FlaskClient], session: Session, district: District
) -> FlaskClient:
    return browser_of(make_account(session, Role.ADMINISTRATOR, district.east, "east.admin"))


def listed(page: str) -> str:
    """Return what a page that shows passwords sends to have them printed."""
    found = re.search(r'name="passwords" value="([^"]*)"', page)
    assert found is not None
    return html.unescape(found[1])


def test_slips_of_an_import_hold_the_passwords_that_work(
    east: FlaskClient, client: FlaskClient
) -> None:
    page = east.post(upload(east, workbook(TITLES, *RIGHT)).location).text
    passwords = listed(page)
    answer = east.post(SLIPS, data={"passwords": passwords})
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("application/pdf", "no-store")
    sheet = pypdfium2.PdfDocument(answer.data)[0]
    text = sheet.get_textpage().get_text_bounded()
    assert [line.split(" ")[0] for line in passwords.splitlines()] == ["wang.fang", "zhang.wei"]
    for line in passwords.splitlines():
        assert [each in text for each in line.split(" ")] == [True, True]
    assert ("王芳" in text, "东一社区党支部" in text) == (True, True)
    codes = zxingcpp.read_barcodes(sheet.render(scale=3).to_pil())
    assert {code.text for code in codes} == {"http://localhost/sign-in"}
    login_name, password = passwords.splitlines()[0].split(" ")
    assert sign_in(client, login_name, password).status_code == 302


def test_slip_of_one_account_is_printed_too(east: FlaskClient) -> None:
    data = {"login_name": "li.na", "name": "李娜", "role": "branch_officer", "organisation": "E1"}
    passwords = listed(east.post("/accounts/new", data=data).text)
    assert passwords.startswith("li.na ")
    assert east.post(SLIPS, data={"passwords": passwords}).status_code == 200


def test_no_password_is_kept(east: FlaskClient, session: Session) -> None:
    page = east.post(upload(east, workbook(TITLES, *RIGHT)).location).text
    passwords = [line.split(" ")[1] for line in listed(page).splitlines()]
    east.post(SLIPS, data={"passwords": listed(page)})
    lines = session.scalars(select(AuditLine)).all()
    accounts = session.scalars(select(Account)).all()
    kept = "".join(f"{vars(each)}" for each in (*lines, *accounts))
    assert [each for each in passwords if each in kept] == []


def test_slips_of_accounts_elsewhere_look_as_if_not_there(
    east: FlaskClient, session: Session, district: District
) -> None:
    other = make_account(session, Role.BRANCH_OFFICER, district.west_one, "west.one")
    other.must_change_password = True
    session.commit()
    assert east.post(SLIPS, data={"passwords": "west.one abcd"}).status_code == 404
    assert east.post(SLIPS, data={"passwords": "nobody abcd"}).status_code == 404


def test_slips_of_accounts_with_a_password_of_their_own_are_not_printed(
    east: FlaskClient, session: Session, district: District
) -> None:
    make_account(session, Role.BRANCH_OFFICER, district.east_one, "east.one")
    assert east.post(SLIPS, data={"passwords": "east.one abcd"}).status_code == 404


@pytest.mark.parametrize("sent", ["", "a", "a b c", "a " + "b" * 101])
def test_what_no_page_sends_is_told(east: FlaskClient, sent: str) -> None:
    answer = east.post(SLIPS, data={"passwords": sent})
    assert (answer.status_code, "密码条" in answer.text) == (400, True)
