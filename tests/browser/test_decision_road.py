"""From the quota board by two organisers to the minutes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from deciding_round import make_decided_round
from district import District, make_account, make_district
from looking import look
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from evaluator.access import Role

Open = Callable[..., Page]


@pytest.fixture
def district(rows: Session) -> District:
    made = make_district(rows)
    make_decided_round(
        rows,
        made,
        east_one="10 14 4",
        east_two="10 14 5",
        west_one="10 10 4",
        west_two="4 10 4",
    )
    return made


def test_organisers_decide_by_two_and_write_the_minutes(
    rows: Session, district: District, page_of: Open
) -> None:
    first = page_of(make_account(rows, Role.ORGANISER, district.root, "first"))
    second = page_of(make_account(rows, Role.ORGANISER, district.root, "second"))
    propose(first)
    confirm(second)
    decide_the_rest(first)
    write_minutes(first)


def propose(page: Page) -> None:
    page.goto("/decisions")
    expect(page.get_by_role("button", name="按计算结果审定4个")).to_be_visible()
    look(page, "decision-board")
    page.goto("/decisions?cut=five:")
    look(page, "decision-cut")
    page.goto("/decisions")
    page.get_by_role("link", name="西二社区党支部").first.click()
    look(page, "decision-candidate")
    section = page.get_by_role("form", name="提议")
    section.get_by_label("星级").select_option("four_star")
    section.get_by_label("理由").fill("特色突出，经集体研究。")
    section.get_by_role("button", name="提议").click()
    # What breaks a quota is said before it is done, and nothing typed is lost.
    expect(page.get_by_text("名额1个，实有2个").first).to_be_visible()
    expect(section.get_by_label("理由")).to_have_value("特色突出，经集体研究。")
    look(page, "decision-breaks-quota")
    section.get_by_role("checkbox").check()
    section.get_by_role("button", name="提议").click()
    expect(page.get_by_text("这是您本人提议的")).to_be_visible()


def confirm(page: Page) -> None:
    page.goto("/decisions")
    page.get_by_role("link", name="西二社区党支部").first.click()
    look(page, "decision-to-confirm")
    page.get_by_role("button", name="确认", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("收回审定结果").or_(page.get_by_text("重新审定")).first).to_be_visible()


def decide_the_rest(page: Page) -> None:
    page.goto("/decisions")
    look(page, "decision-board-broken")
    reason = page.locator('textarea[name="reason"]')
    if reason.count():
        reason.fill("名额突破已经集体研究同意。")
    page.get_by_role("button", name="按计算结果审定3个").click()
    expect(page.get_by_role("button", name="按计算结果审定3个")).to_have_count(0)
    look(page, "decision-decided")


def write_minutes(page: Page) -> None:
    page.get_by_role("link", name="会议纪要").first.click()
    page.get_by_label("会议时间").fill("2026-01-05T09:30")
    page.get_by_label("主持人").fill("王部长")
    page.get_by_label("出席人员").fill("王部长\n李副部长")
    look(page, "decision-minutes-form")
    page.get_by_role("button", name="生成PDF").click()
    expect(page.get_by_role("link", name="1 (PDF)")).to_be_visible()
    look(page, "decision-minutes")
