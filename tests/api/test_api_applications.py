"""Programs read how an application stands, change its answers, submit it, bring its evidence."""

from __future__ import annotations

from typing import Any

from district import make_account
from furnished import Furnished, blank_pdf
from programs import Program, problem
from sqlalchemy.orm import Session
from tokens import make_token

from evaluator.access import Role
from evaluator.applications.models import Application, ApplicationState
from evaluator.database import now
from evaluator.reviews.models import Return


def path_of(participant: Any, more: str = "") -> str:
    return f"/applications/{participant.id}{more}"


def answers_of(program: Program, participant: Any) -> dict[str, dict[str, Any]]:
    answer = program.get(path_of(participant, "/answers"))
    assert answer.json is not None
    return {each["fact"]: each for each in answer.json["answers"]}


def facts(**values: Any) -> dict[str, Any]:
    return {"facts": {name: {"value": value} for name, value in values.items()}}


def test_draft_is_told_with_points_as_exact_texts(branch: Program, things: Furnished) -> None:
    path = path_of(things.second)
    branch.change("PATCH", f"{path}/answers", facts(services=12, meetings=4, brand=True))
    read = branch.get(path, Accept_Language="en").json
    assert read is not None
    points = {each["indicator"]: each["points"] for each in read["indicators"]}
    assert all(each is None or isinstance(each, str) for each in points.values())
    assert isinstance(read["points"], str)
    assert (read["level"]["id"], read["level"]["stars"]) == ("three_star", 3)
    assert (read["state"], read["most"]) == ("draft", "100")
    assert [each["fact"] for each in read["open"]] == []
    assert read["next_level"]["title"] == "Four-star"


def test_missing_facts_are_named(branch: Program, things: Furnished) -> None:
    read = branch.get(path_of(things.second)).json
    assert read is not None
    assert {each["fact"]: each["flaw"] for each in read["open"]} == {
        "brand": "missing",
        "meetings": "missing",
        "services": "missing",
    }


def test_answers_stand_beside_what_is_known(branch: Program, things: Furnished) -> None:
    found = answers_of(branch, things.first)
    assert (found["services"]["value"], found["services"]["origin"]) == ("12", "given")
    assert (found["meetings"]["value"], found["meetings"]["known"]) == (None, "7")
    assert found["meetings"]["source"] == "record: members_meetings"
    asked = {name: each["can_be_given"] for name, each in found.items()}
    assert (asked["services"], asked["attitude"], asked["satisfied"]) == (True, False, False)


def test_change_of_an_old_state_is_refused(branch: Program, things: Furnished) -> None:
    path = path_of(things.second, "/answers")
    old = branch.tag(path)
    assert branch.change("PATCH", path, facts(services=1)).status_code == 200
    problem(branch.send("PATCH", path, facts(services=2), If_Match=old), 412)
    problem(branch.send("PATCH", path, facts(services=2)), 428)
    assert answers_of(branch, things.second)["services"]["value"] == "1"


def test_facts_are_changed_one_by_one_by_their_marks(branch: Program, things: Furnished) -> None:
    path = path_of(things.second, "/answers")
    read = answers_of(branch, things.second)
    branch.change("PATCH", path, facts(services=1))
    other = facts(brand=True)
    problem(branch.send("PATCH", path, other, If_Match="*"), 422)
    other["facts"]["brand"]["was"] = read["brand"]["mark"]
    assert branch.send("PATCH", path, other, If_Match="*").status_code == 200
    same = facts(services=9)
    same["facts"]["services"]["was"] = read["services"]["mark"]
    errors = problem(branch.send("PATCH", path, same, If_Match="*"), 412)
    assert list(errors["json"]["facts"]) == ["services"]
    assert answers_of(branch, things.second)["services"]["value"] == "1"


def test_facts_that_are_not_asked_of_the_branch_are_named(
    branch: Program, things: Furnished
) -> None:
    path = path_of(things.second, "/answers")
    answer = branch.change("PATCH", path, facts(services=1, attitude=9, dances=2))
    assert sorted(problem(answer, 422)["json"]["facts"]) == ["attitude", "dances"]
    assert answers_of(branch, things.second)["services"]["value"] is None


def test_submitted_application_is_changed_no_more(branch: Program, things: Furnished) -> None:
    problem(branch.change("PATCH", path_of(things.first, "/answers"), facts(services=1)), 409)


