"""From a notice that is over to a level revoked by two, and a branch that follows up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from awarded import Ended, make_ended
from district import make_account
from looking import look
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.database import now
from evaluator.notices.calendar import day_of

Open = Callable[..., Page]


@pytest.fixture
def ended(rows: Session) -> Ended:
    return make_ended(rows)


def test_from_the_notice_to_a_revocation_and_its_follow_up(
    rows: Session, ended: Ended, page_of: Open
) -> None:
    officer = make_account(rows, Role.BRANCH_OFFICER, ended.district.east_one)
    organiser, second = page_of(ended.organiser), page_of(ended.second)
    award(organiser)
    propose(organiser)
    confirm(second)
    follow_up(page_of(officer))


def award(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="查看可命名名单").click()
    expect(page.get_by_role("heading", name="可命名：3个")).to_be_visible()
    page.get_by_role("button", name="确认命名").click()
    expect(page.get_by_text("请填写此项。")).to_be_visible()
    look(page, "award-preview")
    page.get_by_label("文号").fill("临组〔2027〕8号")
    page.get_by_label("文件日期").fill((day_of(now()) - timedelta(days=1)).isoformat())
    page.get_by_role("button", name="确认命名").click()
    expect(page.get_by_text("已命名3个党组织")).to_be_visible()
    look(page, "award-listing")


def propose(page: Page) -> None:
    page.get_by_role("link", name="东一社区党支部").click()
    # By the keyboard alone: the summary opens, the fields follow one another.
    page.get_by_role("main").locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("调整为")).to_be_focused()
    page.get_by_label("调整为").select_option("none")
    page.keyboard.press("Tab")
    page.keyboard.type("弄虚作假，经核查属实。")
    look(page, "award-proposing")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("须由另一名组织部管理员确认")).to_be_visible()
    expect(page.get_by_role("button", name="作为第二人确认")).to_have_count(0)
    look(page, "award-proposed")


def confirm(page: Page) -> None:
    page.goto("/")
    page.get_by_text("降星、摘星提议待第二人确认").wait_for()
    page.locator('a[href*="standing=proposed"]').click()
    page.get_by_role("link", name="东一社区党支部").click()
    page.get_by_role("button", name="作为第二人确认").click()
    expect(page.get_by_role("heading", name="无星级")).to_be_visible()
    look(page, "award-revoked")


def follow_up(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="查看任务").click()
    look(page, "follow-up")
    page.get_by_role("link", name="三个月内整改").click()
    page.get_by_label("完成情况说明").fill("已整改")
    look(page, "follow-up-task")
    page.get_by_role("button", name="登记为已完成").click()
    expect(page.get_by_text("已登记完成情况。")).to_be_visible()
