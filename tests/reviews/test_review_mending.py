"""A returned application shows on its own pages what is to be mended, until it is submitted."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from district import District, make_account, make_district, make_round
from flask.testing import FlaskClient
from reviewing import case_of, participant_of, sheet_of, submit
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.rounds.models import Participant

Browser = Callable[[Account], FlaskClient]
NOTE = "活动照片缺两次"


class Marks(HTMLParser):
    """Reads the anchors of sections, the notes that stand in them, and the links of the list."""

    def __init__(self, text: str):
        super().__init__()
        self.notes: dict[str, str] = {}
        self.parts: list[str] = []
        self.links: list[str] = []
        self._section, self._reading = "", ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        if tag == "section" or given.get("id", "").startswith("part-"):  # type: ignore[union-attr]
            self._section = given.get("id") or " ".join(classes)
        if "mend-note" in classes:
            self._reading = "note"
        elif "mend-mark" in classes and self._reading != "note":
            self._reading = "part"
        elif tag == "a" and "to-mend" in self._section:
            self.links.append(given["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "span") and not (self._reading == "note" and tag == "span"):
            self._reading = ""

    def handle_data(self, data: str) -> None:
        if self._reading == "note":
            self.notes[self._section] = (self.notes.get(self._section, "") + data).strip()
        elif self._reading == "part":
            self.parts.append(data)


@pytest.fixture
def district(session: Session) -> District:
    district = make_district(session)
    make_round(session, district)
    return district


@pytest.fixture
def officer(session: Session, district: District) -> Account:
    return make_account(session, Role.BRANCH_OFFICER, district.east_one)


@pytest.fixture
def returned(session: Session, browser_of: Browser, district: District) -> Participant:
    """Return an application that came back because of its services."""
    reviewer = make_account(session, Role.COMMITTEE_REVIEWER, district.east)
    who, browser = submit(session, district.east_one), browser_of(reviewer)
    sheet = sheet_of(case_of(session, reviewer, who), "services", act="mend", note=NOTE)
    assert browser.post(f"/reviews/{who.id}/indicators/services", data=sheet).status_code == 302
    sent = {"version": case_of(session, reviewer, who).version, "message": "请一周内补正"}
    assert browser.post(f"/reviews/{who.id}/return", data=sent).status_code == 302
    session.expire_all()
    return who


def test_list_and_marks_stand_on_a_returned_application(
    browser_of: Browser, officer: Account, returned: Participant
) -> None:
    page = browser_of(officer).get(f"/applications/{returned.id}?part=service").text
    marks = Marks(page)
    assert "请一周内补正" in page
    assert marks.notes == {"indicator-services": f"需补正 {NOTE}"}
    assert marks.parts == ["需补正1项"]
    assert marks.links == [f"/applications/{returned.id}?part=service#indicator-services"]


def test_list_stands_on_other_parts_without_a_note_there(
    browser_of: Browser, officer: Account, returned: Participant
) -> None:
    page = browser_of(officer).get(f"/applications/{returned.id}?part=life").text
    marks = Marks(page)
    assert (marks.notes, marks.parts) == ({}, ["需补正1项"])
    assert page.count(NOTE) == 1


def test_marks_stay_when_a_script_saves_a_field(
    browser_of: Browser, officer: Account, returned: Participant
) -> None:
    sent = {"part": "service", "facts": {}}
    answer = browser_of(officer).post(f"/applications/{returned.id}/autosave", json=sent)
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    assert Marks(answer.json["html"]).parts == ["需补正1项"]


def test_list_is_gone_once_the_branch_submitted_again(
    session: Session,
    browser_of: Browser,
    officer: Account,
    district: District,
    returned: Participant,
) -> None:
    submit(session, district.east_one)
    page = browser_of(officer).get(f"/applications/{returned.id}?part=service").text
    assert NOTE not in page
    assert "需补正" not in page


def test_another_application_shows_nothing_of_it(
    session: Session, browser_of: Browser, district: District, returned: Participant
) -> None:
    other = make_account(session, Role.BRANCH_OFFICER, district.east_two, "other")
    who = participant_of(session, district.east_two)
    page = browser_of(other).get(f"/applications/{who.id}?part=service")
    assert page.status_code == 200
    assert NOTE not in page.text
