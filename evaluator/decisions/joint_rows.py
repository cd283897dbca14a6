"""Workbooks of the joint check: a row for each finding, read as text; and the template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from evaluator.organisations.named_columns import UnreadableWorkbook, rows_of
from evaluator.web.errors import Refusal

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


@dataclass
class BroughtRow:
    """One row of a list as it is written, and everything that is wrong with it."""

    number: int
    organisation: str
    veto: str
    on: str
    person: str
    text: str
    problems: list[str] = field(default_factory=list, init=False)


def read_rows(path: Path) -> list[BroughtRow]:
    """Return the rows of the first sheet; raises Refusal where no list can be read from a file."""
    try:
        rows = rows_of(path, COLUMNS, ENGLISH, MOST_ROWS)
    except UnreadableWorkbook as error:
        raise Refusal(str(error)) from error
    return [BroughtRow(number, *cells) for number, cells in rows]


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
