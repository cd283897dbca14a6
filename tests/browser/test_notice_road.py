"""A member of the public reads a notice and objects; a second panel handles it, seen by both."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from district import RULES, District, make_account, make_district, make_round
from looking import NARROW, look
from PIL import Image
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.applications.models import Application
from evaluator.database import now
from evaluator.decisions.models import Decision
from evaluator.panels.models import Panellist
from evaluator.rounds.models import Participant

Open = Callable[..., Page]
STEP = "procedure:\n  - {step: public_notice, working_days: 5, real_name_objections: true}\n"
LEVELS = {"E1": "five_star", "E2": "three_star", "W1": "four_star", "W2": "three_star"}
TEXT = "该支部上报的志愿服务次数与实际不符，请予核实。"


@pytest.fixture
def district(rows: Session) -> District:
    made = make_district(rows)
    running = make_round(rows, made)
    running.rule_sets[0].stored.files = {"rules.yaml": RULES + STEP}
    moment = now()
    for participant in rows.scalars(select(Participant)):
        times = {"created_at": moment, "changed_at": moment}
        rows.add(Application(participant=participant, state="decided", **times))
        level = LEVELS[participant.code]
        rows.add(Decision(participant=participant, level=level, proposed_at=moment))
    rows.commit()
    return made


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    out = BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "JPEG")
    path = tmp_path / "现场照片.jpg"
    path.write_bytes(out.getvalue())
    return path


def test_from_the_draft_to_the_outcome_of_an_objection(
    rows: Session, district: District, page_of: Open, picture: Path
) -> None:
    organiser = page_of(make_account(rows, Role.ORGANISER, district.root))
    publish(organiser)
    visitor = page_of(viewport=NARROW)
    code = object_to(visitor, picture)
    members = [judge(rows, district, name) for name in ("甲评委", "乙评委")]
    appoint(organiser, ["甲评委", "乙评委"])
    for member in members:
        give_opinion(page_of(member))
    conclude(organiser)
    read_outcome(visitor, code)


def publish(page: Page) -> None:
    """Prepare and publish a notice as an organiser."""
    page.goto("/notices")
    look(page, "notices-empty")
    page.get_by_role("link", name="拟制公示").click()
    page.get_by_label("其他受理方式").fill("电话：0512-12345678\n地址：临江新区党群服务中心3楼")
    look(page, "notice-plan")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("东一社区党支部")).to_be_visible()
    look(page, "notice-draft")
    page.get_by_role("link", name="发布……").click()
    look(page, "notice-publish")
    page.get_by_role("button", name="确认发布").click()
    expect(page.get_by_role("status")).to_contain_text("公示已发布")
    look(page, "notice-page")
    page.get_by_role("link", name="更正西一社区党支部").click()
    page.get_by_label("公示中的党组织名称").fill("西一社区党总支")
    page.get_by_label("更正内容及原因").fill("名称误写，现予更正。")
    look(page, "notice-correct")
    page.get_by_role("button", name="发布更正").click()
    expect(page.get_by_role("status")).to_contain_text("更正已发布")


def object_to(page: Page, picture: Path) -> str:
    """Find a name on a phone, object to it, and return the code of the receipt."""
    page.goto("/notice")
    look(page, "notice-public-list")
    page.get_by_role("link", name=re.compile("星级公示")).click()
    page.get_by_text("工作日计算说明").click()
    look(page, "notice-public")
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="对东一社区党支部提出异议")).to_be_hidden()
    page.emulate_media(media="screen")
    page.set_viewport_size(NARROW)
    page.get_by_label("党组织或直属党（工）委名称").fill("东一")
    page.keyboard.press("Enter")
    expect(page.get_by_text("东二社区党支部")).to_have_count(0)
    page.get_by_role("link", name="对东一社区党支部提出异议").click()
    page.get_by_role("button", name="提交异议").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look(page, "objection-errors")
    page.get_by_label("您的真实姓名").fill("王建国")
    page.get_by_label("联系方式", exact=True).fill("13800001111")
    page.get_by_label("异议内容和事实依据").fill(TEXT)
    page.get_by_label("附件").set_input_files(picture)
    page.get_by_label("本人承诺").check()
    page.get_by_role("button", name="提交异议").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已收到您的异议")
    look(page, "objection-receipt")
    found = re.search(r"[A-Z0-9]{5}-[A-Z0-9]{5}", page.get_by_role("main").inner_text())
    assert found is not None
    return found.group()


def judge(rows: Session, district: District, name: str) -> Account:
    """Add a panellist who judged nothing."""
    account = make_account(rows, Role.PANELLIST, district.root, name)
    account.name = name
    rows.add(Panellist(account=account, competences=[]))
    rows.commit()
    return account


def appoint(page: Page, names: list[str]) -> None:
    """Appoint the second panel."""
    page.goto("/objections")
    look(page, "objections")
    page.get_by_role("link", name="东一社区党支部").click()
    expect(page.get_by_text("王建国")).to_be_visible()
    for name in names:
        page.get_by_label(name).check()
    look(page, "objection-appoint")
    page.get_by_role("button", name="确定办理人员").click()
    expect(page.get_by_role("status")).to_be_visible()


def give_opinion(page: Page) -> None:
    """Say what a member of the second panel thinks, on a tablet or a phone."""
    page.goto("/objections")
    page.get_by_role("link", name="东一社区党支部").click()
    expect(page.get_by_role("link", name="现场照片.jpg")).to_be_visible()
    page.get_by_label("异议成立：重新审定").check()
    page.get_by_label("意见和理由").fill("台账记录与照片不符，情况属实。")
    look(page, "objection-opinion")
    page.get_by_role("button", name="提交意见").click()
    expect(page.get_by_role("status")).to_be_visible()


def conclude(page: Page) -> None:
    """State the outcome."""
    page.reload()
    page.get_by_label("成立", exact=True).check()
    page.get_by_label("理由", exact=True).fill("经核实，志愿服务次数与台账不符，重新审定。")
    look(page, "objection-outcome")
    page.get_by_role("button", name="作出处理结果").click()
    expect(page.get_by_role("status")).to_be_visible()


def read_outcome(page: Page, code: str) -> None:
    """Read the outcome by the code, and that the name is off the notice."""
    page.get_by_role("link", name="查询异议办理结果").click()
    look(page, "objection-follow")
    page.get_by_label("回执上的查询码").fill(code)
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_role("main")).to_contain_text("志愿服务次数与台账不符")
    look(page, "objection-followed")
    page.get_by_role("link", name="返回公示").click()
    expect(page.get_by_text("已撤出公示").first).to_be_visible()
    look(page, "notice-withdrawn")
