"""A branch reads its score report, takes something into its plan, and prints; pictures of all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from district import RULES, District, make_account, make_district, make_round
from looking import look
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session
from walkers import participant_of, tab_to

from evaluator.access import Role
from evaluator.applications.models import Application, ApplicationState
from evaluator.database import now
from evaluator.records.models import KnownFact
from evaluator.rounds.models import Participant

Open = Callable[..., Page]
FACTS = {
    "meetings": "3",
    "services": "5",
    "brand": "true",
    "attitude": {"value": "15", "reason": "材料齐全"},
    "satisfied": "90%",
}
"""30 + 10 + 10 + 15 + 9 points: 74, and four stars begin at 75."""


@pytest.fixture
def district(rows: Session) -> District:
    """Return a district in which all branches have been reviewed."""
    made = make_district(rows)
    make_round(rows, made)
    moment = now()
    for participant in rows.scalars(select(Participant)):
        application = Application(
            participant=participant, state=ApplicationState.REVIEWED, created_at=moment,
            changed_at=moment, submitted_at=moment,
        )  # fmt: skip
        rows.add(application)
        for name, value in FACTS.items():
            fact = KnownFact(
                organisation_id=participant.organisation_id, year=2026, fact=name, value=value,
                source="imported", as_of=moment.date(), brought_at=moment,
            )  # fmt: skip
            rows.add(fact)
    rows.commit()
    assert "at_least: 75" in RULES
    return made


def test_branch_reads_its_report_and_plans(
    rows: Session, district: District, page_of: Open
) -> None:
    page = page_of(make_account(rows, Role.BRANCH_OFFICER, district.east_one))
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="评分报告").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(district.east_one.name)
    expect(page.get_by_role("heading", name="三星级")).to_contain_text("得74.00分（满分100分）")
    expect(page.get_by_role("img", name="各维度得分").first).to_be_visible()
    meetings = page.locator("#indicator-meetings")
    expect(meetings).to_contain_text("少于每季度一次（支部党员大会次数：3次），扣10分")
    expect(page.locator("#indicator-brand dl")).to_be_hidden()
    page.locator("#indicator-brand summary").click()
    expect(page.locator("#indicator-brand dl")).to_be_visible()
    look(page, "report")
    suggestion = page.locator("section:has(#road) li").filter(has_text="党员大会")
    suggestion.get_by_role("link", name="列入计划").click()
    page.get_by_role("button", name="列入计划").click()
    look(page, "plan-missing")
    page.get_by_label("打算怎么做").fill("每季度首月召开党员大会")
    page.get_by_label("责任人").fill("组织委员")
    page.get_by_label("完成期限").fill("2027-03-31")
    page.get_by_role("button", name="列入计划").click()
    expect(page.locator(".planned")).to_contain_text("每季度首月召开党员大会")
    look(page, "report-planned")
    with page.expect_download() as paper:
        page.get_by_role("link", name="下载报告（PDF）").click()
    assert Path(paper.value.path()).read_bytes().startswith(b"%PDF-")


def test_indicator_is_opened_and_planned_by_keyboard(
    rows: Session, district: District, page_of: Open
) -> None:
    page = page_of(make_account(rows, Role.BRANCH_OFFICER, district.east_one))
    page.goto(f"/score-reports/{participant_of(rows, district.east_one).id}")
    tab_to(page, page.locator("#indicator-brand summary"))
    page.keyboard.press("Enter")
    expect(page.locator("#indicator-brand dl")).to_be_visible()
    tab_to(page, page.locator("#indicator-services").get_by_role("link", name="列入计划"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2)).to_contain_text("志愿服务")


def test_organiser_looks_at_the_pictures(rows: Session, district: District, page_of: Open) -> None:
    page = page_of(make_account(rows, Role.ORGANISER, district.root))
    page.goto("/progress")
    page.get_by_role("link", name="星级图示").click()
    expect(page.get_by_role("heading", name="各类别星级分布")).to_be_visible()
    expect(page.get_by_role("heading", name="与上年相比的升降")).to_be_visible()
    look(page, "pictures")
    page.goto("/score-reports")
    look(page, "reports")
