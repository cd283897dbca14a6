"""A template of the district's own in a real browser: drawn while it is typed, mended, offered."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from district import make_account, make_district
from factories import ROOT
from looking import look
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from evaluator.access import Role

Open = Callable[..., Page]
EXAMPLE = ROOT / "examples" / "certificate-templates"


@pytest.fixture
def page(rows: Session, page_of: Open) -> Page:
    district = make_district(rows)
    return page_of(make_account(rows, Role.ORGANISER, district.root))


def test_template_is_drawn_anew_while_it_is_typed(page: Page) -> None:
    page.goto("/certificates/templates")
    look(page, "templates")
    page.get_by_role("button", name="复制为新草稿").first.click()
    editor = page.get_by_label("YAML文本")
    expect(page.locator("#findings")).to_contain_text("检查通过")
    first = page.locator("#preview img").get_attribute("src")
    text = editor.input_value()

    editor.fill(text.replace("荣誉证书\n", "星级证书\n"))
    expect(page.locator("#preview img")).not_to_have_attribute("src", first or "")
    expect(page.get_by_text("尚未保存")).to_be_visible()

    editor.fill(text.replace("shows: code", "shows: codes"))
    place = page.locator("#findings a.place")
    expect(place).to_have_count(1)
    expect(page.locator("#findings")).to_contain_text("是否应为“code”？")
    expect(page.locator("#preview")).to_have_class(re.compile("stale"))
    expect(page.locator(".template-numbers b")).to_have_text(re.compile("✗"))
    place.click()
    chosen = editor.evaluate("e => e.value.slice(e.selectionStart, e.selectionEnd)")
    assert chosen == "codes"
    expect(page.locator(".listing li")).to_have_count(0)
    look(page, "template-draft")

    editor.fill(text)
    page.get_by_label("名称长度").select_option("all")
    expect(page.locator("#preview img")).to_have_count(4)
    page.get_by_role("button", name="保存并检查").click()
    expect(page.locator("#preview img")).to_have_count(4)


def test_own_emblem_is_uploaded_and_the_template_offered(page: Page) -> None:
    page.goto("/certificates/templates")
    page.locator("input[type=file]").set_input_files(EXAMPLE / "portrait-a4.yaml")
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.locator("#findings")).to_contain_text("没有名为“emblem.png”的图片")
    page.locator("input[type=file]").set_input_files(EXAMPLE / "emblem.png")
    page.get_by_role("button", name="上传或替换图片").click()
    expect(page.locator("#findings")).to_contain_text("检查通过")
    page.get_by_role("button", name="启用此版本").click()
    expect(page.locator("main")).to_contain_text("模板已启用，批次可选用。")
    expect(page.locator(".listing li").first).to_be_visible()
    look(page, "template-offered")


def test_preview_works_without_scripts(rows: Session, page_of: Open) -> None:
    district = make_district(rows)
    account = make_account(rows, Role.ORGANISER, district.root)
    page = page_of(account, java_script_enabled=False)
    page.goto("/certificates/templates")
    page.get_by_role("button", name="复制为新草稿").first.click()
    expect(page.locator(".listing")).to_be_hidden()
    look(page, "template-without-scripts", scripts=False)
    editor = page.get_by_label("YAML文本")
    editor.fill(editor.input_value().replace("shows: code", "shows: codes"))
    page.get_by_role("button", name="刷新预览").click()
    expect(page.locator("#findings")).to_contain_text("是否应为“code”？")
    look(page, "template-without-scripts-flawed", scripts=False)
    page.locator("#findings a.place").click()
    expect(page.locator("li.flawed:target")).to_be_in_viewport()
    expect(editor).to_have_value(re.compile("shows: codes"))
