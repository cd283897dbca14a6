"""The main menu: few entries side by side, many in groups, and where the reader is."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from district import District, make_account, make_district, make_round
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.web.navigation import MENU

Browser = Callable[[Account], FlaskClient]
LINK = re.compile(r'<a class="nav-link" href="([^"]*)"([^>]*)>([^<]*)</a>')
GROUP = re.compile(r'<summary class="nav-link"([^>]*)>([^<]*)</summary>')


@pytest.fixture
def district(session: Session) -> District:
    made = make_district(session)
    make_round(session, made)
    return made


def menu_at(client: FlaskClient, address: str) -> str:
    page = client.get(address).text
    found = re.search(r'<nav class="menu.*?</nav>', page, re.DOTALL)
    return found.group() if found else ""


@pytest.mark.parametrize(
    ("role", "place", "groups"),
    [
        (Role.BRANCH_OFFICER, "east_one", []),
        (Role.COMMITTEE_REVIEWER, "east", []),
        (Role.PANELLIST, "root", []),
        (
            Role.ORGANISER,
            "root",
            ["申报与审核", "答辩与审定", "公示与命名", "组织与台账", "轮次与规则"],
        ),
        (
            Role.SUPERVISOR,
            "root",
            ["申报与审核", "答辩与审定", "公示与命名", "组织与台账", "轮次与规则", "系统"],
        ),
    ],
)
def test_only_long_menus_are_grouped(
    session: Session, district: District, browser_of: Browser, role: Role, place: str,
    groups: list[str],
) -> None:  # fmt: skip
    client = browser_of(make_account(session, role, getattr(district, place)))
    menu = menu_at(client, "/")
    assert [words for _attributes, words in GROUP.findall(menu)] == groups
    assert len(LINK.findall(menu)) > 2


def test_every_entry_leads_somewhere_and_stands_once(app: Flask) -> None:
    entries = [each.endpoint for group in MENU for each in group.entries]
    assert len(set(entries)) == len(entries)
    assert [each for each in entries if each not in app.view_functions] == []


@pytest.mark.parametrize(
    ("address", "group", "link", "mark"),
    [
        ("/awards", "公示与命名", "/awards", "page"),
        ("/awards/follow-up", "公示与命名", "/awards", "true"),
        ("/objections", "公示与命名", "/objections", "page"),
        ("/panels/admission", "答辩与审定", "/panels", "true"),
        ("/defence/agreement", "答辩与审定", "/defence/timetable", "true"),
        ("/outbox", "", "/outbox", "page"),
    ],
)
def test_menu_says_where_the_reader_is(
    session: Session, district: District, browser_of: Browser, address: str, group: str,
    link: str, mark: str,
) -> None:  # fmt: skip
    client = browser_of(make_account(session, Role.ORGANISER, district.root))
    menu = menu_at(client, address)
    marked = [words for given, words in GROUP.findall(menu) if "aria-current" in given]
    assert marked == ([group] if group else [])
    here = [(at, given) for at, given, _words in LINK.findall(menu) if "aria-current" in given]
    assert here == [(link, f' aria-current="{mark}"')]


def test_start_page_marks_nothing_and_strangers_see_no_menu(
    session: Session, district: District, browser_of: Browser, client: FlaskClient
) -> None:
    organiser = browser_of(make_account(session, Role.ORGANISER, district.root))
    assert "aria-current" not in menu_at(organiser, "/")
    assert menu_at(client, "/") == ""


@pytest.mark.parametrize("address", ["/letters", "/account"])
def test_what_is_everybodys_own_belongs_to_no_entry(
    session: Session, district: District, browser_of: Browser, address: str
) -> None:
    client = browser_of(make_account(session, Role.ADMINISTRATOR, district.root))
    menu = menu_at(client, address)
    assert LINK.findall(menu)
    assert "aria-current" not in menu
