"""The road of a committee reviewer, and of the branch that reads what came out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from district import District, make_account, make_district, make_round
from looking import look
from playwright.sync_api import Locator, Page, expect
from sqlalchemy.orm import Session
from walkers import make_person, sign_in, submit, tab_to

from evaluator.access import Role
from evaluator.rounds.models import Participant

Open = Callable[..., Page]


@pytest.fixture
def district(rows: Session) -> District:
    made = make_district(rows)
    make_round(rows, made)
    return made


@pytest.fixture
def participant(rows: Session, district: District) -> Participant:
    return submit(rows, district.east_one)


def test_reviewer_adjusts_and_the_branch_replies(
    rows: Session, district: District, page_of: Open, participant: Participant
) -> None:
    page = page_of()
    sign_in(page, make_person(rows, Role.COMMITTEE_REVIEWER, district.east))
    look(page, "review-start")
    page.get_by_role("link", name="去初审").click()
    look(page, "review-queue")
    page.get_by_role("link", name="东一社区党支部").click()
    page.get_by_role("button", name="其余按申报认可").first.click()
    page.get_by_role("link", name="志愿服务").first.click()
    decide(page, "6", "照片只能证明6次")
    expect(page.get_by_text("已保存：志愿服务")).to_be_visible()
    page.get_by_role("link", name="志愿服务").first.click()
    expect(page.locator(".adjusted")).to_contain_text("照片只能证明6次")
    look(page, "review-adjusted")
    page.get_by_role("link", name="党建品牌").first.click()
    page.get_by_role("button", name="按以上数值审定").click()
    page.get_by_role("link", name="材料质量").first.click()
    decide(page, "15", "")
    look(page, "review-reason-missing")
    decide(page, "15", "材料齐全")
    page.get_by_role("button", name="完成初审").click()
    expect(page.get_by_text("东一社区党支部的初审已完成。")).to_be_visible()
    page.get_by_role("link", name="推荐名单").click()
    page.get_by_role("button", name="推荐东一社区党支部").click()
    look(page, "review-recommended")
    _branch_replies(page_of(make_account(rows, Role.BRANCH_OFFICER, district.east_one)))
    _reviewer_answers(page)


def decide(page: Page, value: str, reason: str) -> None:
    page.locator(".input-value input, .input-value select").fill(value)
    page.locator(".input-reason").get_by_label("理由").fill(reason)
    page.get_by_role("button", name="按以上数值审定").click()


def _branch_replies(page: Page) -> None:
    page.goto("/")
    look(page, "branch-told")
    page.get_by_role("link", name="查看初审结果").click()
    look(page, "branch-outcome")
    change = page.locator("section.changed", has_text="志愿服务")
    change.get_by_text("对此调整作出答复").click()
    change.get_by_label("答复", exact=True).fill("签到表可以证明8次")
    change.get_by_role("button", name="提交答复").click()
    expect(page.get_by_text("签到表可以证明8次")).to_be_visible()


def _reviewer_answers(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="去回应").click()
    page.get_by_role("link", name="东一社区党支部").click()
    page.get_by_role("link", name="志愿服务").first.click()
    look(page, "review-reply")
    page.get_by_label("给支部的回应").fill("维持原审定")
    page.get_by_role("button", name="回应").click()
    expect(page.get_by_text("维持原审定")).to_be_visible()


def test_reviewer_returns_and_the_branch_mends(
    rows: Session, district: District, page_of: Open, participant: Participant
) -> None:
    page = page_of(make_account(rows, Role.COMMITTEE_REVIEWER, district.east))
    page.goto(f"/reviews/{participant.id}?indicator=services")
    page.get_by_text("需要支部补正").click()
    page.get_by_label("支部需要补正的内容").fill("请补充活动照片")
    page.get_by_role("button", name="标注为需补正").click()
    look(page, "review-to-mend")
    page.get_by_role("button", name="退回支部").click()
    expect(page.get_by_text("申报已退回东一社区党支部。")).to_be_visible()
    branch = page_of(make_account(rows, Role.BRANCH_OFFICER, district.east_one))
    branch.goto("/")
    branch.get_by_role("link", name="查看退回意见").click()
    look(branch, "branch-returned")
    branch.get_by_role("link", name="志愿服务").click()
    branch.get_by_label("志愿服务次数").fill("6")
    branch.get_by_role("button", name="保存，检查并提交").click()
    expect(branch.get_by_label("党组织书记姓名")).to_be_visible()


def test_reviewer_decides_by_keyboard_alone(
    rows: Session, district: District, page_of: Open, participant: Participant
) -> None:
    page = page_of(make_account(rows, Role.COMMITTEE_REVIEWER, district.east))
    page.goto("/reviews")
    _press(page, page.get_by_role("link", name="东一社区党支部"))
    for dimension in range(2):
        _press(page, page.get_by_role("button", name="其余按申报认可").nth(0))
        expect(page.get_by_role("button", name="其余按申报认可")).to_have_count(1 - dimension)
    _press(page, page.get_by_role("link", name="材料质量").first)
    tab_to(page, page.locator(".input-value input"))
    page.keyboard.type("15")
    tab_to(page, page.locator(".input-reason").get_by_label("理由"))
    page.keyboard.type("材料齐全")
    _press(page, page.get_by_role("button", name="按以上数值审定"))
    _press(page, page.get_by_role("button", name="完成初审"))
    expect(page.get_by_text("东一社区党支部的初审已完成。")).to_be_visible()


def test_reviewer_without_scripts_decides_by_forms_alone(
    rows: Session, district: District, page_of: Open, participant: Participant
) -> None:
    officer = make_account(rows, Role.COMMITTEE_REVIEWER, district.east)
    page = page_of(officer, java_script_enabled=False)
    page.goto(f"/reviews/{participant.id}?indicator=services")
    decide(page, "6", "照片只能证明6次")
    page.get_by_role("link", name="志愿服务").first.click()
    expect(page.locator(".adjusted")).to_contain_text("照片只能证明6次")


def _press(page: Page, wanted: Locator) -> None:
    tab_to(page, wanted)
    page.keyboard.press("Enter")
