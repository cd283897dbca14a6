"""Workbooks with many new accounts: a row for each, read as text; and the empty template."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from flask_babel import gettext
from python_calamine import CalamineError, CalamineWorkbook
from xlsxwriter import Workbook

from evaluator.access import Role
from evaluator.accounts.words import ROLES
from evaluator.files.exact_cells import excel_cell
from evaluator.files.safe_cells import original_text
from evaluator.files.submissions import TableErrors
from evaluator.organisations.uploaded_workbooks import refuse_bomb

COLUMNS = {"login_name": "用户名", "name": "姓名", "role": "角色", "organisation": "党组织编码"}
ENGLISH = {
    "login_name": "log-in name",
    "name": "full name",
    "role": "role",
    "organisation": "organisation code",
}
MOST_ROWS = 5_000
_DAMAGED = (CalamineError, OSError, KeyError, EOFError, zipfile.BadZipFile)


class UnreadableWorkbook(Exception):
    """A file from which no accounts can be read; its words say why."""


@dataclass
class AccountRow:
    """One row: what it says, and everything that is wrong with it."""

    number: int
    login_name: str
    name: str
    role: str
    organisation: str
    problems: list[str] = field(default_factory=list)


def read_rows(path: Path) -> list[AccountRow]:
    """Return the rows of the first sheet; raises UnreadableWorkbook."""
    try:
        refuse_bomb(path)
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        cells = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    except (*_DAMAGED, TableErrors, IndexError):
        raise UnreadableWorkbook(
            gettext("This is no workbook, or a damaged or locked one. Save it as .xlsx again.")
        ) from None
    rows = list(_rows(cells))
    if len(rows) > MOST_ROWS:
        raise UnreadableWorkbook(
            gettext("A workbook may hold at most %(count)s accounts.", count=MOST_ROWS)
        )
    return rows


def role_meant(text: str) -> Role | None:
    """Return the role of a cell: its words in the language of the page, or its name."""
    plain = text.casefold()
    names = {str(words).casefold(): role for role, words in ROLES.items()}
    names |= {role.value: role for role in Role}
    return names.get(plain)


def template() -> bytes:
    """Return an empty workbook to fill in, the roles to choose from in a list."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("账号")
        head = workbook.add_format({"bold": True, "bg_color": "#F1ECE6", "border": 1})
        plain = workbook.add_format({"num_format": "@"})
        sheet.set_column(0, len(COLUMNS) - 1, 24, plain)
        sheet.write_row(0, 0, COLUMNS.values(), head)
        choices = {"validate": "list", "source": [str(words) for words in ROLES.values()]}
        sheet.data_validation(1, 2, MOST_ROWS, 2, choices)
        sheet.freeze_panes(1, 0)
    return content.getvalue()


def _rows(cells: list[list[str]]) -> Iterator[AccountRow]:
    places = _places(cells[0] if cells else [])
    for number, row in enumerate(cells[1:], start=2):
        if any(row):
            login_name, name, role, organisation = (row[places[key]] for key in COLUMNS)
            yield AccountRow(number, login_name, name, role, organisation)


def _places(titles: list[str]) -> dict[str, int]:
    """Return where each column stands; raises UnreadableWorkbook where one is missing."""
    plain = [title.casefold() for title in titles]
    found = {}
    for key, title in COLUMNS.items():
        names = [each for each in (title, ENGLISH[key], key) if each in plain]
        if not names:
            wanted = "、".join(COLUMNS.values())
            words = gettext(
                "The first row must name the columns %(wanted)s; %(title)s is missing.",
                wanted=wanted,
                title=title,
            )
            raise UnreadableWorkbook(words)
        found[key] = plain.index(names[0])
    return found


def _text(cell: object) -> str:
    value = excel_cell(cell)
    return "" if value is None else original_text(str(value))
