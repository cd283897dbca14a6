"""The roads of a supervisor, who reads, and of an administrator, who makes accounts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from district import District, make_account, make_district, make_round
from looking import look
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session
from walkers import code, make_person, sign_in, submit, tab_to

from evaluator.access import Role

Open = Callable[..., Page]


@pytest.fixture
def district(rows: Session) -> District:
    made = make_district(rows)
    make_round(rows, made)
    return made


def test_supervisor_reads_and_narrows_the_log(
    rows: Session, district: District, page_of: Open
) -> None:
    submit(rows, district.east_one)
    submit(rows, district.west_one)
    page = page_of(make_account(rows, Role.SUPERVISOR, district.root))
    page.goto("/")
    look(page, "supervisor-start")
    page.get_by_role("link", name="审计日志").last.click()
    look(page, "audit-log")
    page.get_by_label("党组织编码或名称").fill("东一")
    page.get_by_label("对象").select_option("application")
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_text("共2条")).to_be_visible()
    look(page, "audit-narrowed")
    with page.expect_download() as table:
        page.get_by_role("link", name="导出CSV").click()
    assert "西一" not in table.value.path().read_text("utf-8")


def test_supervisor_narrows_the_log_by_keyboard_without_scripts(
    rows: Session, district: District, page_of: Open
) -> None:
    submit(rows, district.east_one)
    supervisor = make_account(rows, Role.SUPERVISOR, district.root)
    for more in ({}, {"java_script_enabled": False}):
        page = page_of(supervisor, **more)
        page.goto("/audit")
        tab_to(page, page.get_by_label("党组织编码或名称"))
        page.keyboard.type("西一")
        page.keyboard.press("Enter")
        expect(page.get_by_text("共0条")).to_be_visible()


def test_administrator_makes_an_account_and_resets_its_password(
    rows: Session, district: District, page_of: Open
) -> None:
    page = page_of()
    sign_in(page, make_person(rows, Role.ADMINISTRATOR, district.root, second_factor=True))
    look(page, "administrator-start")
    page.get_by_role("link", name="账号", exact=True).first.click()
    look(page, "accounts")
    page.get_by_role("link", name="新建账号").click()
    page.get_by_label("姓名").fill("王芳")
    page.get_by_label("用户名").fill("wang.fang")
    page.get_by_label("角色").select_option("branch_officer")
    page.get_by_label("党组织").fill("不存在")
    page.get_by_role("button", name="建立账号").click()
    look(page, "account-wrong")
    page.get_by_label("党组织").fill("E1")
    page.get_by_role("button", name="建立账号").click()
    look(page, "account-password")
    first = page.locator("code.secret").last.inner_text()
    page.get_by_role("link", name="我已记录").click()
    page.get_by_role("link", name="修改账号").click()
    look(page, "account-edit")
    page.get_by_role("button", name="重置为初始密码").click()
    assert page.locator("code.secret").last.inner_text() != first
    second = page.locator("code.secret").last.inner_text()
    _first_log_in(page_of(), second)


def _first_log_in(page: Page, password: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("用户名").fill("wang.fang")
    page.get_by_label("密码").fill(password)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    look(page, "first-log-in")
    page.get_by_label("原密码").fill(password)
    page.get_by_label("新密码", exact=True).fill("星级评定工作平台 2026")
    page.get_by_label("再次输入新密码").fill("星级评定工作平台 2026")
    page.get_by_role("main").get_by_role("button").click()
    expect(page.get_by_text("密码已修改")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("link", name="开始填报")).to_be_visible()


def test_second_factor_is_set_up_before_anything_else(
    rows: Session, district: District, page_of: Open
) -> None:
    page = page_of()
    organiser = make_person(rows, Role.ORGANISER, district.root)
    sign_in(page, organiser)
    expect(page.get_by_role("heading", level=1)).to_contain_text("二次验证")
    look(page, "second-factor")
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("二次验证")
    assert code().isdigit()
