"""Workbooks of the joint check: a row for each finding, read as text; and the template."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook
from xlsxwriter import Workbook

from evaluator.files.exact_cells import excel_cell
from evaluator.files.safe_cells import original_text
from evaluator.files.submissions import TableErrors
from evaluator.organisations.uploaded_workbooks import refuse_bomb
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

COLUMNS = {
    "organisation": "党组织编号或名称",
    "veto": "否决事项",
    "on": "发现日期",
    "person": "涉及人员",
    "text": "具体情况",
}
ENGLISH = {
    "organisation": "organisation",
    "veto": "veto",
    "on": "found on",
    "person": "person",
    "text": "text",
}
MOST_ROWS = 2_000
_DAMAGED = (CalamineError, OSError, KeyError, EOFError, zipfile.BadZipFile)
Cells = list[list[str]]


@dataclass
class BroughtRow:
    """One row of a list as it is written, and everything that is wrong with it."""

    number: int
    organisation: str
    veto: str
    on: str
    person: str
    text: str
    problems: list[str] = field(default_factory=list)


def read_rows(path: Path) -> list[BroughtRow]:
    """Return the rows of the first sheet; raises Refusal where no list can be read from a file."""
    try:
        refuse_bomb(path)
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        cells = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    except (*_DAMAGED, TableErrors, IndexError):
        raise Refusal(
            gettext("This is no workbook, or a damaged or locked one. Save it as .xlsx again.")
        ) from None
    rows = list(_rows(cells))
    if len(rows) > MOST_ROWS:
        raise Refusal(gettext("A list may hold at most %(count)s findings.", count=MOST_ROWS))
    return rows


def template(vetoes: Mapping[str, list[tuple[str, str, date | None]]]) -> bytes:
    """Return an empty list to fill in; a second sheet has the vetoes of each category.

    Each veto is given by its id, its title and the first day that it looks back to.
    """
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as workbook:
        head = workbook.add_format({"bold": True, "bg_color": "#F1ECE6", "border": 1})
        plain = workbook.add_format({"num_format": "@", "text_wrap": True})
        sheet = workbook.add_worksheet("联审情况")
        sheet.set_column(0, 3, 22, plain)
        sheet.set_column(4, 4, 60, plain)
        sheet.write_row(0, 0, COLUMNS.values(), head)
        sheet.freeze_panes(1, 0)
        known = workbook.add_worksheet("否决事项")
        known.set_column(0, 3, 32, plain)
        known.write_row(0, 0, ("类别", "否决事项", "编号", "追溯起始日期"), head)
        rows = [(name, *veto) for name, found in vetoes.items() for veto in found]
        for number, (name, id_, title, first) in enumerate(rows, 1):
            known.write_row(number, 0, (name, title, id_, first.isoformat() if first else ""))
        titles = list(dict.fromkeys(title for _, _, title, _ in rows))
        if titles and len(",".join(titles)) < 255:
            choices = {"validate": "list", "source": titles, "error_type": "warning"}
            sheet.data_validation(1, 1, MOST_ROWS, 1, choices)
    return content.getvalue()


def _rows(cells: Cells) -> Iterator[BroughtRow]:
    places = _places(cells[0] if cells else [])
    for number, row in enumerate(cells[1:], start=2):
        if any(row):
            organisation, veto, on, person, text = (row[places[key]] for key in COLUMNS)
            yield BroughtRow(number, organisation, veto, on, person, text)


def _places(titles: list[str]) -> dict[str, int]:
    """Return where each column stands; raises Refusal where one is missing."""
    plain = [title.casefold() for title in titles]
    found = {}
    for key, title in COLUMNS.items():
        names = [each for each in (title, ENGLISH[key], key) if each in plain]
        if not names:
            words = gettext(
                "The first row must name the columns %(wanted)s; %(title)s is missing.",
                wanted="、".join(COLUMNS.values()),
                title=title,
            )
            raise Refusal(words)
        found[key] = plain.index(names[0])
    return found


def _text(cell: object) -> str:
    value = excel_cell(cell)
    return "" if value is None else original_text(str(value))
