"""The road of an organiser: rule set, round, register, progress, what-if."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from district import RULES, District, make_account, make_district, make_round
from looking import look
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session
from walkers import make_person, sign_in, submit, tab_to

from evaluator.access import Role

Open = Callable[..., Page]


@pytest.fixture
def district(rows: Session) -> District:
    return make_district(rows)


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """Return a rule set whose points do not add up."""
    path = tmp_path / "community.yaml"
    path.write_text(RULES.replace("points: 60", "points: 50"), "utf-8")
    return path


def test_organiser_publishes_rules_and_opens_a_round(
    rows: Session, district: District, page_of: Open, wrong: Path
) -> None:
    page = page_of()
    sign_in(page, make_person(rows, Role.ORGANISER, district.root, second_factor=True))
    look(page, "organiser-start")
    page.get_by_role("link", name="查看规则集").click()
    page.get_by_label("YAML文件").set_input_files(wrong)
    page.get_by_role("button", name="上传").click()
    look(page, "rules-wrong")
    page.get_by_label("YAML文本").fill(RULES)
    page.get_by_role("button", name="保存并检查").click()
    look(page, "rules-mended")
    page.get_by_role("link", name="发布…").click()
    look(page, "rules-publish")
    page.get_by_role("button", name="确认发布").click()
    _plan(page)
    page.get_by_role("link", name="查看参加名单并开启…").click()
    look(page, "round-opening")
    page.get_by_role("button", name="确认开启").click()
    expect(page.get_by_text("已开启")).to_be_visible()
    look(page, "round-open")
    page.get_by_role("navigation", name="主菜单").get_by_text("组织与台账", exact=True).click()
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="进度").click()
    look(page, "progress")


def _plan(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="筹备新一轮").click()
    page.get_by_label("评定年度").fill("2026")
    page.get_by_label("名称").fill("2026年度星级评定")
    page.get_by_role("button", name="开始筹备").click()
    page.get_by_label("街道社区").select_option(index=1)
    page.get_by_role("button", name="保存选择").click()
    page.get_by_label("支部自评：开始").fill("2026-01-01T00:00")
    page.get_by_label("支部自评：截止").fill("2099-01-01T00:00")
    page.get_by_role("button", name="保存日程").click()
    look(page, "round-planned")


def test_organiser_tries_other_rules(rows: Session, district: District, page_of: Open) -> None:
    made = make_round(rows, district)
    submit(rows, district.east_one)
    page = page_of(make_account(rows, Role.ORGANISER, district.root))
    page.goto("/trials")
    page.get_by_text("在此修改分数线、权重或名额").click()
    page.get_by_label("修改哪一类别的YAML文本").select_option("community")
    page.get_by_role("button", name="取出现有文本").click()
    text = page.get_by_label("修改后的YAML文本")
    text.fill(text.input_value().replace("at_least: 60, below", "at_least: 70, below"))
    page.get_by_role("button", name="试算").click()
    expect(page.locator(".outcome")).to_be_visible()
    look(page, "trial")
    assert made.title in page.content()


def test_organiser_imports_the_register(
    rows: Session, district: District, page_of: Open, tmp_path: Path
) -> None:
    page = page_of(make_account(rows, Role.ORGANISER, district.root))
    page.goto("/organisations")
    look(page, "organisations")
    with page.expect_download() as exported:
        page.get_by_role("link", name="导出Excel").click()
    path, before = tmp_path / "register.xlsx", tmp_path / "before.xlsx"
    exported.value.save_as(before)
    add_branch(before, path, "X9")
    page.get_by_role("link", name="从Excel导入").click()
    upload(page, path)
    look(page, "register-wrong")
    page.get_by_role("link", name="重新上传").click()
    add_branch(before, path, "E")
    upload(page, path)
    look(page, "register-new")
    page.get_by_label("理由").fill("新成立")
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("党组织")
    expect(page.get_by_role("link", name="东三社区党支部")).to_be_visible()


def add_branch(exported: Path, path: Path, above: str) -> None:
    """Write a branch into an exported register, as people do with Excel."""
    workbook = load_workbook(exported)
    sheet = workbook["党组织"]
    columns = {str(cell.value): cell.column for cell in sheet[3]}
    row = sheet.max_row + 1
    given = {"id": "E3", "name": "东三社区党支部", "parent": above, "category": "街道社区",
             "kind": "党支部", "members": 12}  # fmt: skip
    for key, value in given.items():
        sheet.cell(row, columns[key], value)
    workbook.save(path)


def upload(page: Page, path: Path) -> None:
    page.get_by_label("工作簿（.xlsx）").set_input_files(path)
    page.get_by_role("button", name="上传并预览").click()


def test_organiser_extends_a_step_by_keyboard_alone(
    rows: Session, district: District, page_of: Open
) -> None:
    made = make_round(rows, district)
    page = page_of(make_account(rows, Role.ORGANISER, district.root))
    page.goto(f"/rounds/{made.id}")
    tab_to(page, page.get_by_role("link", name="调整“支部自评”"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/steps/*")
    look(page, "round-step")
    tab_to(page, page.get_by_label("新的结束时间"))
    page.keyboard.type("12312099")
    page.keyboard.press("Tab")
    page.keyboard.type("1159PM")
    tab_to(page, page.get_by_label("理由").first)
    page.keyboard.type("部分支部受台风影响")
    tab_to(page, page.get_by_role("button", name="延长"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("部分支部受台风影响")).to_be_visible()


def test_organiser_publishes_without_scripts(
    rows: Session, district: District, page_of: Open, tmp_path: Path
) -> None:
    organiser = make_account(rows, Role.ORGANISER, district.root)
    page = page_of(organiser, java_script_enabled=False)
    page.goto("/rule-sets")
    path = tmp_path / "community.yaml"
    path.write_text(RULES, "utf-8")
    page.get_by_label("YAML文件").set_input_files(path)
    page.get_by_role("button", name="上传").click()
    page.get_by_role("link", name="发布…").click()
    page.get_by_role("button", name="确认发布").click()
    expect(page.get_by_text("已发布").first).to_be_visible()