def test_application_is_submitted_with_a_declaration(branch: Program, things: Furnished) -> None:
    path = path_of(things.second)
    branch.change("PATCH", f"{path}/answers", facts(services=12, meetings=4, brand=True))
    undeclared = {"secretary": "李四", "declared": False}
    errors = problem(branch.send("POST", f"{path}/submissions", undeclared), 422)
    assert list(errors["json"]) == ["declared"]
    answer = branch.send("POST", f"{path}/submissions", {**undeclared, "declared": True})
    assert answer.status_code == 201
    listed = branch.get(f"{path}/submissions").json
    assert listed == {"rows": [answer.json]}
    read = branch.get(path).json
    assert read is not None
    assert (read["state"], read["editable_until"]) == ("submitted", None)


def test_unfinished_application_is_not_submitted(branch: Program, things: Furnished) -> None:
    body = {"secretary": "李四", "declared": True}
    problem(branch.send("POST", path_of(things.second, "/submissions"), body), 409)


def test_reader_of_applications_changes_none(organiser: Program, things: Furnished) -> None:
    path = path_of(things.second)
    assert organiser.get(path).status_code == 200
    assert organiser.send("PATCH", f"{path}/answers", facts(services=1)).status_code == 404
    assert organiser.send("POST", f"{path}/submissions", {}).status_code == 404


def test_review_is_told_as_to_the_branch(
    branch: Program, things: Furnished, session: Session
) -> None:
    path = path_of(things.first, "/review")
    waiting = branch.get(path).json
    assert waiting is not None
    assert (waiting["state"], waiting["stated"], waiting["changes"]) == ("submitted", None, [])
    application = session.query(Application).one()
    application.state = ApplicationState.RETURNED
    item = {"indicator": "services", "note": "补照片"}
    session.add(Return(application_id=application.id, number=1, at=now(), items=[item]))
    session.commit()
    told = branch.get(path).json
    assert told is not None
    assert isinstance(told["stated"], str)
    assert told["returns"][0]["items"] == [item]
    assert branch.get(path_of(things.second, "/review")).status_code == 404


def test_evidence_is_uploaded_read_mended_and_removed(branch: Program, things: Furnished) -> None:
    listed = path_of(things.second, "/evidence")
    made = branch.client.post(
        f"/api/v1{listed}?name=会议记录.pdf&indicator=services",
        data=blank_pdf(),
        headers={**branch.headers, "Idempotency-Key": "a"},
    )
    assert made.status_code == 201
    assert made.json is not None
    assert (made.json["media_type"], made.json["indicators"]) == ("application/pdf", ["services"])
    file = f"/evidence/{made.json['id']}"
    content = branch.get(f"{file}/content")
    assert (content.data[:5], content.headers["X-Content-Type-Options"]) == (b"%PDF-", "nosniff")
    body = {"evidence_date": "2026-03-05", "indicators": ["meetings"]}
    mended = branch.change("PATCH", file, body)
    assert mended.json is not None
    assert (mended.json["evidence_date"], mended.json["indicators"]) == ("2026-03-05", ["meetings"])
    problem(branch.send("DELETE", file, If_Match=made.headers["ETag"]), 412)
    assert branch.change("DELETE", file, None).status_code == 204
    assert branch.get(listed).json == {"rows": []}


def test_file_that_cannot_be_kept_is_refused_with_the_reason(
    branch: Program, things: Furnished
) -> None:
    address = f"/api/v1{path_of(things.second, '/evidence')}"
    headers = {**branch.headers, "Idempotency-Key": "a", "Accept-Language": "en"}
    wrong = branch.client.post(f"{address}?name=a.exe", data=b"MZ nothing", headers=headers)
    problem(wrong, 422)
    assert wrong.json is not None
    assert wrong.json["detail"].startswith("This type of file is not taken.")
    unknown = f"{address}?name=a.pdf&indicator=dances"
    problem(branch.client.post(unknown, data=blank_pdf(), headers=headers), 422)


def test_evidence_of_another_branch_is_not_there(
    branch: Program, things: Furnished, session: Session
) -> None:
    stranger = make_account(session, Role.BRANCH_OFFICER, things.district.west_one)
    program = Program(branch.client, make_token(session, stranger))
    for path in (path_of(things.first), path_of(things.first, "/evidence")):
        assert program.get(path).status_code == 404
    for path in (f"/evidence/{things.file.id}", f"/evidence/{things.file.id}/content"):
        hidden, nothing = program.get(path), program.get(path.replace(str(things.file.id), "99999"))
        assert (hidden.status_code, hidden.data) == (404, nothing.data)
