"""Workbooks: a sheet for each category, a sheet for each list of events."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from evaluator.files.event_rows import events_fact_of
from evaluator.files.exact_cells import excel_cell
from evaluator.files.excel_errors import NOT_CALCULATED, broken_cells
from evaluator.files.safe_cells import original_text
from evaluator.files.sheet_names import CHOICES, NOTES, category_of_sheet, sheet_titles
from evaluator.files.submissions import whole_file
from evaluator.files.tables import KEY_ROWS, Cell, Row, Table, key_row_of, keys_of
from rules.syntax import RuleSet

Rows = list[list[Cell]]
_DAMAGED = (CalamineError, OSError, KeyError, EOFError, zipfile.BadZipFile, zlib.error)


def read_sheets(path: Path, rule_sets: Mapping[str, RuleSet]) -> list[Table]:
    """Return a table for each filled sheet; raises TableErrors where it is no workbook."""
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        sheets: dict[str, Rows] = {
            name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)  # type: ignore[misc]
            for name in workbook.sheet_names
            if name not in (NOTES, CHOICES)
        }
        broken = broken_cells(path)
    except _DAMAGED as error:
        raise whole_file(
            path,
            "不是Excel工作簿（.xlsx），或文件已损坏、已加密；请重新另存为.xlsx",
            f"is no .xlsx workbook, or a damaged or locked one ({error}); save it as .xlsx",
        ) from None
    tables = []
    for name, rows in sheets.items():
        if any(cell != "" for row in rows for cell in row):
            table = _table(name, rows, rule_sets)
            for row, index, found in broken.get(name, []):
                table.problem(
                    row,
                    index,
                    f"公式没有结果（{_in_chinese(found)}）；请改正公式或直接填写数值",
                    f"the formula has no result ({found}); mend it or write the value",
                )
            tables.append(table)
    return tables


def _in_chinese(found: str) -> str:
    return "尚未计算" if found == NOT_CALCULATED else found


def _table(name: str, rows: Rows, rule_sets: Mapping[str, RuleSet]) -> Table:
    place = partial(_place, name)
    start = [[_cell(cell) for cell in row] for row in rows[:KEY_ROWS]]
    found = key_row_of(start)
    if found is None:
        return _unreadable(
            place,
            "前10行中没有含“id”的标识行；请照模板保留该行，或删除此工作表",
            'no row of keys with "id" within the first 10 rows; keep that row as '
            "in the template, or delete the sheet",
        )
    table = Table(
        place,
        keys_of(start[found]),
        found + 1,
        _rows(rows, found + 1),
        category_of_sheet(name, rule_sets),
        lettered=True,
    )
    if table.category or "category" in table.keys or events_fact_of(table, rule_sets):
        return table
    titles = [f"{title} ({category})" for category, title in sheet_titles(rule_sets).items()]
    return _unreadable(
        place,
        f"工作表名称不是类别；应为：{'、'.join(titles)}",
        f"the sheet is named after no category; allowed are {', '.join(titles)}: rename it",
    )


def _unreadable(place: partial[str], zh: str, en: str) -> Table:
    table = Table(place, [], 1, iter(()), lettered=True)
    table.problem(1, None, zh, en)
    return table


def _place(sheet: str, row: int) -> str:
    return f"工作表“{sheet}”第{row}行"


def _cell(value: Cell) -> Cell:
    if value == "":
        return None
    cell = excel_cell(value)
    return original_text(cell) if isinstance(cell, str) else cell


def _rows(rows: Rows, first: int) -> Iterator[tuple[int, Row]]:
    for index in range(first, len(rows)):
        yield index + 1, [_cell(cell) for cell in rows[index]]
