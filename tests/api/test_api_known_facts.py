"""Other systems bring what they record: exactly read, all or nothing, each problem named."""

from __future__ import annotations

from typing import Any

import pytest
from district import make_account
from furnished import Furnished
from programs import Program, problem
from sqlalchemy import select
from sqlalchemy.orm import Session
from tokens import make_token

from evaluator.access import Permission, Role
from evaluator.audit.models import AuditLine
from evaluator.records.models import KnownFact

YEAR = "/known-facts/2026"


def brought(*rows: tuple[str, dict[str, Any]], **more: Any) -> dict[str, Any]:
    rows_sent = [{"code": code, "facts": facts} for code, facts in rows]
    return {"as_of": "2026-06-30", "organisations": rows_sent, **more}


def known(session: Session) -> dict[tuple[int, str], tuple[Any, str]]:
    session.expire_all()
    facts = session.scalars(select(KnownFact))
    return {(each.organisation_id, each.fact): (each.value, each.source) for each in facts}


def test_facts_that_can_be_brought_are_listed(branch: Program) -> None:
    answer = branch.get(YEAR)
    assert answer.json is not None
    (community,) = answer.json["categories"]
    assert [each["fact"] for each in community["facts"]] == ["meetings", "satisfied"]
    assert community["facts"][0]["source"] == "record: members_meetings"


def test_facts_of_one_organisation_become_known(
    organiser: Program, things: Furnished, session: Session
) -> None:
    number = things.district.east_two.id
    path = f"/organisations/{number}/known-facts/2026"
    body = {"as_of": "2026-06-30", "facts": {"meetings": 12, "satisfied": "95.5%"}}
    answer = organiser.send("PUT", path, body)
    assert answer.json is not None
    assert [(each["fact"], each["value"]) for each in answer.json["facts"]] == [
        ("meetings", "12"),
        ("satisfied", "0.955"),
    ]
    assert organiser.get(path).json == answer.json
    assert known(session)[number, "meetings"] == ("12", "record: members_meetings")


def test_facts_of_several_organisations_become_known_at_once(
    organiser: Program, things: Furnished, session: Session
) -> None:
    body = brought(("E1", {"meetings": 9}), ("W1", {"meetings": 3}), reason="台账系统")
    answer = organiser.send("PUT", YEAR, body)
    assert answer.json == {"year": 2026, "organisations": 2, "new": 1, "changed": 1}
    values = {number: value for (number, _), (value, _) in known(session).items()}
    assert values == {things.district.east_one.id: "9", things.district.west_one.id: "3"}
    lines = session.scalars(select(AuditLine.reason).order_by(AuditLine.number.desc())).all()
    assert lines[:2] == ["台账系统", "台账系统"]


def test_same_facts_again_change_nothing(organiser: Program) -> None:
    answer = organiser.send("PUT", YEAR, brought(("E1", {"meetings": "7"})))
    assert answer.json == {"year": 2026, "organisations": 0, "new": 0, "changed": 0}


def test_every_problem_is_named_and_nothing_is_kept(organiser: Program, session: Session) -> None:
    before = known(session)
    body = brought(
        ("E1", {"meetings": 9}),
        ("E2", {"meetings": "many", "dances": 1, "services": 3}),
        ("X", {"meetings": 1}),
        ("W1", {"meetings": 61}),
        ("W1", {"meetings": 5}),
    )
    errors = problem(organiser.send("PUT", YEAR, body), 422)["json"]["organisations"]
    assert {code: sorted(each) for code, each in errors.items()} == {
        "E2": ["dances", "meetings", "services"],
        "W1": ["", "meetings"],
        "X": [""],
    }
    assert known(session) == before


def test_numbers_with_decimals_come_as_text(organiser: Program) -> None:
    errors = problem(organiser.send("PUT", YEAR, brought(("E1", {"satisfied": 0.955}))), 422)
    assert list(errors["json"]["organisations"]["0"]["facts"]["satisfied"]) == ["value"]


@pytest.mark.parametrize("day", ["2999-01-01", "1900-01-01"])
def test_day_that_cannot_be_is_named(organiser: Program, day: str) -> None:
    errors = problem(organiser.send("PUT", YEAR, brought(("E1", {"meetings": 1}), as_of=day)), 422)
    assert list(errors["json"]) == ["as_of"]


def test_year_without_rule_sets_is_not_there(organiser: Program) -> None:
    body = brought(("E1", {"meetings": 1}))
    assert organiser.send("PUT", "/known-facts/1999", body).status_code == 404


def test_organisation_of_another_place_is_told_as_one_that_is_not_there(
    things: Furnished, session: Session, organiser: Program
) -> None:
    account = make_account(session, Role.ORGANISER, things.district.east, "east")
    program = Program(organiser.client, make_token(session, account))
    hidden = problem(program.send("PUT", YEAR, brought(("W1", {"meetings": 1}))), 422)
    nothing = problem(program.send("PUT", YEAR, brought(("XX", {"meetings": 1}))), 422)
    assert str(hidden).replace("W1", "XX") == str(nothing)
    path = f"/organisations/{things.district.west_one.id}/known-facts/2026"
    assert program.get(path).status_code == 404


def test_program_without_the_scope_brings_nothing(
    things: Furnished, session: Session, organiser: Program
) -> None:
    account = make_account(session, Role.ORGANISER, things.district.root, "reader")
    program = Program(organiser.client, make_token(session, account, Permission.SEE_RECORDS))
    assert program.get(YEAR).status_code == 200
    assert program.send("PUT", YEAR, brought(("E1", {"meetings": 1}))).status_code == 404
