"""Workbooks with many new accounts: a row for each, read as text; and the empty template."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from evaluator.access import Role
from evaluator.accounts.words import ROLES
from evaluator.organisations.named_columns import rows_of

COLUMNS = {"login_name": "用户名", "name": "姓名", "role": "角色", "organisation": "党组织编码"}
ENGLISH = {
    "login_name": "log-in name",
    "name": "full name",
    "role": "role",
    "organisation": "organisation code",
}
MOST_ROWS = 5_000


@dataclass
class AccountRow:
    """One row: what it says, and everything that is wrong with it."""

    number: int
    login_name: str
    name: str
    role: str
    organisation: str
    problems: list[str] = field(default_factory=list, init=False)


def read_rows(path: Path) -> list[AccountRow]:
    """Return the rows of the first sheet; raises UnreadableWorkbook."""
    return [
        AccountRow(number, *cells) for number, cells in rows_of(path, COLUMNS, ENGLISH, MOST_ROWS)
    ]


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
