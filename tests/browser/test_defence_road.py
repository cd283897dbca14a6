"""The defence: a sheet on a tablet through a lost connection, the chair, the organiser."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from district import make_account
from hearing import Hearing, ask_for_ratings, make_hearing, make_sitting
from looking import NARROW, look
from playwright.sync_api import Page, ViewportSize, expect
from sqlalchemy import select
from sqlalchemy.orm import Session
from walkers import tab_to

from evaluator.access import Role
from evaluator.applications.models import ApplicationState
from evaluator.database import now
from evaluator.defences.models import DefencePlan, ScoreSheet

Open = Callable[..., Page]
TABLET: ViewportSize = {"width": 820, "height": 1180}
SAVED = "已保存"


@pytest.fixture
def hearing(rows: Session) -> Hearing:
    return make_hearing(rows)


def look_on_tablet(page: Page, name: str) -> None:
    """Check a page as the panel has it before them."""
    page.wait_for_load_state()
    page.set_viewport_size(TABLET)
    if pictures := os.environ.get("PICTURES", ""):
        page.screenshot(path=Path(pictures) / f"{name}-820.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= TABLET["width"]
    found = Axe().run(page)
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"


def open_sheet(page: Page, name: str = "东一社区党支部") -> None:
    page.goto("/")
    if page.get_by_role("button", name="菜单").is_visible():
        page.get_by_role("button", name="菜单").click()
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="我的评审").click()
    page.get_by_role("link", name=name).click()


def test_panellist_judges_a_case_on_a_tablet(
    rows: Session, hearing: Hearing, page_of: Open
) -> None:
    page = page_of(hearing.accounts[1], viewport=TABLET)
    page.goto("/defence/mine")
    look_on_tablet(page, "defence-mine")
    look(page, "defence-mine")
    open_sheet(page)
    page.set_viewport_size(TABLET)
    before, after = page.get_by_label("汇报后评分"), page.get_by_label("答问后评分")
    before.fill("82")
    expect(after).to_have_value("82")
    expect(page.locator("#save-state")).to_contain_text(SAVED)
    after.fill("850")
    expect(page.get_by_text("应在0至100之间")).to_be_visible()
    look_on_tablet(page, "defence-sheet-wrong")
    after.fill("85")
    page.get_by_label("个人笔记").fill("汇报清楚")
    expect(page.get_by_text("应在0至100之间")).to_be_hidden()
    expect(page.locator("#save-state")).to_contain_text(SAVED)
    look_on_tablet(page, "defence-sheet")
    look(page, "defence-sheet")
    page.get_by_role("button", name="核对并提交").click()
    expect(page.get_by_text("两次评分不一致，须说明理由")).to_be_visible()
    page.get_by_label("两次评分不一致的理由").fill("答问有据")
    page.get_by_role("button", name="核对并提交").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("提交评分表")
    look_on_tablet(page, "defence-check")
    page.get_by_role("button", name="提交评分表").click()
    expect(page.get_by_text("评分表已提交。", exact=True)).to_be_visible()
    look(page, "defence-handed-in")
    rows.rollback()
    sheet = rows.scalars(select(ScoreSheet)).one()
    assert (sheet.before, sheet.after, sheet.reason, sheet.note) == (
        {"defence": "82"}, {"defence": "85"}, "答问有据", "汇报清楚",
    )  # fmt: skip


def test_what_is_typed_without_a_connection_is_not_lost(
    rows: Session, hearing: Hearing, page_of: Open
) -> None:
    page = page_of(hearing.accounts[1], viewport=TABLET)
    open_sheet(page)
    page.get_by_label("汇报后评分").fill("70")
    expect(page.locator("#save-state")).to_contain_text(SAVED)
    page.context.set_offline(True)
    page.get_by_label("答问后评分").fill("77.5")
    page.get_by_label("个人笔记").fill("断网时所写")
    expect(page.locator("#save-state")).to_contain_text("未保存")
    look_on_tablet(page, "defence-offline")
    page.context.set_offline(False)
    expect(page.locator("#save-state")).to_contain_text(SAVED)
    page.context.set_offline(True)
    page.get_by_label("个人笔记").fill("断网后关机")
    expect(page.locator("#save-state")).to_contain_text("未保存")
    address = page.url
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(address)
    expect(page.get_by_label("个人笔记")).to_have_value("断网后关机")
    expect(page.locator("#save-state")).to_contain_text(SAVED)
    page.reload()
    expect(page.get_by_label("个人笔记")).to_have_value("断网后关机")
    expect(page.get_by_label("答问后评分")).to_have_value("77.5")


def test_two_devices_of_one_panellist_notice_each_other(
    rows: Session, hearing: Hearing, page_of: Open
) -> None:
    tablet = page_of(hearing.accounts[1], viewport=TABLET)
    phone = page_of(hearing.accounts[1], viewport=NARROW)
    rows.commit()  # Nothing of ours may hold the database while both devices save.
    for page in (tablet, phone):
        open_sheet(page)
    tablet.get_by_label("汇报后评分").fill("70")
    expect(tablet.locator("#save-state")).to_contain_text(SAVED)
    phone.get_by_label("汇报后评分").fill("75")
    expect(phone.get_by_text("另一台设备上：70")).to_be_visible()
    look(phone, "defence-conflict")
    phone.get_by_role("button", name="以本页填写的为准").click()
    expect(phone.locator("#save-state")).to_contain_text(SAVED)
    tablet.reload()
    expect(tablet.get_by_label("汇报后评分")).to_have_value("75")
    tablet.get_by_label("个人笔记").fill("甲")
    expect(tablet.locator("#save-state")).to_contain_text(SAVED)
    phone.get_by_label("个人笔记").fill("乙")
    phone.get_by_role("button", name="以另一台设备上的为准").click()
    expect(phone.get_by_label("个人笔记")).to_have_value("甲")


def test_sheet_is_filled_by_keyboard_and_without_scripts(
    rows: Session, hearing: Hearing, page_of: Open
) -> None:
    page = page_of(hearing.accounts[1], java_script_enabled=False)
    page.goto(f"/defence/cases/{hearing.cases[0].id}")
    page.get_by_label("汇报后评分").fill("81")
    page.get_by_role("button", name="核对并提交").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("提交评分表")
    page.get_by_role("link", name="返回评分表").click()
    expect(page.get_by_label("答问后评分")).to_have_value("81")
    look(page, "defence-sheet-plain", scripts=False)
    keyboard = page_of(hearing.accounts[2])
    keyboard.goto(f"/defence/cases/{hearing.cases[0].id}")
    tab_to(keyboard, keyboard.get_by_label("汇报后评分"))
    keyboard.keyboard.type("90")
    tab_to(keyboard, keyboard.get_by_role("button", name="核对并提交"))
    keyboard.keyboard.press("Enter")
    tab_to(keyboard, keyboard.get_by_role("main").get_by_role("button", name="提交评分表"))
    keyboard.keyboard.press("Enter")
    expect(keyboard.get_by_text("评分表已提交。", exact=True)).to_be_visible()


def test_chair_leads_and_closes_a_case(rows: Session, hearing: Hearing, page_of: Open) -> None:
    page = page_of(hearing.accounts[0], viewport=TABLET)
    open_sheet(page)
    for act in ("请入场", "开始汇报"):
        page.get_by_role("button", name=act).click()
    page.get_by_label("汇报后评分").fill("88")
    expect(page.locator("#save-state")).to_contain_text(SAVED)
    page.get_by_role("button", name="开始提问").click()
    expect(page.get_by_label("汇报后评分")).not_to_be_editable()
    look_on_tablet(page, "defence-chair")
    page.get_by_role("button", name="核对并提交").click()
    page.get_by_role("button", name="提交评分表").click()
    expect(page.get_by_text("尚未提交评分表的评委：评委1、评委2")).to_be_visible()
    rows.rollback()
    rows.expire_all()
    hearing.hand_in(1, before="80")
    hearing.hand_in(2, before="95.5", reason="")
    rows.commit()
    page.reload()
    look_on_tablet(page, "defence-chair-closing")
    page.get_by_role("button", name="结束评审").click()
    expect(page.get_by_text("评审已结束").first).to_be_visible()
    look(page, "defence-closed")
    rows.rollback()
    rows.expire_all()
    assert (hearing.state(), hearing.ratings()) == (
        ApplicationState.DEFENDED, ["80", "88", "95.5"],
    )  # fmt: skip


def test_organiser_plans_reads_and_calls(rows: Session, hearing: Hearing, page_of: Open) -> None:
    page = page_of(make_account(rows, Role.ORGANISER, hearing.district.root))
    page.goto("/defence/timetable")
    look(page, "defence-timetable-begin")
    page.get_by_role("link", name="编排时间表").click()
    page.get_by_label("答辩室").fill("第一会议室\n第二会议室")
    page.get_by_label("日期").fill("2027-03-08")
    look(page, "defence-plan")
    page.get_by_role("button", name="编排时间表").click()
    expect(page.get_by_text("全部党组织均已排定时间")).to_be_visible()
    look(page, "defence-timetable")
    row = page.get_by_role("row").filter(has_text="东二社区党支部")
    row.get_by_role("link").last.click()
    look(page, "defence-sitting")
    page.goto("/defence/timetable")
    with page.expect_download() as handout:
        page.get_by_role("link", name="第一评审组答辩资料").first.click()
    assert handout.value.suggested_filename.endswith(".pdf")
    if pictures := os.environ.get("PICTURES", ""):
        handout.value.save_as(Path(pictures) / "defence-handout.pdf")
    page.goto(f"/defence/records/{hearing.cases[0].id}")
    look(page, "defence-record")


def test_call_board_in_the_corridor(rows: Session, hearing: Hearing, page_of: Open) -> None:
    make_sitting(rows, hearing.cases[1], now(), "102")
    rows.add(DefencePlan(round_id=hearing.made.id, settings={}, board_key="corridor"))
    rows.commit()
    chair = page_of(hearing.accounts[0])
    open_sheet(chair)
    chair.get_by_role("button", name="请入场").click()
    board = page_of(java_script_enabled=False)
    board.goto("/call-board/corridor")
    expect(board.get_by_text("请入场")).to_be_visible()
    look(board, "defence-board", scripts=False)
    signed_in = page_of(hearing.accounts[0])
    signed_in.goto("/defence/board")
    look(signed_in, "defence-board-signed-in")


def test_agreement_and_second_look(rows: Session, page_of: Open) -> None:
    hearing = make_hearing(rows, panellists=5, branches=3)
    for case, scores in enumerate((("80", "81", "82", "81", "80"), ("85", "84", "86", "85", "84"),
                                   ("88", "87", "40", "87", "88"))):  # fmt: skip
        hearing.hand_all_in(*scores, case=case)
    ask_for_ratings(rows, hearing.made, 5)
    page = page_of(make_account(rows, Role.ORGANISER, hearing.district.root))
    page.goto("/defence/agreement")
    page.get_by_text("全部党组织的数据").click()
    look(page, "defence-agreement")
    page.get_by_role("button", name="标记为待复核").click()
    page.goto(f"/defence/records/{hearing.cases[2].id}")
    look(page, "defence-look")
    page.get_by_label("复核结论").fill("经本人确认，评分无误")
    page.get_by_role("button", name="提交复核结论").click()
    expect(page.get_by_text("经本人确认，评分无误")).to_be_visible()
