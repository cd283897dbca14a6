"""The register as a workbook, with drop-downs; the same file is the template of an import."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from evaluator.files.category_sheet import FIRST_ROW, LAST_ROW, set_up, write_headers
from evaluator.files.column_help import kind_words
from evaluator.files.columns import Column
from evaluator.files.excel_cells import write_cell
from evaluator.files.plans import NO_LEVEL
from evaluator.files.safe_cells import safe_cell
from evaluator.files.sheet_names import CHOICES, NOTES
from evaluator.files.styles import Styles
from evaluator.files.validation import ChoiceLists, validation_of
from evaluator.organisations.models import Organisation
from evaluator.organisations.register_columns import HELP, RegisterColumns
from evaluator.organisations.standing import Standing
from rules.syntax import Words

SHEET = "党组织"
_WIDTHS = {"id": 16, "name": 46, "parent": 16, "parent_name": 34, "sort_key": 30}
_STEPS = (
    Words(
        "每个党组织一行，从第4行开始填写；第3行的灰色标识供系统读取，请勿修改或删除。",
        "Each organisation has a row, from row 4 on; leave the grey keys in row 3 as they are.",
    ),
    Words(
        "用不到的列可以删除（“编号”“类别”两列除外），删除的列保持原值；保留的列中，空单元格表示清空"
        "（上级、现有星级两项空着则不变）。",
        "Columns that are not needed may be deleted, all but number and category; what is deleted "
        "stays as it is. In columns that are kept an empty cell empties the value, all but the "
        "organisation above and the level.",
    ),
    Words(
        "文件中没有的党组织不受影响；上传后先预览，确认之前不改动任何数据。",
        "Organisations that are not in the file stay as they are; an upload is shown first and "
        "changes nothing before it is confirmed.",
    ),
)


def write_register(
    columns: RegisterColumns,
    organisations: Sequence[Organisation],
    standings: Mapping[int, Standing],
) -> bytes:
    """Return the workbook of these organisations; of none, it is the template."""
    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as workbook:
        styles, lists = Styles(workbook), ChoiceLists(CHOICES)
        _write_notes(workbook.add_worksheet(NOTES), styles)
        sheet = workbook.add_worksheet(SHEET)
        _write_frame(sheet, columns, styles, lists)
        codes = {each.id: each for each in organisations}
        for row, each in enumerate(organisations, FIRST_ROW):
            cells = _cells(each, codes, standings.get(each.id, Standing()))
            _write_row(sheet, row, columns, each, cells, styles)
        _write_lists(workbook.add_worksheet(CHOICES), lists)
    return file.getvalue()


def _write_notes(sheet: Worksheet, styles: Styles) -> None:
    sheet.set_column(0, 0, 4)
    sheet.set_column(1, 1, 100)
    sheet.hide_gridlines(2)
    for row, words in enumerate(_STEPS):
        sheet.write_number(row, 0, row + 1, styles.text())
        sheet.write_string(row, 1, f"{words.zh}\n{words.en}", styles.text())
        sheet.set_row(row, 68)


def _write_frame(
    sheet: Worksheet, columns: RegisterColumns, styles: Styles, lists: ChoiceLists
) -> None:
    """Write headers with their comments, and what the cells below accept."""
    write_headers(sheet, columns.columns, styles)
    for index, column in enumerate(columns.columns):
        sheet.write_comment(1, index, _help(column), {"x_scale": 2, "font_size": 9})
        width = _WIDTHS.get(column.key, max(12, min(22, len(column.label.zh) * 2)))
        sheet.set_column(index, index, width, styles.cell(column.fact))
        if column.fact is not None and _is_alike(column, columns):
            accepted = validation_of(column.fact, lists)
            sheet.data_validation(FIRST_ROW, index, LAST_ROW, index, accepted)
    set_up(sheet, frozen=2)


def _is_alike(column: Column, columns: RegisterColumns) -> bool:
    """Return whether every category that asks for a column asks for the same."""
    if column.role != "attribute":
        return True
    facts = [each.get(column.name) for each in columns.known.attributes.values()]
    kinds = {(each.type, tuple(each.options), each.min, each.max) for each in facts if each}
    return len(kinds) == 1


def _help(column: Column) -> str:
    words = HELP.get(column.key)
    if words is None:
        words = kind_words(column.fact) if column.fact else Words("文字", "text")
    return f"{words.zh}\n{words.en}"


def _cells(
    organisation: Organisation, codes: Mapping[int, Organisation], standing: Standing
) -> dict[str, Any]:
    """Return the cells of an organisation; one above that is not in the file stays unnamed."""
    parent = codes.get(organisation.parent_id or 0)
    return {
        **organisation.attributes,
        "id": organisation.code,
        "name": organisation.name,
        "parent": parent.code if parent else None,
        "parent_name": parent.name if parent else None,
        "kind": organisation.kind.value,
        "category": organisation.category,
        "members": organisation.members,
        "founded": organisation.founded,
        "secretary": organisation.secretary,
        "sort_key": organisation.sort_key,
        "status": organisation.status.value,
        "previous_level": standing.level or NO_LEVEL,
        "level_since": standing.since,
    }


def _write_row(
    sheet: Worksheet,
    row: int,
    columns: RegisterColumns,
    organisation: Organisation,
    cells: Mapping[str, Any],
    styles: Styles,
) -> None:
    for index, column in enumerate(columns.columns):
        fact = columns.fact(column, organisation.category)
        value = cells.get(column.key)
        if fact is not None and value is not None:
            value = _as_typed(value, fact.type)
        write_cell(sheet, row, index, value, fact, styles.cell(fact))


def _as_typed(value: Any, kind: str) -> Any:
    """Return a stored text as the writer of cells takes it."""
    if kind == "boolean":
        return value in (True, "true")
    if kind == "date" and isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            return value
    return value


def _write_lists(sheet: Worksheet, lists: ChoiceLists) -> None:
    for words, column in lists.lists.items():
        for row, word in enumerate(words):
            sheet.write_string(row, column, safe_cell(word))
    sheet.hide()
