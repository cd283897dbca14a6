"""A small workbook whose first row names its columns: read as text, row by row."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from evaluator.files.exact_cells import excel_cell
from evaluator.files.safe_cells import original_text
from evaluator.files.submissions import TableErrors
from evaluator.organisations.uploaded_workbooks import refuse_bomb
from evaluator.web.wording import gettext

_DAMAGED = (CalamineError, OSError, KeyError, EOFError, zipfile.BadZipFile, TableErrors, IndexError)


class UnreadableWorkbook(Exception):
    """A file whose rows cannot be read; its words say why."""


def rows_of(
    path: Path, titles: Mapping[str, str], english: Mapping[str, str], most: int
) -> list[tuple[int, list[str]]]:
    """Return the rows of the first sheet that say anything: their numbers, their cells.

    Cells stand in the order of `titles`, however the columns of the file do; a column goes by its
    title in either language, or by its key. Raises UnreadableWorkbook.
    """
    cells = _cells(path)
    rows = list(_rows(cells, _places(cells[0] if cells else [], titles, english)))
    if len(rows) > most:
        raise UnreadableWorkbook(gettext("A workbook may hold at most %(count)s rows.", count=most))
    return rows


def _cells(path: Path) -> list[list[str]]:
    try:
        refuse_bomb(path)
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        return [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    except _DAMAGED:
        raise UnreadableWorkbook(
            gettext("This is no workbook, or a damaged or locked one. Save it as .xlsx again.")
        ) from None


def _rows(cells: list[list[str]], places: list[int]) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(cells[1:], start=2):
        if any(row):
            yield number, [row[place] for place in places]


def _places(found: list[str], titles: Mapping[str, str], english: Mapping[str, str]) -> list[int]:
    """Return where each column stands; raises UnreadableWorkbook where one is missing."""
    plain = [title.casefold() for title in found]
    places = []
    for key, title in titles.items():
        names = [each for each in (title, english[key], key) if each in plain]
        if not names:
            words = gettext(
                "The first row must name the columns %(wanted)s; %(title)s is missing.",
                wanted="、".join(titles.values()),
                title=title,
            )
            raise UnreadableWorkbook(words)
        places.append(plain.index(names[0]))
    return places


def _text(cell: object) -> str:
    value = excel_cell(cell)
    return "" if value is None else original_text(str(value))
