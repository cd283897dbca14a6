"""What pages of notices say in either language, and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from decided import Decided, at, make_decided
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from evaluator.accounts.models import Account

FRIDAY = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
LAST_DAY = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)
Browse = Callable[[Account], FlaskClient]


@pytest.fixture
def decided(session: Session) -> Decided:
    return make_decided(session)


def test_english_says_weekdays_in_their_place_and_one_as_one(
    decided: Decided, client: FlaskClient
) -> None:
    with at(FRIDAY):
        notice = decided.published()
    client.post("/language", data={"language": "en"})
    with at(LAST_DAY):
        page = client.get(f"/notice/{notice.id}").text
    for words in (
        "from Monday, November 23, 2026 to Friday, November 27, 2026, 5 working days",
        "1 working day is left.",
        ">1 organisation<",
    ):
        assert words in page
    assert "1 organisations" not in page


def test_who_asks_for_an_objection_reads_what_the_code_is_and_finds_back(
    client: FlaskClient,
) -> None:
    page = client.get("/notice/objection").text
    assert ("查询码见提交异议时显示的回执" in page, 'href="/notice"' in page) == (True, True)


def test_every_cell_of_the_list_names_its_column_for_phones(
    decided: Decided, browser_of: Browse
) -> None:
    with at(FRIDAY):
        decided.published()
        page = browser_of(decided.organiser).get("/notices").text
    columns = re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', page)
    assert re.findall(r'<td data-label="([^"]+)"', page) == columns[1:]
