"""A list as a workbook: one sheet, a head that stays in sight, every cell a text."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter

from evaluator.files.safe_cells import safe_cell

_TEXTS_ONLY = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


def list_workbook(
    title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]]
) -> bytes:
    """Return a workbook of a list; `columns` are their titles with their widths in characters.

    No text in it is run as a formula, and the same list gives the same bytes.
    """
    whole = BytesIO()
    with xlsxwriter.Workbook(whole, _TEXTS_ONLY) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})  # noqa: DTZ001 - no time
        head = book.add_format({"bold": True, "bg_color": "#8E1B1B", "font_color": "#FFFFFF"})
        sheet = book.add_worksheet(title)
        for number, (words, width) in enumerate(columns):
            sheet.set_column(number, number, width)
            sheet.write_string(0, number, words, head)
        sheet.freeze_panes(1, 0)
        for row, cells in enumerate(rows, 1):
            for number, text in enumerate(cells):
                sheet.write_string(row, number, safe_cell(text))
    return whole.getvalue()
