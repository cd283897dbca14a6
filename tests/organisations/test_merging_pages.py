"""Merging by the page: what joins is searched for by number or name, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from district import District, make_account, make_district, make_organisation
from flask.testing import FlaskClient
from registering import actions
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.organisations.merging import MOST_FOUND
from evaluator.organisations.models import Organisation, Status, Succession

Browser = Callable[[Account], FlaskClient]
WHY = {"on": "2026-03-01", "reason": "批复〔2026〕3号", "after": "lead"}


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


@pytest.fixture
def organiser(session: Session, district: District, browser_of: Browser) -> FlaskClient:
    return browser_of(make_account(session, Role.ORGANISER, district.root))


def offered(page: str) -> list[tuple[str, bool]]:
    """Return the codes that can be ticked, and whether they are."""
    boxes = re.findall(r'<input([^>]*name="others"[^>]*)>.*?（(\w+)）', page, re.DOTALL)
    return [(code, "checked" in box) for box, code in boxes]


def test_page_offers_the_neighbours_first(organiser: FlaskClient, district: District) -> None:
    page = organiser.get(f"/organisations/{district.east_one.id}/merge").text
    assert offered(page) == [("E2", False)]


@pytest.mark.parametrize("words", ["W1", "西一社区", "西一"])
def test_search_finds_elsewhere_and_keeps_what_is_ticked_and_typed(
    organiser: FlaskClient, session: Session, district: District, words: str
) -> None:
    address = f"/organisations/{district.east_one.id}/merge"
    data = {**WHY, "others": str(district.east_two.id), "find": "yes", "q": words}
    answer = organiser.post(address, data=data)
    assert answer.status_code == 200
    assert offered(answer.text) == [("E2", True), ("W1", False)]
    assert "西片党工委" in answer.text
    assert "批复〔2026〕3号" in answer.text
    assert actions(session) == []


def test_several_of_other_committees_are_merged_into_a_new_one(
    organiser: FlaskClient, session: Session, district: District
) -> None:
    others = [district.east_two, district.west_one, district.west_two]
    data = {
        **WHY,
        "version": str(district.east_one.version),
        "others": [str(each.id) for each in others],
        "after": "new",
        "code": "N1",
        "name": "联合党支部",
    }
    answer = organiser.post(f"/organisations/{district.east_one.id}/merge", data=data)
    made = session.scalars(select(Organisation).where(Organisation.code == "N1")).one()
    assert answer.location == f"/organisations/{made.id}"
    assert (made.members, made.parent_id) == (80, district.east.id)
    session.expire_all()
    assert {each.status for each in (district.east_one, *others)} == {Status.MERGED}
    before = session.scalars(
        select(Succession.predecessor_id).where(Succession.successor_id == made.id)
    )
    assert set(before) == {each.id for each in (district.east_one, *others)}


def test_search_finds_nothing_of_other_places(
    session: Session, district: District, browser_of: Browser
) -> None:
    client = browser_of(make_account(session, Role.ORGANISER, district.east))
    address = f"/organisations/{district.east_one.id}/merge"
    found = client.post(address, data={**WHY, "find": "yes", "q": "社区"})
    assert offered(found.text) == [("E2", False)]
    ticked = {**WHY, "find": "yes", "others": str(district.west_one.id)}
    assert district.west_one.name not in client.post(address, data=ticked).text
    foreign = {**ticked, "version": str(district.east_one.version)}
    del foreign["find"]
    assert client.post(address, data=foreign).status_code == 422
    assert actions(session) == []


def test_search_tells_that_more_are_there_than_it_shows(
    organiser: FlaskClient, session: Session, district: District
) -> None:
    for number in range(MOST_FOUND + 1):
        make_organisation(session, f"N{number}", f"北{number}党支部", district.west)
    address = f"/organisations/{district.east_one.id}/merge"
    page = organiser.post(address, data={**WHY, "find": "yes", "q": "北"}).text
    assert (len(offered(page)), "未全部列出" in page) == (MOST_FOUND, True)
