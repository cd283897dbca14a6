"""The road of a branch officer, from the log-in to the receipt."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from district import District, make_account, make_district, make_round
from looking import look
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect
from sqlalchemy import delete
from sqlalchemy.orm import Session
from walkers import make_person, participant_of, sign_in, tab_to

from evaluator.access import Role
from evaluator.accounts.models import SignIn

Open = Callable[..., Page]


@pytest.fixture
def district(rows: Session) -> District:
    made = make_district(rows)
    make_round(rows, made)
    return made


@pytest.fixture
def address(rows: Session, district: District) -> str:
    return f"/applications/{participant_of(rows, district.east_one).id}"


def test_officer_walks_from_the_log_in_to_the_receipt(
    rows: Session, district: District, page_of: Open, tmp_path: Path
) -> None:
    page = page_of()
    sign_in(page, make_person(rows, Role.BRANCH_OFFICER, district.east_one))
    look(page, "branch-start")
    page.get_by_role("link", name="开始填报").click()
    page.get_by_label("支部党员大会次数").fill("4")
    expect(page.locator("#standing-line")).to_contain_text("40.00 / 100")
    look(page, "branch-form")
    page.locator("#parts").get_by_role("button", name="服务群众").click()
    page.get_by_label("志愿服务次数").fill("12")
    expect(page.locator("#standing .total")).to_contain_text("60.00 / 100")
    expect(page.locator("#standing .level")).to_contain_text("三星级")
    picture = tmp_path / "活动照片.jpg"
    Image.new("RGB", (300, 200), "darkred").save(picture, "JPEG")
    page.locator("#files-services").set_input_files(picture)
    expect(
        page.locator("#evidence-services").get_by_role("link", name="活动照片.jpg")
    ).to_be_visible()
    page.get_by_role("button", name="保存，检查并提交").click()
    look(page, "branch-missing")
    page.get_by_role("link", name="有党建品牌").click()
    page.get_by_label("是", exact=True).check()
    expect(page.locator("#standing .total")).to_contain_text("70.00 / 100")
    look(page, "branch-service")
    page.get_by_role("button", name="保存，检查并提交").click()
    look(page, "branch-declaration")
    page.get_by_label("党组织书记姓名").fill("李明")
    page.get_by_label("我支部郑重承诺以上内容").check()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("回执")
    look(page, "branch-receipt")
    with page.expect_download() as paper:
        page.get_by_role("link", name="下载申报表（PDF）").click()
    assert Path(paper.value.path()).read_bytes().startswith(b"%PDF-")
    page.get_by_role("link", name="返回申报页").click()
    look(page, "branch-read")


def test_two_officers_choose_between_what_both_wrote(
    rows: Session, district: District, page_of: Open, address: str
) -> None:
    one, other = (
        page_of(make_account(rows, Role.BRANCH_OFFICER, district.east_one, name))
        for name in ("one", "other")
    )
    for page in (one, other):
        page.goto(f"{address}?part=service")
    one.get_by_label("志愿服务次数").fill("7")
    expect(one.locator("#standing .total")).to_contain_text("14.00")
    other.get_by_label("志愿服务次数").fill("9")
    expect(other.get_by_text("他人填写：7")).to_be_visible()
    look(other, "branch-conflict")
    other.get_by_role("button", name="用我填写的").click()
    expect(other.locator("#standing .total")).to_contain_text("18.00")
    one.reload()
    assert one.get_by_label("志愿服务次数").input_value() == "9"


def test_officer_without_scripts_submits_by_forms_alone(
    rows: Session, district: District, page_of: Open
) -> None:
    officer = make_account(rows, Role.BRANCH_OFFICER, district.east_one)
    page = page_of(officer, java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="开始填报").click()
    page.get_by_label("支部党员大会次数").fill("4")
    page.get_by_role("button", name="保存，下一部分：服务群众").click()
    page.get_by_label("志愿服务次数").fill("很多")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_label("志愿服务次数")).to_have_value("很多")
    look(page, "branch-unreadable", scripts=False)
    page.get_by_label("志愿服务次数").fill("12")
    page.get_by_label("是", exact=True).check()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("#standing .total")).to_contain_text("70.00 / 100")
    page.get_by_role("button", name="保存，检查并提交").click()
    page.get_by_label("党组织书记姓名").fill("李明")
    page.get_by_label("我支部郑重承诺以上内容").check()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("回执")


def test_officer_submits_by_keyboard_alone(
    rows: Session, district: District, page_of: Open
) -> None:
    page = page_of(make_account(rows, Role.BRANCH_OFFICER, district.east_one))
    page.goto("/")
    _press(page, page.get_by_role("link", name="开始填报"))
    tab_to(page, page.get_by_label("支部党员大会次数"))
    page.keyboard.type("4")
    _press(page, page.get_by_role("button", name="保存，下一部分：服务群众"))
    tab_to(page, page.get_by_label("志愿服务次数"))
    page.keyboard.type("12")
    tab_to(page, page.get_by_label("是", exact=True))
    page.keyboard.press("Space")
    _press(page, page.get_by_role("button", name="保存，检查并提交"))
    tab_to(page, page.get_by_label("党组织书记姓名"))
    page.keyboard.type("李明")
    tab_to(page, page.get_by_label("我支部郑重承诺以上内容"))
    page.keyboard.press("Space")
    _press(page, page.get_by_role("button", name="提交"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("回执")


def _press(page: Page, wanted: Locator) -> None:
    tab_to(page, wanted)
    page.keyboard.press("Enter")


def test_typing_before_the_script_has_come_is_saved(
    rows: Session, district: District, page_of: Open, address: str
) -> None:
    page = page_of(make_account(rows, Role.BRANCH_OFFICER, district.east_one))
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/application-autosave.js", hold)
    page.goto(address, wait_until="commit")
    page.get_by_label("支部党员大会次数").fill("4")
    while not held:
        page.wait_for_timeout(50)
    held[0].continue_()
    expect(page.locator("#standing-line")).to_contain_text("40.00 / 100")


def test_what_is_saved_is_said_although_the_points_are_lost_on_their_way(
    rows: Session, district: District, page_of: Open, address: str
) -> None:
    page = page_of(make_account(rows, Role.BRANCH_OFFICER, district.east_one))

    def cut(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().partition("\n")[0] + "\n")

    page.goto(address)
    page.route("**/autosave", cut)
    page.get_by_label("支部党员大会次数").fill("4")
    expect(page.locator("#save-state")).to_contain_text("已保存")
    assert page.evaluate("Object.keys(localStorage).length") == 0
    page.unroute("**/autosave")
    page.get_by_label("支部党员大会次数").fill("3")
    expect(page.locator("#standing-line")).to_contain_text("30.00 / 100")


def test_what_was_typed_waits_for_who_is_signed_out(
    rows: Session, district: District, page_of: Open, address: str
) -> None:
    page = page_of(java_script_enabled=False)
    officer = make_person(rows, Role.BRANCH_OFFICER, district.east_one)
    sign_in(page, officer)
    page.goto(f"{address}?part=service")
    page.get_by_label("志愿服务次数").fill("二十多次，另有三次与邻近支部联合开展，待核实后补充")
    rows.execute(delete(SignIn))
    rows.commit()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("您已退出登录")
    page.get_by_text("较长的文字（可复制）").click()
    look(page, "signed-out-kept", scripts=False)
    with page.context.expect_page() as tab:
        page.get_by_role("link", name="在新标签页登录").click()
    expect(tab.value.get_by_label("用户名")).to_be_visible()
    sign_in(tab.value, officer)
    page.get_by_role("button", name="重新提交").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("页面打开时间过长")
    page.get_by_role("button", name="重新提交").click()
    expect(page.get_by_label("志愿服务次数")).to_have_value(re.compile("二十多次"))
