"""The page of a lot: everybody can check it, and nobody learns from it who defends."""

from __future__ import annotations

from collections.abc import Callable

from district import make_account
from flask.testing import FlaskClient
from hall import Hall, make_hall, seat_on, tie_to
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.panels.drawing import commit, reveal
from evaluator.panels.models import Relation

Browsers = Callable[..., FlaskClient]
NAMES = {
    "E1": "东一社区党支部",
    "E2": "东二社区党支部",
    "W1": "西一社区党支部",
    "W2": "西二社区党支部",
}


def drawn(session: Session) -> tuple[Hall, str]:
    hall = make_hall(session)
    lot = commit(session, hall.actor, made=hall.round, panel=hall.panel)
    session.flush()
    reveal(session, hall.actor, made=hall.round, draw=lot, word="七")
    session.commit()
    return hall, f"/draws/{lot.id}"


def named_in(browser: FlaskClient, address: str) -> list[str]:
    """Return the codes whose names a page shows; every page shows all codes."""
    pages = [browser.get(address).text, browser.get(f"{address}/lot.json").text]
    assert all(code in page for page in pages for code in NAMES)
    return [code for code, name in NAMES.items() if any(name in page for page in pages)]


def test_public_sees_codes_and_the_organiser_names(
    session: Session, client: FlaskClient, browser_of: Browsers
) -> None:
    hall, address = drawn(session)
    assert named_in(client, address) == []
    assert named_in(browser_of(hall.organiser), address) == list(NAMES)


def test_branch_sees_its_own_name(session: Session, browser_of: Browsers) -> None:
    hall, address = drawn(session)
    officer = make_account(session, Role.BRANCH_OFFICER, hall.district.east_one)
    session.commit()
    assert named_in(browser_of(officer), address) == ["E1"]


def test_panellist_sees_the_names_of_its_cases_but_for_conflicts(
    session: Session, browser_of: Browsers
) -> None:
    hall, address = drawn(session)
    seat_on(session, hall.panellists[0], hall.cases["E1"], hall.cases["W1"])
    tie_to(session, hall.panellists[0], hall.district.east_one, Relation.OWN)
    session.commit()
    assert named_in(browser_of(hall.panellists[0].account), address) == ["W1"]
