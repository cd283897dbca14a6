"""Workbooks of the register in tests: exported, changed as with Excel, uploaded, previewed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from flask.testing import FlaskClient
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.accounts.models import Account
from evaluator.organisations.models import Organisation
from evaluator.organisations.previewing import preview_of
from evaluator.organisations.proposals import Preview

Browser = Callable[[Account], FlaskClient]
SHEET = "党组织"
Cells = Mapping[str, object]


def exported(client: FlaskClient) -> bytes:
    answer = client.get("/organisations/export.xlsx")
    assert answer.status_code == 200
    return answer.data


def changed(content: bytes, change: Callable[[Worksheet, dict[str, int]], None]) -> bytes:
    """Return a workbook with a change made in its sheet, as a person would with Excel."""
    workbook = load_workbook(BytesIO(content))
    sheet = workbook[SHEET]
    change(sheet, {str(cell.value): cell.column for cell in sheet[3]})
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def with_row(content: bytes, cells: Cells, at: int | None = None) -> bytes:
    def add(sheet: Worksheet, columns: dict[str, int]) -> None:
        row = at or sheet.max_row + 1
        for key, value in cells.items():
            sheet.cell(row, columns[key]).value = value  # type: ignore[assignment]

    return changed(content, add)


def with_cell(content: bytes, code: str, cells: Cells) -> bytes:
    def put(sheet: Worksheet, columns: dict[str, int]) -> None:
        row = next(row for row in range(4, sheet.max_row + 1) if sheet.cell(row, 1).value == code)
        for key, value in cells.items():
            sheet.cell(row, columns[key]).value = value  # type: ignore[assignment]

    return changed(content, put)


@dataclass(frozen=True)
class Uploaded:
    """The page of a preview: its address, its text, and its form as a browser would send it."""

    address: str
    text: str
    form: Mapping[str, str]


def uploaded(client: FlaskClient, content: bytes) -> Uploaded:
    answer = client.post(
        "/organisations/import", data={"file": (BytesIO(content), "register.xlsx")}
    )
    address = answer.headers["Location"]
    text = client.get(address).get_data(as_text=True)
    version = re.search(r'name="version"[^>]* value="([0-9a-f]*)"', text)
    form = {"version": version[1] if version else "", "on": "2026-03-01", "reason": "年度维护"}
    return Uploaded(address, text, form)


def branch(session: Session, code: str) -> Organisation:
    return session.scalars(select(Organisation).where(Organisation.code == code)).one()


def previewed(
    session: Session, content: bytes, folder: Path, actor: Actor | None = None
) -> Preview:
    path = folder / "upload.xlsx"
    path.write_bytes(content)
    return preview_of(session, actor or Actor.system(), path)


def words(preview: Preview) -> list[str]:
    return [each.in_chinese() for each in preview.problems]
