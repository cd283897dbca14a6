"""One value into one cell of a workbook, so that it is read back the same."""

from __future__ import annotations

import datetime

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from evaluator.files.exact_cells import float_text
from evaluator.files.flat_writers import cell_text
from evaluator.files.safe_cells import safe_cell
from evaluator.scoring.reading import Raw
from rules.syntax import EventField, Fact

_FIRST_DAY = datetime.date(1900, 3, 1)  # Excel believes in 29 February 1900


def write_cell(
    sheet: Worksheet,
    row: int,
    column: int,
    value: Raw,
    fact: Fact | EventField | None,
    style: Format,
) -> None:
    """Write a value as its fact is shown: 是, the label of a choice, a number, a day, a text."""
    if value is None or value == "":
        return
    if isinstance(value, datetime.date) and value >= _FIRST_DAY:
        sheet.write_datetime(row, column, value, style)
    elif _is_number(value, fact):
        sheet.write_number(row, column, float(str(value)), style)
    else:
        sheet.write_string(row, column, _shown(value, fact), style)


def _is_number(value: Raw, fact: Fact | EventField | None) -> bool:
    """Return whether a spreadsheet keeps every digit of a value; others are written as text."""
    if isinstance(value, int) and not isinstance(value, bool):
        return True
    if fact is None or fact.type not in ("integer", "decimal", "ratio"):
        return False
    try:
        return float_text(float(str(value))) == value
    except ValueError:
        return False


def _shown(value: Raw, fact: Fact | EventField | None) -> str:
    if fact is not None and fact.type == "choice" and value in fact.options:
        return safe_cell(fact.options[str(value)].zh)
    return cell_text(value)
