"""The register goes out as a workbook and comes back: previewed first, then exactly that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pytest
from district import make_account
from flask.testing import FlaskClient
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sample import enter_sample, publish_rule_sets
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.accounts.models import Account
from evaluator.organisations.models import Organisation, StandingLevel
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


def previewed(
    session: Session, content: bytes, folder: Path, actor: Actor | None = None
) -> Preview:
    path = folder / "upload.xlsx"
    path.write_bytes(content)
    return preview_of(session, actor or Actor.system(), path)


def words(preview: Preview) -> list[str]:
    return [each.in_chinese() for each in preview.problems]


@pytest.fixture
def sample(session: Session) -> Organisation:
    publish_rule_sets(session)
    return enter_sample(session)


def test_export_of_the_sample_comes_back_unchanged(
    session: Session, sample: Organisation, browser_of: Browser, tmp_path: Path
) -> None:
    client = browser_of(make_account(session, Role.ORGANISER, sample))
    found = previewed(session, exported(client), tmp_path)
    assert (words(found), found.new, found.changed) == ([], [], [])
    assert found.same == session.scalar(select(func.count()).select_from(Organisation))
    assert not found.can_be_confirmed
    assert session.scalar(select(func.count()).select_from(StandingLevel))
