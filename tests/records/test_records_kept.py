"""A workbook of facts is read once; what is refused keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

from bringing import YEAR, uploaded
from district import make_account
from flask.testing import FlaskClient
from sample_register import ROUND, rule_sets, submissions
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.accounts.models import Account
from evaluator.organisations.models import Organisation
from evaluator.records.brought import brought_by, from_json, read_brought, to_json
from evaluator.records.models import KnownFact
from evaluator.records.operations import set_known_facts
from evaluator.rounds.models import Round
from evaluator.storage import storage

Browser = Callable[[Account], FlaskClient]


def stored(ending: str) -> list[str]:
    return [each for each in storage().keys("imports/records") if each.endswith(ending)]


def rows(client: FlaskClient, address: str, number: int) -> str:
    page = client.get(f"{address}?page={number}").text
    return page.partition("<tbody>")[2].partition("</table>")[0]


def make_known(session: Session, code: str, value: str) -> None:
    branch = session.scalars(select(Organisation).where(Organisation.code == code)).one()
    set_known_facts(
        session,
        Actor.system(),
        organisation_id=branch.id,
        year=YEAR,
        values={"volunteers": value},
        source="record: volunteers",
        as_of=date(2026, 1, 1),
    )
    session.commit()


def test_what_is_kept_of_a_workbook_is_what_was_read() -> None:
    brought = brought_by(submissions(), rule_sets())
    assert from_json(to_json(brought)) == brought
    problems = read_brought(Path(__file__), rule_sets())
    assert from_json(to_json(problems)) == problems


def test_workbook_is_read_for_the_first_page_alone(
    session: Session, sample: Organisation, browser_of: Browser
) -> None:
    client = browser_of(make_account(session, Role.ORGANISER, sample))
    address, form = uploaded(client, ROUND)
    pages = [rows(client, address, number) for number in (1, 2)]
    for key in stored(".xlsx"):
        storage().delete(key)
    assert [rows(client, address, number) for number in (1, 2)] == pages
    assert "LJ-SQ-001" in pages[0]
    assert "LJ-SQ-001" not in pages[1]
    assert client.post(address, data=form).status_code == 302
    assert session.scalars(select(KnownFact.year).distinct()).all() == [YEAR]


def test_workbook_is_read_anew_by_other_rules(
    session: Session, sample: Organisation, browser_of: Browser
) -> None:
    client = browser_of(make_account(session, Role.ORGANISER, sample))
    address, _form = uploaded(client, ROUND)
    before = set(stored(""))
    made = session.scalars(select(Round)).one()
    made.rule_sets.remove(made.rule_sets[0])
    session.commit()
    assert client.get(address).status_code == 200
    assert len(set(stored("")) - before) == 1


def test_what_one_account_brought_is_not_there_for_another(
    session: Session, sample: Organisation, browser_of: Browser
) -> None:
    client = browser_of(make_account(session, Role.ORGANISER, sample))
    address, form = uploaded(client, ROUND)
    other = browser_of(make_account(session, Role.ORGANISER, sample, "other"))
    assert other.get(address).status_code == 404
    assert other.post(address, data=form).status_code == 404


def test_refused_confirmation_keeps_the_reason_and_shows_the_new_preview(
    session: Session, sample: Organisation, browser_of: Browser
) -> None:
    client = browser_of(make_account(session, Role.ORGANISER, sample))
    address, form = uploaded(client, ROUND)
    make_known(session, "LJ-SQ-001", "7")
    answer = client.post(address, data={**form, "reason": "手工录入的理由"})
    assert answer.status_code == 409
    assert "手工录入的理由</textarea>" in answer.text
    assert '<del class="old">7人</del>' in answer.text
    assert form["version"] not in answer.text
    assert 'role="alert"' in answer.text


def test_workbook_that_is_none_is_told_on_every_page(
    session: Session, sample: Organisation, browser_of: Browser
) -> None:
    client = browser_of(make_account(session, Role.ORGANISER, sample))
    data = {"year": str(YEAR), "file": (BytesIO(b"no workbook"), "facts.xlsx")}
    address = client.post("/records/import", data=data).headers["Location"]
    assert ["不是Excel工作簿" in client.get(address).text for _ in range(2)] == [True, True]
