"""Pages of a list: how many rows they have, kept by the browser, and how one turns them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from district import District, make_account, make_district, make_organisation
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account

Browser = Callable[[Account], FlaskClient]
ROW = re.compile(r'<th scope="row">')
MORE = 120


@pytest.fixture
def reader(session: Session, browser_of: Browser) -> FlaskClient:
    district = make_district(session)
    for number in range(MORE):
        make_organisation(session, f"X{number:03}", f"第{number}支部", district.east)
    session.commit()
    return browser_of(make_account(session, Role.ORGANISER, district.root))


def rows(client: FlaskClient, address: str) -> int:
    return len(ROW.findall(client.get(address).text))


def links(client: FlaskClient, address: str) -> dict[str, str]:
    found = re.search(r'<nav [^>]*aria-label="翻页".*?</nav>', client.get(address).text, re.DOTALL)
    assert found
    pairs = re.findall(r'href="([^"]*)">([^<]*)<', found.group())
    return {words: address.replace("&amp;", "&") for address, words in pairs}


def test_page_has_twenty_rows_until_others_are_chosen(reader: FlaskClient) -> None:
    assert rows(reader, "/organisations") == 20
    assert rows(reader, "/organisations?rows=50") == 50
    assert rows(reader, "/organisations?page=2") == 50
    assert rows(reader, "/organisations?rows=20") == 20
    assert rows(reader, "/organisations") == 20


@pytest.mark.parametrize("asked", ["0", "-1", "21", "1000", "x", ""])
def test_other_numbers_of_rows_are_not_kept(reader: FlaskClient, asked: str) -> None:
    assert rows(reader, f"/organisations?rows={asked}") == 20
    assert reader.get_cookie("rows") is None


def test_first_row_stays_where_a_page_gets_longer(reader: FlaskClient) -> None:
    found = links(reader, "/organisations?q=X&page=4")
    assert found["50"] == "/organisations?q=X&page=2&rows=50"
    assert found["100"] == "/organisations?q=X&page=1&rows=100"


def test_pages_lead_to_both_ends_with_what_was_searched_for(reader: FlaskClient) -> None:
    ends = links(reader, "/organisations?q=X&page=3")
    assert {name: ends[name] for name in ("首页", "上一页", "下一页", "末页")} == {
        "首页": "/organisations?q=X&page=1",
        "上一页": "/organisations?q=X&page=2",
        "下一页": "/organisations?q=X&page=4",
        "末页": "/organisations?q=X&page=6",
    }
    assert "首页" not in links(reader, "/organisations?q=X&page=2")


def test_short_list_offers_no_choice(session: Session, browser_of: Browser) -> None:
    district: District = make_district(session)
    session.commit()
    client = browser_of(make_account(session, Role.ORGANISER, district.root))
    assert "每页行数" not in client.get("/organisations").text


def test_what_an_address_asks_for_stays_a_mere_value(reader: FlaskClient) -> None:
    asked = "_scheme=javascript&_external=1&endpoint=x&_anchor=y"
    assert set(links(reader, f"/organisations?{asked}&page=2").values()) == {
        f"/organisations?{asked}&page={more}" for more in ("1", "3", "7", "1&rows=50", "1&rows=100")
    }
