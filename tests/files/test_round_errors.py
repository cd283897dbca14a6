"""Every flaw of a file is told in one run: what, where, what is allowed, how to mend it."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from round_samples import (
    EVENTS_SHEET,
    FIRM_SHEET,
    OFFICE_SHEET,
    Filled,
    errors_of,
    firm,
    office,
    rule_sets,
)

from evaluator.files import TableErrors, read_round, write_parquet

HEADER = "category,id,name,committee"


def csv_errors(folder: Path, *lines: str) -> list[str]:
    path = folder / "round.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return errors_of(path)


@pytest.mark.parametrize(
    ("key", "value", "error"),
    [
        ("minutes", 12.5, 'J (minutes): found "12.5"; allowed is a whole number'),
        ("minutes", 61, 'J (minutes): found "61"; allowed is 0 to 60'),
        ("minutes", "many", 'J (minutes): found "many"; allowed is a whole number'),
        (
            "minutes",
            datetime.date(2026, 3, 5),
            'J (minutes): found "2026-03-05"; allowed is a whole number',
        ),
        ("growth", 0.12345, 'N (growth): found "0.12345"; allowed are at most 3 decimal places'),
        (
            "satisfaction",
            95.5,
            'K (satisfaction): found "95.5"; allowed is 0% to 100% (write 95.5% for a percentage)',
        ),
        ("elected", "maybe", 'I (elected): found "maybe"; allowed is true or false'),
        (
            "founded",
            "2026/1/5",
            'G (founded): found "2026/1/5"; allowed is a date such as 2026-01-31',
        ),
        (
            "previous_level",
            "四颗星",
            'D (previous_level): found "四颗星"; allowed are none, Three stars, Four stars. '
            'Did you mean "四星级"?',
        ),
        ("years_at_level", -1, 'E (years_at_level): found "-1"; allowed is 0 to 99'),
        ("applied", "也许", 'F (applied): found "也许"; allowed is true or false'),
        ("id", None, "A (id): is empty; give it a value"),
        ("name", None, "B (name): is empty; give it a value"),
        ("committee", " ", "C (committee): is empty; give it a value"),
        (
            "taste.reason",
            None,
            "M (taste.reason): is empty; a judged value needs a reason: write why",
        ),
        (
            "taste",
            None,
            "M (taste.reason): gives a reason without a value; add the value or clear it",
        ),
    ],
)
def test_cell_that_is_wrong_is_named(key: str, value: object, error: str, tmp_path: Path) -> None:
    filled = Filled(tmp_path / "round.xlsx", [office(honours=[]), firm()])
    filled.put(OFFICE_SHEET, key, 4, value)
    assert errors_of(filled.saved()) == [f"工作表“机关”第4行, column {error}"]


def test_all_flaws_of_a_file_are_told_in_reading_order(tmp_path: Path) -> None:
    filled = Filled(tmp_path / "round.xlsx")
    filled.put(FIRM_SHEET, "kind", 4, "shopp")
    filled.put(FIRM_SHEET, "defence", 4, "90; 101")
    filled.put(OFFICE_SHEET, "minutes", 4, "x")
    filled.put(EVENTS_SHEET, "honours.date", 4, None)
    filled.put(EVENTS_SHEET, "honours.winners", 4, 101)
    assert errors_of(filled.saved()) == [
        '工作表“两新”第4行, column J (kind): found "shopp"; allowed are Shop, Office. '
        'Did you mean "shop"?',
        '工作表“两新”第4行, column M (defence): found "101"; allowed is 0 to 100',
        '工作表“机关”第4行, column J (minutes): found "x"; allowed is a whole number',
        "工作表“荣誉”第4行, column B (honours.date): is empty; give it a value",
        '工作表“荣誉”第4行, column E (honours.winners): found "101"; allowed is 0 to 100',
    ]


def test_errors_are_told_in_chinese_too(tmp_path: Path) -> None:
    filled = Filled(tmp_path / "round.xlsx")
    filled.put(OFFICE_SHEET, "minutes", 4, "x")
    with pytest.raises(TableErrors) as caught:
        read_round(filled.saved(), rule_sets())
    assert [each.in_chinese() for each in caught.value.problems] == [
        "工作表“机关”第4行 J (minutes)列：填写的是“x”，应填整数"
    ]


def test_number_that_stands_twice_names_both_rows(tmp_path: Path) -> None:
    path = Filled(tmp_path / "round.xlsx", [firm("A-1"), office("A-1")]).path
    assert errors_of(path) == [
        '工作表“机关”第4行, column A (id): "A-1" stands already in 工作表“两新”第4行; '
        "an organisation has one row: remove one or mend its number"
    ]


def test_number_that_lost_digits_is_refused(tmp_path: Path) -> None:
    filled = Filled(tmp_path / "round.xlsx", [office(honours=[]), firm()])
    filled.put(OFFICE_SHEET, "id", 4, 320506199001011234)
    assert errors_of(filled.saved()) == [
        "工作表“机关”第4行, column A (id): has more than 15 digits, of which the spreadsheet lost "
        "the last; format the column as text and type it again"
    ]


def test_unknown_column_has_its_nearest_name(tmp_path: Path) -> None:
    assert csv_errors(tmp_path, f"{HEADER},minuts,", "office,1,甲,乙,3,") == [
        'round.csv line 1, column minuts: "minuts" is no column. Did you mean "minutes"? Name it '
        "as in the template, or remove it"
    ]


def test_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    assert csv_errors(tmp_path, f"{HEADER},minutes,minutes", "office,1,甲,乙,3,4") == [
        "round.csv line 1, column minutes: is there twice, first as minutes; remove one"
    ]


def test_columns_that_are_needed_must_be_there(tmp_path: Path) -> None:
    assert csv_errors(tmp_path, "id,name,taste", "1,甲,3") == [
        'round.csv line 1: the column "taste.reason" is missing; a judged value needs a reason: '
        "add it",
        'round.csv line 1: the column "category" is missing; add it',
        'round.csv line 1: the column "committee" is missing; add it',
    ]


def test_cells_without_a_key_are_told_once_a_column(tmp_path: Path) -> None:
    lines = ("office,1,甲,乙,x,y", "office,2,甲,乙,x")
    assert csv_errors(tmp_path, HEADER, *lines) == [
        'round.csv line 2, column 5: found "x" in a column without a key; clear it, or name the '
        "column as in the template",
        'round.csv line 2, column 6: found "y" in a column without a key; clear it, or name the '
        "column as in the template",
    ]


def test_unknown_category_has_its_nearest_name(tmp_path: Path) -> None:
    assert csv_errors(tmp_path, HEADER, "offices,1,甲,乙", ",2,甲,乙") == [
        'round.csv line 2, column category: found "offices"; allowed are firm, office. '
        'Did you mean "office"?',
        "round.csv line 3, column category: is empty; give it a value",
    ]


def test_fact_of_another_category_must_stay_empty(tmp_path: Path) -> None:
    lines = (f"{HEADER},kind", "office,1,甲,乙,shop", "firm,2,甲,乙,shop")
    assert csv_errors(tmp_path, *lines) == [
        'round.csv line 2, column kind: the category "office" has no "kind"; clear the cell'
    ]


@pytest.mark.parametrize(
    ("events", "error"),
    [
        (
            '[{""date"": ""2026-01-02"", ""giver"": ""city"", ""matter"": ""x""}]',
            'event 1: "winners" is missing; give it a value',
        ),
        (
            '[{""day"": ""2026-01-02""}]',
            'event 1: "day" is no column; allowed are date, giver, matter, winners.',
        ),
        (
            '[{""date"": ""2026-01-32""}]',
            'event 1: date: found "2026-01-32"; allowed is a date such as 2026-01-31',
        ),
        ("3", 'found "3"; allowed is a JSON list of events such as [{"date": "2026-05-01", …}]'),
        ("[", 'found "["; allowed is a JSON list of events such as [{"date": "2026-05-01", …}]'),
        ("[{}, {}, {}, {}]", "found 4 events; allowed are at most 3"),
    ],
)
def test_events_of_a_cell_are_refused_by_their_number(
    events: str, error: str, tmp_path: Path
) -> None:
    assert csv_errors(tmp_path, f"{HEADER},honours", f'office,1,甲,乙,"{events}"') == [
        f"round.csv line 2, column honours: {error}"
    ]


def test_events_of_organisations_that_are_not_there_are_refused(tmp_path: Path) -> None:
    filled = Filled(tmp_path / "round.xlsx")
    filled.put(EVENTS_SHEET, "id", 4, "JG-11")
    filled.put(EVENTS_SHEET, "honours.winners", 6, 3)
    assert errors_of(filled.saved()) == [
        '工作表“荣誉”第4行, column A (id): no organisation has the number "JG-11". '
        'Did you mean "JG-1"? Mend it, or add the organisation to the sheet of its category',
        "工作表“荣誉”第6行, column A (id): is empty; give the number of an organisation",
    ]


def test_more_events_than_allowed_are_refused_at_the_row_too_many(tmp_path: Path) -> None:
    event = {"date": "2026-05-01", "giver": "city", "matter": "甲", "winners": 1}
    path = Filled(tmp_path / "round.xlsx", [office(honours=[event] * 4)]).path
    assert errors_of(path) == ["工作表“荣誉”第7行: found 4 events; allowed are at most 3"]


def test_events_of_a_row_that_is_wrong_itself_are_not_told_again(tmp_path: Path) -> None:
    lines = (f"{HEADER},honours", "offic,1,甲,乙,[]")
    assert len(csv_errors(tmp_path, *lines)) == 1


def test_sheet_that_is_no_category_is_refused(tmp_path: Path) -> None:
    filled = Filled(tmp_path / "round.xlsx", [firm()])
    filled.book[OFFICE_SHEET].title = "机关单位"
    filled.book.create_sheet("备忘")["A1"] = "电话"
    filled.book.create_sheet("空表")
    assert errors_of(filled.saved()) == [
        "工作表“机关单位”第1行: the sheet is named after no category; allowed are 两新 (firm), "
        "机关 (office): rename it",
        '工作表“备忘”第1行: no row of keys with "id" within the first 10 rows; keep that row as in '
        "the template, or delete the sheet",
    ]


def test_formula_without_a_result_is_no_missing_fact(tmp_path: Path) -> None:
    filled = Filled(tmp_path / "round.xlsx")
    filled.put(OFFICE_SHEET, "minutes", 4, "=1+11")
    filled.put(OFFICE_SHEET, "growth", 4, "#N/A")
    filled.book[OFFICE_SHEET][f"{filled.column(OFFICE_SHEET, 'growth')}4"].data_type = "e"
    assert errors_of(filled.saved()) == [
        "工作表“机关”第4行, column J (minutes): the formula has no result (not calculated); mend "
        "it or write the value",
        "工作表“机关”第4行, column N (growth): the formula has no result (#N/A); mend it or write "
        "the value",
    ]


@pytest.mark.parametrize(
    ("name", "error"),
    [
        (
            "round.xlsx",
            "is no .xlsx workbook, or a damaged or locked one (invalid Zip archive: Could not find "
            "EOCD); save it as .xlsx",
        ),
        ("round.et", 'found ".et"; allowed are .xlsx, .csv, .parquet: save it as one of them'),
        (
            "round.parquet",
            "is no Parquet file, or a damaged one (Parquet magic bytes not found in footer. Either "
            "the file is corrupted or this is not a parquet file.); export it again",
        ),
    ],
)
def test_file_that_is_not_what_its_name_says_is_refused(
    name: str, error: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(b"not at all what the name says")
    assert errors_of(path) == [f"{name}: {error}"]


def test_damage_inside_a_parquet_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "round.parquet"
    write_parquet(rule_sets(), path, [office(), firm()])
    content = bytearray(path.read_bytes())
    content[4:40] = bytes(36)
    path.write_bytes(content)
    [error] = errors_of(path)
    assert error.startswith("round.parquet: is no Parquet file, or a damaged one (")
    assert error.endswith("); export it again")
