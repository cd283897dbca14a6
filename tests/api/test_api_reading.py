"""What programs read is what their places show, in lists, counts and single things."""

from __future__ import annotations

from typing import Any

import pytest
from counting import counted
from district import RULES, make_account
from furnished import Furnished
from programs import Program, problem
from sqlalchemy.orm import Session
from tokens import make_token

from evaluator.access import Actor, Role
from evaluator.audit.operations import write_line
from evaluator.rounds.models import Round


def rows(program: Program, path: str) -> list[dict[str, Any]]:
    answer = program.get(path)
    assert answer.json is not None
    found: list[dict[str, Any]] = answer.json["rows"]
    return found


def test_round_is_read_with_its_calendar(branch: Program, things: Furnished) -> None:
    read = branch.get(f"/rounds/{things.made.id}").json
    assert read is not None
    assert read["steps"][0]["step"] == "self_assessment"
    number = things.made.rule_sets[0].stored_rule_set_id
    assert read["rule_sets"] == [{"category": "community", "rule_set_id": number}]
    assert rows(branch, "/rounds") == [read]


def test_planned_round_is_there_for_those_who_plan_it(
    organiser: Program, branch: Program, session: Session
) -> None:
    planned = Round(year=2027, title="2027年度")
    session.add(planned)
    session.commit()
    assert [each["year"] for each in rows(organiser, "/rounds")] == [2026, 2027]
    assert [each["year"] for each in rows(branch, "/rounds")] == [2026]
    assert branch.get(f"/rounds/{planned.id}").status_code == 404


def test_participants_and_counts_are_those_of_the_places(
    organiser: Program, branch: Program, things: Furnished, session: Session
) -> None:
    path = f"/rounds/{things.made.id}"
    assert [each["code"] for each in rows(branch, f"{path}/participants")] == ["E1", "E2"]
    assert [each["code"] for each in rows(organiser, f"{path}/participants?code=W1")] == ["W1"]
    assert rows(branch, f"{path}/participants?code=W1") == []
    reviewer = make_account(session, Role.COMMITTEE_REVIEWER, things.district.east)
    program = Program(branch.client, make_token(session, reviewer))
    counts = program.get(f"{path}/progress").json
    assert counts is not None
    assert [(each["committee"], each["stage"], each["number"]) for each in counts["counts"]] == [
        ("东片党工委", "not_started", 1),
        ("东片党工委", "submitted", 1),
    ]
    assert branch.get(f"{path}/progress").status_code == 404


def test_appraisal_and_site_check_are_read(
    organiser: Program, branch: Program, things: Furnished
) -> None:
    path = f"/participants/{things.first.id}"
    appraisal = branch.get(f"{path}/appraisal").json
    assert appraisal is not None
    assert (appraisal["state"], appraisal["ballots"]) == ("closed", 4)
    assert appraisal["questions"][0]["result"] == "0.75"
    check = organiser.get(f"{path}/site-check").json
    assert rows(organiser, f"/rounds/{things.made.id}/site-checks") == [check]
    assert branch.get(f"{path}/site-check").status_code == 404


def test_rule_set_is_read_as_it_was_written(branch: Program, things: Furnished) -> None:
    path = f"/rule-sets/{things.made.rule_sets[0].stored_rule_set_id}"
    answer = branch.get(f"{path}/yaml")
    assert (answer.mimetype, answer.get_data(as_text=True)) == ("application/yaml", RULES)
    read = branch.get(path).json
    assert read is not None
    assert read["files"] == {"rules.yaml": RULES}
    assert [each["id"] for each in rows(branch, "/rule-sets")] == [read["id"]]


def test_rules_are_checked_and_not_kept(organiser: Program, branch: Program) -> None:
    body = {"files": {"rules.yaml": RULES, "more.yaml": RULES.replace("points: 40", "points: 41")}}
    found = organiser.send("POST", "/rule-sets/check", body).json
    assert found is not None
    assert {each["main"]: each["holds"] for each in found["rule_sets"]} == {
        "more.yaml": False,
        "rules.yaml": True,
    }
    problems = next(each for each in found["rule_sets"] if not each["holds"])["problems"]
    assert problems[0]["file"] == "more.yaml"
    assert len(rows(organiser, "/rule-sets")) == 1
    problem(organiser.send("POST", "/rule-sets/check", {"files": {"../x": "a"}}), 422)
    assert branch.send("POST", "/rule-sets/check", body).status_code == 404


def test_audit_lines_are_for_supervisors_at_their_place(
    organiser: Program, things: Furnished, session: Session
) -> None:
    for number, branch in enumerate((things.district.east_one, things.district.west_one)):
        action = f"organisation.act_{number}"
        path, after = branch.path, {"members": number}
        write_line(session, Actor.system(), action=action, subject="organisation",
                   organisation_path=path, after=after)  # fmt: skip
        session.commit()
    supervisor = make_account(session, Role.SUPERVISOR, things.district.east)
    program = Program(organiser.client, make_token(session, supervisor))
    found = rows(program, "/audit-lines?subject=organisation&after=0")
    assert [each["action"] for each in found] == ["known_facts.set", "organisation.act_0"]
    assert found[-1]["after"] == {"members": 0}
    hidden = f"/audit-lines?organisation_id={things.district.west_one.id}"
    assert rows(program, hidden) == rows(program, "/audit-lines?organisation_id=99999") == []
    assert organiser.get("/audit-lines").status_code == 404


@pytest.mark.parametrize(
    "path", ["/organisations/1", "/rounds", "/audit-lines", "/applications/1/answers"]
)
def test_unknown_or_doubled_words_are_named(
    path: str, things: Furnished, session: Session, organiser: Program
) -> None:
    everything = make_account(session, Role.SUPERVISOR, things.district.root)
    program = Program(organiser.client, make_token(session, everything))
    assert list(problem(program.get(f"{path}?x=1"), 422)["query"]) == ["x"]


def test_same_word_twice_is_refused(organiser: Program) -> None:
    assert list(problem(organiser.get("/rounds?limit=1&limit=2"), 422)["query"]) == ["limit"]


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 100_000, b'{"a": ' + b"9" * 5000 + b"}"])
def test_what_is_no_json_is_told_so(organiser: Program, body: bytes) -> None:
    headers = {**organiser.headers, "Idempotency-Key": "a", "Content-Type": "application/json"}
    answer = organiser.client.post("/api/v1/organisations", data=body, headers=headers)
    assert problem(answer, 400) == {"json": ["无法按JSON读取。"]}


def test_number_beyond_all_rows_is_not_there(organiser: Program) -> None:
    for number in (2**31, 2**63, 10**40):
        assert organiser.get(f"/organisations/{number}").status_code == 404
        assert organiser.get(f"/known-facts/{number}").status_code == 404


def test_method_that_an_address_has_not_names_those_it_has(organiser: Program) -> None:
    answer = organiser.send("DELETE", "/organisations")
    problem(answer, 405)
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS, POST"


def test_list_of_three_asks_as_much_as_a_list_of_one(organiser: Program) -> None:
    counts = []
    for limit in (1, 3):
        with counted() as asked:
            for path in ("organisations", "rounds", "rule-sets"):
                organiser.get(f"/{path}?limit={limit}")
        counts.append(len(asked))
    assert counts[0] == counts[1]
