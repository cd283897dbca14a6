"""The results of a trial as a workbook; no text in it is run as a formula."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from evaluator.files import safe_cell
from evaluator.trials.studies import Tried
from evaluator.what_if.listing import losers, movers
from evaluator.what_if.summary import summary

Json = dict[str, Any]
_MOVES = ("下降", "上升", "不变", "其他变化", "合计")
_KEYS = ("fall", "rise", "stay", "other", "organisations")
_PEOPLE = (
    ("编号", "id", 14),
    ("党组织", "name", 44),
    ("直属党（工）委", "committee", 24),
    ("类别", "category_zh", 14),
    ("调整前", "before_zh", 12),
    ("调整后", "after_zh", 12),
    ("调整前总分", "total_before", 11),
    ("调整后总分", "total_after", 11),
    ("原因", "reason_zh", 60),
)


def as_workbook(tried: Tried) -> bytes:
    """Return a workbook of what a trial came to: who moves, by category and committee, and why."""
    whole = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(whole, {**options, "in_memory": True}) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})  # noqa: DTZ001 - no time
        sheets = _Sheets(book)
        found, study = summary(tried.study), tried.study
        titles = [each["title"]["zh"] for each in found["categories"]]
        sheets.moves("各类别", "类别", zip(titles, found["categories"], strict=True))
        sheets.moves(
            "各直属党（工）委",
            "直属党（工）委",
            ((each["committee"], {"moves": each}) for each in found["committees"]),
        )
        sheets.people("将降低星级", losers(study).to_pylist())
        sheets.people("全部变动", movers(study).to_pylist())
        sheets.changes(found["changes"])
        sheets.incomplete(tried)
    return whole.getvalue()


class _Sheets:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any):
        self.book = book
        self.head = book.add_format({"bold": True, "bg_color": "#8E1B1B", "font_color": "#FFFFFF"})

    def moves(self, title: str, of: str, rows: Iterable[tuple[str, Json]]) -> None:
        """Write how many rise and fall in each of some groups."""
        sheet = self._sheet(title, [(of, 30), *((each, 10) for each in _MOVES)])
        for number, (name, each) in enumerate(rows, 1):
            self._line(sheet, number, [name, *(each["moves"][key] for key in _KEYS)])

    def people(self, title: str, rows: Sequence[Json]) -> None:
        """Write a line for each organisation that moves."""
        sheet = self._sheet(title, [(words, width) for words, _, width in _PEOPLE])
        for number, row in enumerate(rows, 1):
            self._line(sheet, number, [row[key] for _, key, _ in _PEOPLE])

    def changes(self, changes: Sequence[Json]) -> None:
        """Write what changed in the rules."""
        sheet = self._sheet("规则变化", [("变化", 100), ("类别", 40)])
        for number, each in enumerate(changes, 1):
            where = "、".join(one["title"]["zh"] for one in each["categories"])
            self._line(sheet, number, [" ".join(map(str.strip, each["lines"]["zh"])), where])

    def incomplete(self, tried: Tried) -> None:
        """Write those whose facts do not suffice yet, with what is missing."""
        columns = [("编号", 14), ("党组织", 44), ("直属党（工）委", 24), ("缺少或有误的数据", 100)]
        sheet = self._sheet("数据不全", columns)
        for number, each in enumerate(tried.incomplete, 1):
            lacks = "、".join(words.zh for words in each.lacks)
            self._line(sheet, number, [each.code, each.name, each.committee, lacks])

    def _sheet(self, title: str, columns: Sequence[tuple[str, int]]) -> Any:
        sheet = self.book.add_worksheet(title)
        for number, (words, width) in enumerate(columns):
            sheet.set_column(number, number, width)
            sheet.write_string(0, number, words, self.head)
        sheet.freeze_panes(1, 0)
        return sheet

    def _line(self, sheet: Any, number: int, values: Sequence[str | int | Decimal | None]) -> None:
        for column, value in enumerate(values):
            if isinstance(value, str):
                sheet.write_string(number, column, safe_cell(value))
            elif value is not None:
                sheet.write_number(number, column, value)
