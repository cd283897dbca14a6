"""The sheet of one category: an organisation a row, columns grouped by their source."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from xlsxwriter.worksheet import Worksheet

from evaluator.files.column_help import column_help, missing_words
from evaluator.files.columns import GROUPS, Column, columns_of
from evaluator.files.excel_cells import write_cell
from evaluator.files.plain_cells import cell_writer
from evaluator.files.plans import level_words
from evaluator.files.styles import Styles
from evaluator.files.submissions import Submission
from evaluator.files.validation import (
    YES_NO,
    ChoiceLists,
    Validation,
    chosen,
    listed,
    validation_of,
)
from rules.syntax import Fact, RuleSet, Words

FIRST_ROW = 3
LAST_ROW = 5_002
"""Rows in which cells accept only what their column asks for: 5,000 organisations."""
_WIDTHS = {"id": 16, "name": 46, "committee": 34}


def write_category(
    sheet: Worksheet,
    rule_set: RuleSet,
    submissions: Sequence[Submission],
    styles: Styles,
    lists: ChoiceLists,
) -> None:
    """Write headers, drop-downs and the rows of organisations."""
    columns = [each for each in columns_of(rule_set) if not each.is_events]
    missing = missing_words(rule_set)
    write_headers(sheet, columns, styles)
    for index, column in enumerate(columns):
        sheet.write_comment(
            1, index, column_help(column, missing), {"x_scale": 2, "y_scale": 1.4, "font_size": 9}
        )
        fact = _typed_by(column)
        cell = styles.number() if column.key == "years_at_level" else styles.cell(fact)
        sheet.set_column(index, index, _width(column), cell)
        validation = _validation(column, rule_set, lists)
        if validation:
            sheet.data_validation(FIRST_ROW, index, LAST_ROW, index, validation)
    set_up(sheet, frozen=2)
    write_rows(sheet, rule_set, columns, submissions, styles)


def write_headers(sheet: Worksheet, columns: Sequence[Column], styles: Styles) -> None:
    """Write the coloured groups, the labels with their units, and the grey keys."""
    sheet.set_row(0, 20)
    sheet.set_row(1, 48)
    sheet.set_row(2, 13)
    first = 0
    for group, members in groupby(columns, lambda each: each.group):
        last = first + len(list(members)) - 1
        words = GROUPS[group]
        sheet.write_string(0, first, f"{words.zh} {words.en}", styles.group(group))
        for index in range(first + 1, last + 1):
            sheet.write_blank(0, index, None, styles.group(group))
        first = last + 1
    for index, column in enumerate(columns):
        sheet.write_string(1, index, _label(column), styles.label(column.group))
        sheet.write_string(2, index, column.key, styles.key())


def set_up(sheet: Worksheet, frozen: int) -> None:
    """Freeze the headers, and print them on each page."""
    sheet.freeze_panes(FIRST_ROW, frozen)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.set_margins(0.4, 0.4, 0.6, 0.6)
    sheet.repeat_rows(0, FIRST_ROW - 1)
    sheet.repeat_columns(0, frozen - 1)
    sheet.set_footer("&L&A&C第&P页，共&N页")


def write_rows(
    sheet: Worksheet,
    rule_set: RuleSet,
    columns: Sequence[Column],
    submissions: Sequence[Submission],
    styles: Styles,
) -> None:
    """Write an organisation a row."""
    writer = cell_writer(rule_set)
    levels = level_words(rule_set)
    facts = [_typed_by(column) for column in columns]
    formats = [styles.cell(fact) for fact in facts]
    for row, submission in enumerate(submissions, FIRST_ROW):
        cells = writer.cells(submission)
        cells["previous_level"] = levels.get(
            str(cells["previous_level"]), Words(str(cells["previous_level"]))
        ).zh
        for index, column in enumerate(columns):
            write_cell(sheet, row, index, cells[column.key], facts[index], formats[index])


def _typed_by(column: Column) -> Fact | None:
    """Return the fact that types the cells of a column; a reason is plain text."""
    return None if column.role == "reason" else column.fact


def _label(column: Column) -> str:
    unit = column.fact.unit if column.fact and column.role != "reason" else None
    return f"{column.label.zh}（{unit.zh}）" if unit else column.label.zh


def _width(column: Column) -> int:
    if column.key in _WIDTHS:
        return _WIDTHS[column.key]
    if column.role == "reason" or (column.fact and column.fact.type == "ratings"):
        return 30
    return max(12, min(22, len(_label(column)) + 4))


def _validation(column: Column, rule_set: RuleSet, lists: ChoiceLists) -> Validation | None:
    fact = _typed_by(column)
    if fact is not None:
        return validation_of(fact, lists)
    if column.key == "previous_level":
        words = [each.zh for each in level_words(rule_set).values()]
        return listed(words, lists, Words("上一轮星级", "level held so far"))
    if column.key == "applied":
        return chosen(YES_NO, Words("是否申报", "whether it applied"))
    if column.key == "years_at_level":
        label = Words("")
        return validation_of(Fact(label=label, type="integer", max="99"), lists)
    return None
