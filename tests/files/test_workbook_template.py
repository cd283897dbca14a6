"""The template says what it wants, offers what is allowed, and can be printed."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from round_samples import (
    EVENTS_SHEET,
    FIRM_SHEET,
    OFFICE_SHEET,
    RULES,
    Filled,
    errors_of,
    firm,
    named,
    office,
    rule_sets,
)

from evaluator.cli import main
from evaluator.files import write_csv, write_workbook


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("template") / "round.xlsx"
    write_workbook(rule_sets(), path)
    return openpyxl.load_workbook(path)


def row_of(sheet: Worksheet, row: int) -> list[object]:
    return [cell.value for cell in sheet[row]]


def accepted(sheet: Worksheet, key: str) -> DataValidation:
    letter = next(cell.column_letter for cell in sheet[3] if cell.value == key)
    found = [each for each in sheet.data_validations.dataValidation if f"{letter}4" in each]
    assert len(found) == 1
    return found[0]


def choices(book: Workbook, sheet: str, key: str) -> list[object]:
    place = str(accepted(book[sheet], key).formula1)
    if place.startswith('"'):
        return list(place.strip('"').split(","))
    name, _, cells = place.partition("!")
    return [cell.value for (cell,) in book[name.strip("'")][cells.replace("$", "")]]


def test_sheets_are_notes_then_categories_then_events(template: Workbook) -> None:
    assert template.sheetnames == ["说明", FIRM_SHEET, OFFICE_SHEET, EVENTS_SHEET, "选项"]
    assert [each.sheet_state for each in template] == ["visible"] * 4 + ["hidden"]


def test_headers_are_groups_labels_and_keys(template: Workbook) -> None:
    sheet = template[OFFICE_SHEET]
    assert [each for each in row_of(sheet, 1) if each] == [
        "基本信息 Who",
        "组织属性 Attributes",
        "申报填写 Asked",
        "台账记录 Records",
        "民主测评 Appraisal",
        "审核打分 Review",
        "外部导入 Imported",
    ]
    assert dict(zip(row_of(sheet, 3), row_of(sheet, 2), strict=True)) == {
        "id": "编号",
        "name": "党组织名称",
        "committee": "直属党（工）委",
        "previous_level": "上一轮星级",
        "years_at_level": "已保持年数",
        "applied": "是否申报",
        "founded": "成立日期",
        "members": "党员人数（人）",
        "elected": "按期换届",
        "minutes": "支委会记录次数（次）",
        "satisfaction": "满意度",
        "taste": "特色工作",
        "taste.reason": "特色工作：理由",
        "growth": "增幅",
    }


def test_each_group_has_a_colour_of_its_own(template: Workbook) -> None:
    colours = [cell.fill.fgColor.rgb for cell in template[OFFICE_SHEET][1] if cell.value]
    assert len(set(colours)) == len(colours) == 7


def test_drop_downs_offer_what_is_allowed(template: Workbook) -> None:
    assert choices(template, OFFICE_SHEET, "elected") == ["是", "否"]
    assert choices(template, OFFICE_SHEET, "applied") == ["是", "否"]
    assert choices(template, OFFICE_SHEET, "previous_level") == ["无", "三星级", "四星级"]
    assert choices(template, FIRM_SHEET, "kind") == ["门店", "办公楼"]
    assert choices(template, EVENTS_SHEET, "honours.giver") == ["国家级", "市级"]


@pytest.mark.parametrize(
    ("key", "kind", "low", "high"),
    [
        ("minutes", "whole", 0, 60),
        ("growth", "decimal", -100, 1000),
        ("satisfaction", "decimal", 0, 1),
        ("founded", "date", 61, 109574),
        ("years_at_level", "whole", 0, 99),
    ],
)
def test_numbers_and_days_are_bounded(
    template: Workbook, key: str, kind: str, low: int, high: int
) -> None:
    rule = accepted(template[OFFICE_SHEET], key)
    assert rule.type == kind
    assert (float(str(rule.formula1)), float(str(rule.formula2))) == (low, high)
    assert rule.errorStyle in (None, "stop")


def test_cell_says_what_to_write(template: Workbook) -> None:
    rule = accepted(template[OFFICE_SHEET], "minutes")
    assert rule.prompt == "整数，0至60次\nwhole number, 0 to 60"
    assert rule.error == "应填：整数，0至60次\nAllowed: whole number, 0 to 60"


def test_comment_tells_type_source_and_what_empty_means(template: Workbook) -> None:
    sheet = template[OFFICE_SHEET]
    letter = next(cell.column_letter for cell in sheet[3] if cell.value == "minutes")
    comment = sheet[f"{letter}2"].comment
    assert comment is not None
    assert comment.text == (
        "整数，0至60次\n来源：台账记录 committee_minutes\n空着按0分计\n含线上会议\n"
        "whole number, 0 to 60\nSource: Records committee_minutes\nempty counts 0 points\n"
        "Online meetings included"
    )


def test_headers_stay_on_screen_and_on_every_page(template: Workbook) -> None:
    sheet = template[OFFICE_SHEET]
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.print_title_cols) == (
        "C4",
        "$1:$3",
        "$A:$B",
    )
    assert (template[EVENTS_SHEET].freeze_panes, sheet.page_setup.orientation) == (
        "B4",
        "landscape",
    )


def test_notes_explain_in_chinese_then_in_english(template: Workbook) -> None:
    cells = [str(cell.value) for cell in template["说明"]["A"] if cell.value]
    assert (cells[0], cells.index("How to fill this in") > cells.index("审核打分")) == (
        "填写说明",
        True,
    )


def test_empty_template_holds_no_organisation(tmp_path: Path) -> None:
    path = tmp_path / "round.xlsx"
    write_workbook(rule_sets(), path)
    assert errors_of(path) == ["round.xlsx: holds no organisation; fill in at least one row"]


def test_same_round_gives_the_same_bytes(tmp_path: Path) -> None:
    paths = [tmp_path / "first.xlsx", tmp_path / "second.xlsx"]
    for path in paths:
        write_workbook(rule_sets(), path, [office(), firm()])
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_cells_that_would_run_are_texts_with_a_quote(tmp_path: Path) -> None:
    text = '=HYPERLINK("http://example.org","奖金")'
    events = [{"date": "2026-05-01", "giver": "city", "matter": "@SUM(A1)", "winners": 1}]
    filled = Filled(tmp_path / "round.xlsx", [named(office(honours=events), text), firm()])
    cells = [filled.book[OFFICE_SHEET]["B4"], filled.book[EVENTS_SHEET]["D4"]]
    assert [(each.value, each.data_type) for each in cells] == [
        (f"'{text}", "s"),
        ("'@SUM(A1)", "s"),
    ]
    write_csv(rule_sets(), tmp_path / "round.csv", [named(office(), text)])
    written = (tmp_path / "round.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert written.startswith('office,JG-1,"\'=HYPERLINK(""http://example.org"",""奖金"")",')


def test_numbers_are_numbers_in_the_workbook(tmp_path: Path) -> None:
    filled = Filled(tmp_path / "round.xlsx")
    sheet = filled.book[OFFICE_SHEET]
    keys = ("growth", "satisfaction", "minutes", "members")
    cells = [sheet[f"{filled.column(OFFICE_SHEET, key)}4"] for key in keys]
    assert [each.value for each in cells] == [-2.5, 0.955, 12, 25]
    assert [each.number_format for each in cells] == ["General", "0.00%", "0", "0"]


def test_command_writes_the_template(tmp_path: Path) -> None:
    path = tmp_path / "round.xlsx"
    result = CliRunner().invoke(main, ["workbook", str(RULES), "--out", str(path)])
    assert (result.exit_code, result.output) == (0, f"{path}: 2 categories.\n")
    write_workbook(rule_sets(), tmp_path / "same.xlsx")
    assert path.read_bytes() == (tmp_path / "same.xlsx").read_bytes()


def test_command_refuses_what_is_no_workbook(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["workbook", str(RULES), "--out", str(tmp_path / "a.csv")])
    assert (result.exit_code, result.output) == (
        1,
        'Error: found "a.csv"; a workbook ends in .xlsx: rename it.\n',
    )


def test_command_says_where_it_cannot_write(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "round.xlsx"
    result = CliRunner().invoke(main, ["workbook", str(RULES), "--out", str(path)])
    assert (result.exit_code, result.output) == (
        1,
        f"Error: {path} cannot be written: [Errno 2] No such file or directory: '{path}'.\n",
    )
