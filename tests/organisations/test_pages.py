"""The list and the page of an organisation: what is shown to whom, at the cost of few queries."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from counting import counted
from district import District, make_account, make_district, make_organisation, make_rule_set
from flask.testing import FlaskClient
from register_files import branch as branch_of
from registering import enter
from sample_register import enter_sample, publish_rule_sets
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.accounts.models import Account
from evaluator.organisations import operations
from evaluator.organisations.details import today
from evaluator.organisations.models import Kind, Organisation, Status
from evaluator.organisations.restructure import NewOrganisation, merge

Browser = Callable[[Account], FlaskClient]


def text(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def names_in(page: str, district: District) -> set[str]:
    """Return which organisations a page names, by their short names."""
    shown = page.split("<main", 1)[1]
    everybody = {
        name: each for name, each in vars(district).items() if isinstance(each, Organisation)
    }
    return {name for name, each in everybody.items() if each.name in shown}


def test_reviewer_lists_own_committee_alone_and_is_told_its_number(
    session: Session, browser_of: Browser
) -> None:
    district = make_district(session)
    page = text(
        browser_of(make_account(session, Role.COMMITTEE_REVIEWER, district.east)), "/organisations"
    )
    assert names_in(page, district) == {"east", "east_one", "east_two"}
    assert "共3个" in page


@pytest.mark.parametrize(
    "query",
    ["q=西一", "q=W1", "q=w1", "tier=branch&q=西", "committee={west}", "status=all&q=西"],
)
def test_search_finds_nothing_of_another_committee(
    session: Session, browser_of: Browser, query: str
) -> None:
    district = make_district(session)
    client = browser_of(make_account(session, Role.COMMITTEE_REVIEWER, district.east))
    page = text(client, f"/organisations?{query.format(west=district.west.id)}")
    assert names_in(page, district) & {"west", "west_one", "west_two"} == set()
    assert district.west_one.code not in page.split('id="found"', 1)[1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=东一", {"F1"}),
        ("q=f1", {"F1"}),
        ("q=dongyi", {"F1"}),
        ("q=dong yi xin", {"F1"}),
        ("q=dysq", {"F1"}),
        ("q=%25", set()),
        ("q=_", set()),
        ("category=soe", {"F3"}),
        ("tier=committee", set()),
        ("status=dissolved", {"F4"}),
        ("status=all&q=党支部", {"F1", "F2", "F3", "F4"}),
        ("tier=nothing&category=&status=nothing&committee=x&page=x", {"F1", "F2", "F3", "F4"}),
    ],
)
def test_search_by_name_code_pinyin_and_filters(
    session: Session, browser_of: Browser, query: str, found: set[str]
) -> None:
    district = make_district(session)
    enter(session, "F1", district.east, name="东一新社区党支部")
    enter(session, "F2", district.east, name="南二小区党支部")
    enter(session, "F3", district.east, name="港务集团党支部").category = "soe"
    enter(session, "F4", district.east, name="旧城党支部").status = Status.DISSOLVED
    session.commit()
    account = make_account(session, Role.ORGANISER, district.root)
    page = text(browser_of(account), f"/organisations?{query}").split('id="found"', 1)[1]
    assert {code for code in ("F1", "F2", "F3", "F4") if f'small">{code} ' in page} == found


def test_list_of_more_rows_takes_as_many_queries(session: Session, browser_of: Browser) -> None:
    district = make_district(session)
    make_rule_set(session)
    client = browser_of(make_account(session, Role.ORGANISER, district.root))
    text(client, "/organisations?q=东一")
    with counted() as one:
        text(client, "/organisations?q=东一")
    for number in range(60):
        make_organisation(session, f"M{number}", f"东片新{number}党支部", district.east)
    with counted() as many:
        assert "共" in text(client, "/organisations?q=东")
    assert len(one) == len(many)


def test_page_of_an_organisation_elsewhere_is_not_there(
    session: Session, browser_of: Browser
) -> None:
    district = make_district(session)
    client = browser_of(make_account(session, Role.COMMITTEE_REVIEWER, district.east))
    assert client.get(f"/organisations/{district.east_one.id}").status_code == 200
    assert client.get(f"/organisations/{district.west_one.id}").status_code == 404
    assert client.get(f"/organisations/{district.root.id}").status_code == 404
    assert client.get("/organisations/999999").status_code == 404


def test_page_shows_attributes_by_their_labels_and_levels(
    session: Session, browser_of: Browser
) -> None:
    publish_rule_sets(session)
    root = enter_sample(session)
    branch = branch_of(session, "LJ-SQ-001")
    page = text(
        browser_of(make_account(session, Role.SUPERVISOR, root)), f"/organisations/{branch.id}"
    )
    assert "<dd>五星级 · 2024年度起</dd>" in page
    assert "<dt>列为书记项目行动支部</dt><dd>是</dd>" in page
    assert "previous_level" not in page


def test_history_names_only_what_the_reader_may_see(session: Session, browser_of: Browser) -> None:
    district = make_district(session)
    moved = district.west_one
    operations.move(
        session,
        Actor.system(),
        organisation=moved,
        version=None,
        parent=district.east,
        on=today(),
        reason="区划调整",
    )
    session.commit()
    seen_by_all = browser_of(make_account(session, Role.SUPERVISOR, district.root))
    seen_by_east = browser_of(make_account(session, Role.COMMITTEE_REVIEWER, district.east))
    address = f"/organisations/{moved.id}"
    assert names_in(text(seen_by_all, address), district) >= {"east", "west"}
    assert "west" not in names_in(text(seen_by_east, address), district)


def test_predecessor_at_another_place_stays_unsaid(session: Session, browser_of: Browser) -> None:
    district = make_district(session)
    after = merge(
        session,
        Actor.system(),
        lead=district.east_one,
        version=None,
        others=[district.west_one],
        successor=NewOrganisation("E9", "东九"),
        on=today(),
        reason="合并",
    )
    session.commit()
    client = browser_of(make_account(session, Role.COMMITTEE_REVIEWER, district.east))
    page = text(client, f"/organisations/{after.id}")
    assert names_in(page, district) == {"root", "east", "east_one"}


def test_branch_officer_sees_the_own_branch_and_no_button(
    session: Session, browser_of: Browser
) -> None:
    district = make_district(session)
    client = browser_of(make_account(session, Role.BRANCH_OFFICER, district.east_one))
    page = text(client, f"/organisations/{district.east_one.id}")
    assert f"/organisations/{district.east_one.id}/edit" not in page
    listing = text(client, "/organisations")
    assert "共1个" in listing
    assert district.east_two.name not in listing


def test_general_branch_offers_what_stands_below(session: Session, browser_of: Browser) -> None:
    district = make_district(session)
    general = enter(session, "G", district.east, Kind.GENERAL_BRANCH, "东总支")
    enter(session, "G1", general, name="东总支第一支部")
    client = browser_of(make_account(session, Role.ORGANISER, district.root))
    page = text(client, f"/organisations/{general.id}")
    assert "东总支第一支部" in page
    assert f"/organisations/{general.id}/new" in page


def numbers_beside(page: str) -> dict[str, int]:
    """Return the number that stands beside each committee of the list."""
    found = re.findall(r'">([^<]+)</a>\s*<span class="quiet number">(\d+)<', page)
    return {name: int(number) for name, number in found}


@pytest.mark.parametrize(
    ("query", "total", "east", "west"),
    [
        ("", 7, 2, 2),
        ("q=一", 2, 1, 1),
        ("q=东", 3, 2, 0),
        ("tier=committee", 2, 0, 0),
        ("q=一&committee={east}", 1, 1, 1),
        ("q=没有", 0, 0, 0),
    ],
)
def test_committees_tell_how_much_of_what_was_searched_for_they_hold(
    session: Session, browser_of: Browser, query: str, total: int, east: int, west: int
) -> None:
    district = make_district(session)
    client = browser_of(make_account(session, Role.ORGANISER, district.root))
    page = text(client, f"/organisations?{query.format(east=district.east.id)}")
    assert f"共{total}个" in page
    assert numbers_beside(page) == {"东片党工委": east, "西片党工委": west}


def test_committee_is_not_told_as_its_own_committee(session: Session, browser_of: Browser) -> None:
    district = make_district(session)
    client = browser_of(make_account(session, Role.ORGANISER, district.root))
    page = " ".join(text(client, "/organisations").split())
    assert '<span class="d-block quiet small">E</span>' in page
    assert '<span class="d-block quiet small">E1 · 东片党工委</span>' in page
