"""Many accounts from a workbook: looked at first, then all of them or none."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from district import District, make_account, make_district
from flask.testing import FlaskClient
from people import sign_in
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from evaluator.access import Role
from evaluator.accounts.models import Account

TITLES = ("用户名", "姓名", "角色", "党组织编码")
RIGHT = (
    ("Wang.Fang", "王芳", "支部申报员", "E1"),
    ("zhang.wei", "张伟", "committee_reviewer", "E"),
)


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


@pytest.fixture
def east(
    browser_of: Callable[[Account], FlaskClient], session: Session, district: District
) -> FlaskClient:
    """Return the browser of the administrator of the eastern committee."""
    return browser_of(make_account(session, Role.ADMINISTRATOR, district.east, "east.admin"))


def workbook(*rows: tuple[object, ...]) -> bytes:
    """Return a workbook with these rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def upload(browser: FlaskClient, content: bytes, name: str = "accounts.xlsx") -> TestResponse:
    """Send a workbook; the answer leads to its preview."""
    return browser.post("/accounts/import", data={"file": (BytesIO(content), name)})


def names(session: Session) -> list[str]:
    """Return the log-in names of all accounts but that of the administrator."""
    session.expire_all()
    query = select(Account.login_name).where(Account.login_name != "east.admin")
    return sorted(session.scalars(query))


def test_preview_changes_nothing_and_confirmation_makes_all(
    east: FlaskClient, client: FlaskClient, session: Session
) -> None:
    address = upload(east, workbook(TITLES, *RIGHT)).location
    page = east.get(address).text
    assert "建立2个账号" in page
    assert names(session) == []
    page = east.post(address).text
    passwords = re.findall(r"[2-9a-z]{4}(?:-[2-9a-z]{4}){3}", page)
    assert (len(set(passwords)), names(session)) == (2, ["wang.fang", "zhang.wei"])
    made = session.scalars(select(Account).where(Account.login_name == "zhang.wei")).one()
    assert [(each.role, each.organisation.code) for each in made.grants] == [
        ("committee_reviewer", "E")
    ]
    assert sign_in(client, "wang.fang", passwords[0]).status_code == 302
    assert client.get("/account").location == "/account/password"


def test_wrong_rows_are_named_and_nothing_is_made(
    east: FlaskClient, session: Session, district: District
) -> None:
    rows = (
        ("east.admin", "甲", "支部申报员", "E1"),
        ("x", "乙", "支部申报员", "E1"),
        ("li.na", "", "皇帝", "E1"),
        ("outside", "丁", "支部申报员", "W1"),
        ("above", "戊", "系统管理员", "D"),
        ("fine", "己", "支部申报员", "E2"),
        ("FINE", "庚", "支部申报员", "E2"),
    )
    address = upload(east, workbook(TITLES, *rows)).location
    page = east.get(address).text
    told = re.findall(r'class="number">(\d+)<', page)
    assert told == ["2", "3", "4", "5", "6", "8"]
    words = (
        "已被占用",
        "2至64个字符",
        "缺少姓名",
        "没有此角色：皇帝。可填：支部申报员、",
        "您管理的范围内没有此编码",
        "与第7行的用户名重复",
        "共7行，其中6行有问题",
    )
    assert [each for each in words if each not in page] == []
    assert "西一社区" not in page
    assert "建立" not in page.split("<h1>")[1]
    assert east.post(address).status_code == 409
    assert names(session) == []


def test_account_made_meanwhile_stops_the_whole_import(
    east: FlaskClient, session: Session, district: District
) -> None:
    address = upload(east, workbook(TITLES, *RIGHT)).location
    make_account(session, Role.PANELLIST, district.west, "zhang.wei")
    assert east.post(address).status_code == 409
    assert names(session) == ["zhang.wei"]


def test_columns_may_stand_in_any_order_and_in_english(east: FlaskClient) -> None:
    titles = ("role", "Organisation code", "Log-in name", "note", "Full name")
    content = workbook(titles, ("organiser", "E", "li.na", "x", "李娜"))
    page = east.get(upload(east, content).location).text
    assert ("建立1个账号" in page, "李娜" in page) == (True, True)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no workbook", "不是Excel工作簿"),
        (workbook(("用户名", "姓名", "角色")), "缺少“党组织编码”"),
        (workbook(), "缺少“用户名”"),
    ],
)
def test_file_that_cannot_be_read_is_told(east: FlaskClient, content: bytes, words: str) -> None:
    answer = east.get(upload(east, content).location)
    assert (answer.status_code, words in answer.text) == (409, True)


def test_empty_workbook_makes_nothing(east: FlaskClient) -> None:
    address = upload(east, workbook(TITLES)).location
    assert "没有数据行" in east.get(address).text
    assert east.post(address).status_code == 409


def test_other_files_are_refused_at_the_field(east: FlaskClient) -> None:
    answer = upload(east, b"x", "accounts.csv")
    assert (answer.status_code, "invalid-feedback" in answer.text) == (200, True)


def test_workbook_of_another_administrator_looks_as_if_not_there(
    east: FlaskClient,
    browser_of: Callable[[Account], FlaskClient],
    session: Session,
    district: District,
) -> None:
    address = upload(east, workbook(TITLES, *RIGHT)).location
    other = browser_of(make_account(session, Role.ADMINISTRATOR, district.east, "other.admin"))
    assert [other.get(address).status_code, other.post(address).status_code] == [404, 404]
    assert east.get("/accounts/import/nonsense").status_code == 404


def test_template_is_read_back(east: FlaskClient) -> None:
    answer = east.get("/accounts/import/template.xlsx")
    sheet = openpyxl.load_workbook(BytesIO(answer.data)).worksheets[0]
    assert tuple(cell.value for cell in sheet[1]) == TITLES
    assert "没有数据行" in east.get(upload(east, answer.data).location).text
