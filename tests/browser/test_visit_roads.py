"""Appraisals with slips, the ballot on a phone, and the check of a site with photos."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from district import District, make_account, make_district, make_round
from looking import NARROW, look
from PIL import Image
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session
from walkers import participant_of

from evaluator.access import Actor, Role
from evaluator.appraisals.models import Way
from evaluator.appraisals.operations import make_slips, set_up
from evaluator.site_checks.operations import add_check

Open = Callable[..., Page]


@pytest.fixture
def district(rows: Session) -> District:
    made = make_district(rows)
    make_round(rows, made)
    return made


def test_reviewer_sets_up_an_appraisal_and_prints_slips(
    rows: Session, district: District, page_of: Open
) -> None:
    page = page_of(make_account(rows, Role.COMMITTEE_REVIEWER, district.east))
    page.goto("/")
    page.get_by_role("link", name="查看测评").click()
    look(page, "appraisals")
    page.get_by_role("link", name="东一社区党支部").click()
    page.get_by_label("最低有效票数").fill("3")
    look(page, "appraisal-set-up")
    page.get_by_role("button", name="组织测评").click()
    page.get_by_label("测评票张数").fill("4")
    with page.expect_download() as slips:
        page.get_by_role("button", name="生成测评票（PDF）").click()
    codes = addresses_on(slips.value.path())
    assert len(codes) == 4
    page.reload()
    look(page, "appraisal-slips")
    vote(page_of(viewport=NARROW), codes[0])
    page.reload()
    expect(page.get_by_text("已收回1票")).to_be_visible()


def addresses_on(path: Path) -> list[str]:
    """Return what the QR codes of the first page of a PDF say."""
    with pypdfium2.PdfDocument(path) as document:
        picture = document[0].render(scale=4).to_pil()
    return [each.text for each in zxingcpp.read_barcodes(picture)]


def vote(page: Page, address: str) -> None:
    """Vote as somebody does who scans a slip."""
    page.goto("/" + address.split("/", 3)[3])
    page.get_by_label("满意", exact=True).check()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("感谢")


def test_member_of_the_public_types_the_code_of_a_slip(
    rows: Session, district: District, page_of: Open
) -> None:
    participant, actor = participant_of(rows, district.east_one), Actor.system()
    appraisal = set_up(rows, actor, participant=participant, way=Way.CODES, minimum=3)
    code = make_slips(rows, actor, appraisal=appraisal, count=1)[0]
    rows.commit()
    page = page_of(viewport=NARROW)
    page.goto("/")
    page.get_by_role("link", name="输入编码").click()
    page.get_by_label("测评票上的编码").fill("AAAA-BBBB")
    page.get_by_role("button", name="开始测评").click()
    look(page, "ballot-unknown")
    page.get_by_label("测评票上的编码").fill(code)
    page.get_by_role("button", name="开始测评").click()
    page.get_by_role("button", name="提交").click()
    look(page, "ballot")
    page.get_by_label("满意", exact=True).check()
    page.get_by_role("button", name="提交").click()
    look(page, "ballot-thanks")


def test_ballot_is_cast_without_scripts(rows: Session, district: District, page_of: Open) -> None:
    participant, actor = participant_of(rows, district.east_one), Actor.system()
    appraisal = set_up(rows, actor, participant=participant, way=Way.CODES, minimum=3)
    code = make_slips(rows, actor, appraisal=appraisal, count=1)[0]
    rows.commit()
    page = page_of(viewport=NARROW, java_script_enabled=False)
    page.goto("/ballot")
    page.get_by_label("测评票上的编码").fill(code)
    page.get_by_role("button", name="开始测评").click()
    vote(page, page.url)


def test_reviewer_checks_a_site_with_a_phone(
    rows: Session, district: District, page_of: Open, tmp_path: Path
) -> None:
    participant = participant_of(rows, district.east_one)
    add_check(rows, Actor.system(), participant=participant, reason="随机抽取")
    rows.commit()
    page = page_of(make_account(rows, Role.COMMITTEE_REVIEWER, district.east), viewport=NARROW)
    page.goto("/")
    page.get_by_role("link", name="查看核查").click()
    look(page, "site-checks")
    page.set_viewport_size(NARROW)
    page.get_by_role("link", name="东一社区党支部").click()
    page.get_by_label("核查日期").fill("2026-11-20")
    page.get_by_label("符合", exact=True).first.check()
    page.get_by_label("核查情况").first.fill("会议记录齐全")
    picture = tmp_path / "现场.jpg"
    Image.new("RGB", (1200, 900), "darkred").save(picture, "JPEG")
    page.get_by_label("照片").set_input_files(picture)
    page.get_by_role("button", name="上传照片").click()
    expect(page.get_by_role("img", name="现场照片1")).to_be_visible()
    look(page, "site-check")
    page.get_by_role("button", name="完成核查").click()
    expect(page.get_by_text("会议记录齐全")).to_be_visible()
    look(page, "site-check-finished")
