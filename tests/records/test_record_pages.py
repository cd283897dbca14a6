"""What is known is shown with source and day, and to nobody whose place it is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from counting import queries_of
from district import District, make_account, make_district, make_organisation, make_round
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.accounts.models import Account
from evaluator.records.operations import set_known_facts

Browser = Callable[[Account], FlaskClient]


@pytest.fixture
def district(session: Session) -> District:
    district = make_district(session)
    make_round(session, district)
    for branch, value in ((district.east_one, "7"), (district.west_one, "59")):
        set_known_facts(
            session,
            Actor.system(),
            organisation_id=branch.id,
            year=2026,
            values={"meetings": value, "old_fact": "x"},
            source="record: members_meetings",
            as_of=date(2026, 3, 31),
        )
    session.commit()
    return district


def test_page_shows_label_value_source_and_day(
    district: District, session: Session, browser_of: Browser
) -> None:
    client = browser_of(make_account(session, Role.BRANCH_OFFICER, district.east_one))
    page = client.get(f"/records/{district.east_one.id}").get_data(as_text=True)
    for words in (
        "支部党员大会次数",
        "<td>7次</td>",
        "台账记录",
        "2026",
        "old_fact",
    ):
        assert words in page


def test_list_and_page_keep_other_places_away(
    district: District, session: Session, browser_of: Browser
) -> None:
    client = browser_of(make_account(session, Role.COMMITTEE_REVIEWER, district.east))
    listing = client.get("/records").get_data(as_text=True)
    assert (district.east_one.name in listing, district.west_one.name in listing) == (True, False)
    assert client.get(f"/records/{district.west_one.id}").status_code == 404
    assert district.west_one.name not in client.get("/records?q=西").text
    assert client.get("/records/import").status_code == 404


def test_list_of_more_rows_takes_as_many_queries(
    district: District, session: Session, browser_of: Browser
) -> None:
    client = browser_of(make_account(session, Role.SUPERVISOR, district.root))
    client.get("/records?q=东一")
    few = queries_of(lambda: client.get("/records?q=东一"))
    for number in range(20):
        make_organisation(session, f"N{number}", f"东新{number}党支部", district.east)
    assert queries_of(lambda: client.get("/records?q=东")) == few


def test_year_that_is_no_round_shows_the_newest(
    district: District, session: Session, browser_of: Browser
) -> None:
    client = browser_of(make_account(session, Role.SUPERVISOR, district.root))
    page = client.get(f"/records/{district.east_one.id}?year=1999").get_data(as_text=True)
    assert "7次" in page
