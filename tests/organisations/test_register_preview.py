"""The register goes out as a workbook and comes back: each row's change or problem is told."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from district import make_account, make_district
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from register_files import (
    SHEET,
    Browser,
    Cells,
    changed,
    exported,
    previewed,
    with_cell,
    with_row,
    words,
)
from registering import enter
from sample_register import enter_sample, publish_rule_sets
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.sessions import actor_of
from evaluator.organisations.models import Kind, Organisation, StandingLevel


@pytest.fixture
def sample(session: Session) -> Organisation:
    publish_rule_sets(session)
    return enter_sample(session)


def test_export_of_the_sample_comes_back_unchanged(
    session: Session, sample: Organisation, browser_of: Browser, tmp_path: Path
) -> None:
    client = browser_of(make_account(session, Role.ORGANISER, sample))
    found = previewed(session, exported(client), tmp_path)
    assert (words(found), found.new, found.changed) == ([], [], [])
    assert found.same == session.scalar(select(func.count()).select_from(Organisation))
    assert not found.can_be_confirmed
    assert session.scalar(select(func.count()).select_from(StandingLevel))


def test_preview_tells_what_is_new_and_what_changes_from_what(
    session: Session, sample: Organisation, browser_of: Browser, tmp_path: Path
) -> None:
    content = exported(browser_of(make_account(session, Role.ORGANISER, sample)))
    content = with_cell(
        content, "LJ-SQ-001", {"members": 61, "action_branch": "否", "households": None}
    )
    content = with_row(
        content,
        {
            "id": "LJ-SQ-900",
            "name": "新设社区党支部",
            "parent": "LJ-01",
            "kind": "党支部",
            "category": "街道社区",
        },
    )
    found = previewed(session, content, tmp_path)
    assert words(found) == []
    assert [(each.row.code, each.details.name) for each in found.new] == [
        ("LJ-SQ-900", "新设社区党支部")
    ]
    assert [(each.row.code, dict(each.before), dict(each.after)) for each in found.changed] == [
        (
            "LJ-SQ-001",
            {
                "members": 60,
                "attributes.action_branch": "true",
                "attributes.households": "1381",
            },
            {
                "members": 61,
                "attributes.action_branch": "false",
                "attributes.households": None,
            },
        )
    ]


def test_wrong_cells_are_named_by_row_column_and_what_is_allowed(
    session: Session, sample: Organisation, browser_of: Browser, tmp_path: Path
) -> None:
    content = exported(browser_of(make_account(session, Role.ORGANISER, sample)))
    content = with_cell(content, "LJ-SQ-001", {"members": "六十", "kind": "小组", "grids": 5000})
    found = previewed(session, content, tmp_path)
    row = found.problems[0].where
    assert [(each.column.split(" ")[1], each.zh) for each in found.problems] == [
        ("(kind)", "填写的是“小组”，只能选：党工委、党委、党总支、党支部、联合党支部"),
        ("(members)", "填写的是“六十”，应填整数"),
        ("(grids)", found.problems[2].zh),
    ]
    assert {each.where for each in found.problems} == {row}
    assert (found.wrong, found.can_be_confirmed) == (1, False)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"id": "LJ-SQ-001"}, "id"),
        ({"id": "a b"}, "id"),
        ({"id": None}, "id"),
        ({"name": None}, "name"),
        ({"kind": None}, "kind"),
        ({"kind": "党工委"}, "kind"),
        ({"category": "没有的"}, "category"),
        ({"parent": None}, "parent"),
        ({"parent": "没有"}, "parent"),
        ({"parent": "LJ"}, "kind"),
        ({"parent": "LJ-SQ-001"}, "parent"),
        ({"parent": "LJ-SQ-900"}, "parent"),
        ({"parent_name": "别的名称"}, "parent_name"),
        ({"founded": "1900-01-01"}, "founded"),
        ({"status": "已撤销"}, "status"),
        ({"previous_level": "四星级"}, "level_since"),
        ({"window_unit": "是"}, "window_unit"),
    ],
)
def test_new_row_that_cannot_be_is_refused_at_its_column(
    session: Session,
    sample: Organisation,
    browser_of: Browser,
    tmp_path: Path,
    cells: Cells,
    column: str,
) -> None:
    right: Cells = {
        "id": "LJ-SQ-900",
        "name": "新设社区党支部",
        "parent": "LJ-01",
        "kind": "党支部",
        "category": "街道社区",
    }
    content = exported(browser_of(make_account(session, Role.ORGANISER, sample)))
    found = previewed(session, with_row(content, {**right, **cells}), tmp_path)
    assert column in {each.column.split("(")[-1].rstrip(")") for each in found.problems}
    assert found.new == []


def test_organiser_of_a_committee_neither_exports_nor_touches_another(
    session: Session, browser_of: Browser, tmp_path: Path
) -> None:
    district = make_district(session)
    everything = exported(browser_of(make_account(session, Role.ORGANISER, district.root)))
    account = make_account(session, Role.ORGANISER, district.east)
    own = exported(browser_of(account))
    sheet = load_workbook(BytesIO(own))[SHEET]
    assert [row[0].value for row in sheet.iter_rows(min_row=4)] == ["E", "E1", "E2"]
    district.west_one.name, district.west.name, district.root.name = "秘一", "秘二", "秘三"
    session.commit()
    found = previewed(session, everything, tmp_path, actor_of(account, ""))
    assert "秘" not in " ".join(words(found))
    assert {each.row.code for each in (*found.new, *found.changed)} == set()
    own_again = previewed(session, own, tmp_path, actor_of(account, ""))
    assert (words(own_again), own_again.same) == ([], 3)


def test_text_that_a_spreadsheet_would_run_is_made_harmless_and_comes_back(
    session: Session, browser_of: Browser, tmp_path: Path
) -> None:
    district = make_district(session)
    district.east_one.name = "=HYPERLINK(1)党支部"
    session.commit()
    content = exported(browser_of(make_account(session, Role.ORGANISER, district.root)))
    names = {
        str(row[1].value) for row in load_workbook(BytesIO(content))[SHEET].iter_rows(min_row=4)
    }
    assert "'=HYPERLINK(1)党支部" in names
    assert previewed(session, content, tmp_path).same == 7


def test_circle_of_new_rows_is_refused(
    session: Session, browser_of: Browser, tmp_path: Path
) -> None:
    district = make_district(session)
    content = exported(browser_of(make_account(session, Role.ORGANISER, district.root)))
    row: Cells = {"kind": "党总支", "category": None}
    content = with_row(content, {**row, "id": "A", "name": "甲总支", "parent": "B"})
    content = with_row(content, {**row, "id": "B", "name": "乙总支", "parent": "A"})
    found = previewed(session, content, tmp_path)
    assert (found.wrong, found.can_be_confirmed) == (2, False)


def test_kind_that_does_not_fit_what_stands_below_is_refused(
    session: Session, browser_of: Browser, tmp_path: Path
) -> None:
    district = make_district(session)
    general = enter(session, "G", district.east, Kind.GENERAL_BRANCH)
    enter(session, "G1", general)
    content = exported(browser_of(make_account(session, Role.ORGANISER, district.root)))

    def only_the_general_branch(sheet: Worksheet, columns: dict[str, int]) -> None:
        for row in range(sheet.max_row, 3, -1):
            if sheet.cell(row, 1).value != "G":
                sheet.delete_rows(row)
        sheet.cell(4, columns["kind"]).value = "党支部"

    found = previewed(session, changed(content, only_the_general_branch), tmp_path)
    assert [each.column.split("(")[-1] for each in found.problems] == ["kind)"]
