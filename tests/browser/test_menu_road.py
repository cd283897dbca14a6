"""The organiser's menu: by mouse, by keyboard, without scripts, on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from district import make_account, make_district
from looking import NARROW, WIDE, look
from playwright.sync_api import Page, ViewportSize, expect
from sqlalchemy.orm import Session
from walkers import tab_to

from evaluator.access import Role
from evaluator.accounts.models import Account

Open = Callable[..., Page]


@pytest.fixture
def organiser(rows: Session) -> Account:
    return make_account(rows, Role.ORGANISER, make_district(rows).root)


def test_group_opens_by_keyboard_and_closes_by_escape(organiser: Account, page_of: Open) -> None:
    page = page_of(organiser)
    page.goto("/")
    group = page.get_by_text("公示与命名", exact=True)
    tab_to(page, group)
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="命名", exact=True)
    expect(link).to_be_visible()
    look(page, "menu-open")
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    assert group.evaluate("each => each === document.activeElement")
    page.keyboard.press("Enter")
    tab_to(page, link, most=3)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="命名", level=1)).to_be_visible()


def test_one_group_is_open_and_a_click_elsewhere_closes_it(
    organiser: Account, page_of: Open
) -> None:
    page = page_of(organiser)
    page.goto("/outbox")
    first, last = (page.get_by_text(each, exact=True) for each in ("申报与审核", "轮次与规则"))
    first.click()
    expect(page.get_by_role("link", name="现场核查")).to_be_visible()
    last.click()
    expect(page.get_by_role("link", name="现场核查")).to_be_hidden()
    expect(page.get_by_role("link", name="规则试算")).to_be_visible()
    page.get_by_role("main").click(position={"x": 20, "y": 200})
    expect(page.get_by_role("link", name="规则试算")).to_be_hidden()


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_menu_works_without_scripts_wide_and_narrow(
    organiser: Account, page_of: Open, size: ViewportSize
) -> None:
    page = page_of(organiser, java_script_enabled=False, viewport=size)
    page.goto("/")
    if size == NARROW:
        page.get_by_role("button", name="菜单", exact=True).click()
    menu = page.get_by_role("navigation", name="主菜单")
    menu.get_by_text("组织与台账", exact=True).click()
    menu.get_by_role("link", name="台账").click()
    expect(page).to_have_url(re.compile("/records$"))


@pytest.mark.parametrize("words", [("English", "Menu", "Reviewing"), ("", "菜单", "申报与审核")])
def test_menu_of_a_phone_is_a_sheet_that_opens_and_closes_by_keyboard(
    organiser: Account, page_of: Open, words: tuple[str, str, str]
) -> None:
    other, button, group = words
    page = page_of(organiser, viewport=NARROW)
    page.goto("/")
    if other:
        page.get_by_role("button", name=other).click()
    opener = page.get_by_role("button", name=button, exact=True)
    expect(page.get_by_text(group, exact=True)).to_be_hidden()
    tab_to(page, opener)
    page.keyboard.press("Enter")
    entry = page.get_by_text(group, exact=True)
    expect(entry).to_be_visible()
    tab_to(page, entry, most=3)
    page.keyboard.press("Enter")
    assert Axe().run(page).violations_count == 0
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(entry).to_be_hidden()
    assert opener.evaluate("each => each === document.activeElement")


def test_menu_of_three_entries_is_a_line_on_a_phone(rows: Session, page_of: Open) -> None:
    administrator = make_account(rows, Role.ADMINISTRATOR, make_district(rows).root)
    page = page_of(administrator, viewport=NARROW)
    page.goto("/")
    menu = page.get_by_role("navigation", name="主菜单")
    expect(menu.get_by_role("link", name="账号")).to_be_visible()
    expect(page.get_by_role("button", name="菜单", exact=True)).to_have_count(0)
