"""One's own letters: unread first, marked as read by a button, counted in the head of a page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from counting import counted
from district import District, make_account, make_district
from flask.testing import FlaskClient
from letters import letter_to, ready_letter
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.outbox.models import LetterState

BrowserOf = Callable[[Account], FlaskClient]


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


@pytest.fixture
def officer(session: Session, district: District) -> Account:
    return make_account(session, Role.BRANCH_OFFICER, district.east_one)


def unread(page: str) -> str:
    """Return the number in the head of a page."""
    found = re.search(r'badge text-bg-light">(\d+)<span class="visually-hidden"> 条未读', page)
    return found[1] if found else ""


def test_letters_are_shown_once_they_are_let_go(
    session: Session, district: District, officer: Account, browser_of: BrowserOf
) -> None:
    other = make_account(session, Role.BRANCH_OFFICER, district.east_one, "other")
    for state in LetterState:
        letter = letter_to(session, officer, district.east_one, title=f"<{state.value}>")
        letter.state, letter.released_at = state, letter.written_at
    ready_letter(session, other, district.east_one, title="给别人的")
    page = browser_of(officer).get("/letters").text
    assert re.findall(r"&lt;(\w+)&gt; <span", page) == ["failed", "sent", "ready"]
    assert "给别人的" not in page
    assert unread(page) == "3"


def test_letter_is_read_by_a_button_and_leads_on(
    session: Session, district: District, officer: Account, browser_of: BrowserOf
) -> None:
    first, second = (
        ready_letter(session, officer, district.east_one, title=title, link="/account")
        for title in ("第一", "第二")
    )
    browser = browser_of(officer)
    assert unread(browser.get("/letters").text) == "2"
    version = second.version
    answer = browser.post(f"/letters/{second.id}/read", data={"follow": "1"})
    assert (answer.status_code, answer.location) == (302, "/account")
    page = browser.get("/letters").text
    assert (unread(page), page.index("第一") < page.index("第二")) == ("1", True)
    session.expire_all()
    assert (first.read_at, second.version) == (None, version)
    moment = second.read_at
    assert moment is not None
    browser.post(f"/letters/{second.id}/read")
    session.expire_all()
    assert second.read_at == moment


def test_letter_of_somebody_else_is_not_there(
    session: Session, district: District, officer: Account, browser_of: BrowserOf
) -> None:
    other = make_account(session, Role.BRANCH_OFFICER, district.east_one, "other")
    foreign = ready_letter(session, other, district.east_one, link="/account")
    held = letter_to(session, officer, district.east_one, link="/account")
    for letter in (foreign, held):
        answer = browser_of(officer).post(f"/letters/{letter.id}/read", data={"follow": "1"})
        assert answer.status_code == 404
        assert letter.read_at is None


def test_all_letters_of_the_page_are_read_and_no_newer_one(
    session: Session, district: District, officer: Account, browser_of: BrowserOf
) -> None:
    other = make_account(session, Role.BRANCH_OFFICER, district.east_one, "other")
    foreign = ready_letter(session, other, district.east_one)
    one, two = (ready_letter(session, officer, district.east_one) for _ in range(2))
    browser = browser_of(officer)
    page = browser.get("/letters").text
    (newest,) = re.findall(r'name="newest" value="(\d+)"', page)
    late = ready_letter(session, officer, district.east_one)
    assert browser.post("/letters/read", data={"newest": newest}).status_code == 302
    session.expire_all()
    assert [each.read_at is None for each in (foreign, one, two, late)] == [
        True,
        False,
        False,
        True,
    ]
    assert browser.post("/letters/read", data={"newest": "9" * 30}).status_code == 302


def test_head_of_a_page_asks_one_query_of_those_who_are_signed_in(
    session: Session,
    district: District,
    officer: Account,
    client: FlaskClient,
    browser_of: BrowserOf,
) -> None:
    ready_letter(session, officer, district.east_one)
    browser = browser_of(officer)
    session.commit()
    with counted() as asked:
        client.get("/sign-in")
    assert [each for each in asked if "letter" in each] == []
    with counted() as asked:
        assert unread(browser.get("/account").text) == "1"
    assert len([each for each in asked if "FROM letter" in each]) == 1
    with counted() as asked:
        assert browser.get("/outbox/1").status_code == 404
    assert [each for each in asked if "FROM letter" in each] == []


def test_list_of_own_letters_asks_as_much_for_three_as_for_one(
    session: Session, district: District, officer: Account, browser_of: BrowserOf
) -> None:
    browser, numbers = browser_of(officer), []
    for count in (1, 2):
        for _ in range(count):
            ready_letter(session, officer, district.east_one)
        session.expire_all()
        with counted() as asked:
            assert browser.get("/letters").status_code == 200
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
