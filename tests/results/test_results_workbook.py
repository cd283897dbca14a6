"""The workbook of results: names of sheets, quotas, and no half-written file."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from small_rounds import score

from evaluator.results.rows import result_rows
from evaluator.results.workbook import write_workbook
from evaluator.scoring.round import RoundResult


def written(outcome: RoundResult, folder: Path) -> openpyxl.Workbook:
    path = folder / "results.xlsx"
    write_workbook(outcome, result_rows(outcome.results), path)
    return openpyxl.load_workbook(path)


@pytest.mark.parametrize(
    ("categories", "sheets"),
    [
        (["名额", "评定结果"], ["名额 2", "评定结果 2"]),
        (["shop", "Shop", "SHOP"], ["shop", "Shop 2", "SHOP 3"]),
        (["a" * 31 + "b", "a" * 31 + "c"], ["a" * 31, "a" * 27 + " 2"]),
    ],
)
def test_every_category_has_a_sheet_of_its_own(
    categories: list[str], sheets: list[str], tmp_path: Path
) -> None:
    members = [(str(number), name, "8", False) for number, name in enumerate(categories)]
    book = written(score(*members), tmp_path)
    assert book.sheetnames == ["评定结果", *sheets, "名额"]
    assert [book[sheet]["A2"].value for sheet in sheets] == [each[0] for each in members]


def test_sheet_of_quotas_says_who_came_beside_and_what_is_met(tmp_path: Path) -> None:
    members = [("a", "shop", "9.5", False), ("b", "shop", "1", True), ("c", "shop", "9", False)]
    rows = list(written(score(*members), tmp_path)["名额"].iter_rows(values_only=True))
    named = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    shown = ("范围", "名额", "实有", "直接命名", "调整", "是否达到")
    assert [[row[name] for name in shown] for row in named] == [
        ["全类别", 1, 1, 1, 1, "达到"],
        ["甲委", 9, 2, 0, 0, "未达到"],
    ]


def test_workbook_that_fails_leaves_the_old_one(tmp_path: Path) -> None:
    outcome = score(("a", "shop", "8", False))
    (tmp_path / "results.xlsx").write_text("old", "utf-8")
    with pytest.raises(AttributeError):
        write_workbook(outcome, [None], tmp_path / "results.xlsx")  # type: ignore[list-item]
    assert [(each.name, each.read_text("utf-8")) for each in tmp_path.iterdir()] == [
        ("results.xlsx", "old")
    ]


def test_workbook_that_cannot_be_made_is_an_error_of_the_system(tmp_path: Path) -> None:
    outcome = score(("a", "shop", "8", False))
    with pytest.raises(OSError, match=r"results\.xlsx"):
        write_workbook(outcome, result_rows(outcome.results), tmp_path / "none" / "results.xlsx")
