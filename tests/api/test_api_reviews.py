"""Programs of committees decide on indicators, end reviews, and order their recommendations."""

from __future__ import annotations

from typing import Any

from furnished import Furnished
from programs import Program, problem
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluator.audit.models import AuditLine
from evaluator.reviews.models import FactReview


def review_of(things: Furnished) -> str:
    return f"/reviews/{things.first.id}"


def indicator_of(things: Furnished, name: str) -> str:
    return f"{review_of(things)}/indicators/{name}"


def accept(program: Program, things: Furnished, name: str, **values: Any) -> Any:
    body = {"decision": "accept", "facts": values}
    return program.change("PUT", indicator_of(things, name), body)


def act(program: Program, things: Furnished, verb: str, body: Any = None) -> Any:
    path = review_of(things)
    return program.change("POST", f"{path}/{verb}", body, read=path)


def reviewed(program: Program, things: Furnished) -> None:
    """Bring the review of the first branch to its end."""
    read = program.get(review_of(things)).json
    assert read is not None
    for name in read["open"]:
        given = {"attitude": {"value": 15, "reason": "材料完整"}} if name == "attitude" else {}
        assert accept(program, things, name, **given).status_code == 200
    assert act(program, things, "finish").status_code == 200


def test_indicator_is_read_with_its_facts_and_evidence(
    reviewer: Program, things: Furnished
) -> None:
    read = reviewer.get(indicator_of(things, "services")).json
    assert read is not None
    (fact,) = read["facts"]
    assert (fact["stated"], fact["reviewed"], fact["can_be_changed"]) == ("12", "12", True)
    assert (read["standing"], read["evidence"]) == ("to_do", [things.file.id])


def test_adjusted_fact_moves_the_reviewed_points_and_leaves_a_line(
    reviewer: Program, things: Furnished, session: Session
) -> None:
    before = reviewer.get(review_of(things)).json
    done = accept(reviewer, things, "services", services={"value": 9, "reason": "有三次无记录"})
    after = reviewer.get(review_of(things)).json
    assert before is not None
    assert after is not None
    assert done.json["standing"] == "adjusted"
    assert float(before["reviewed"]) - float(after["reviewed"]) == 2
    assert after["stated"] == before["stated"]
    query = select(func.count()).where(AuditLine.action == "review.decide")
    assert session.scalar(query) == 1


def test_adjustment_without_a_reason_is_told_at_its_fact(
    reviewer: Program, things: Furnished, session: Session
) -> None:
    done = accept(reviewer, things, "services", services={"value": 9})
    assert problem(done, 422) == {"json": {"facts": {"services": {"reason": [
        "请写明理由，支部将看到。"
    ]}}}}  # fmt: skip
    assert session.scalar(select(func.count()).select_from(FactReview)) == 0


def test_fact_of_another_indicator_is_refused(reviewer: Program, things: Furnished) -> None:
    done = accept(reviewer, things, "services", brand={"value": True})
    assert set(problem(done, 422)["json"]["facts"]) == {"brand"}


def test_decision_on_what_somebody_else_has_decided_is_refused(
    reviewer: Program, things: Furnished
) -> None:
    path = indicator_of(things, "services")
    read = reviewer.tag(path)
    assert accept(reviewer, things, "services").status_code == 200
    body = {"decision": "accept"}
    assert reviewer.send("PUT", path, body, If_Match=read).status_code == 412
    assert reviewer.send("PUT", path, body).status_code == 428


def test_unknown_indicator_is_not_there(reviewer: Program, things: Furnished) -> None:
    assert reviewer.get(indicator_of(things, "nothing")).status_code == 404
    done = reviewer.send("PUT", indicator_of(things, "nothing"), {"decision": "accept"})
    assert done.status_code == 404


def test_application_goes_back_with_what_is_marked(reviewer: Program, things: Furnished) -> None:
    body = {"decision": "to_mend", "note": "请补签到表"}
    done = reviewer.change("PUT", indicator_of(things, "services"), body)
    assert (done.json or {})["standing"] == "to_mend"
    done = act(reviewer, things, "return", {"message": "三日内补正"})
    assert done.json["state"] == "returned"


def test_mark_without_words_is_refused(reviewer: Program, things: Furnished) -> None:
    done = reviewer.change("PUT", indicator_of(things, "services"), {"decision": "to_mend"})
    assert set(problem(done, 422)["json"]) == {"note"}


def test_review_with_open_indicators_cannot_be_finished(
    reviewer: Program, things: Furnished
) -> None:
    assert problem(act(reviewer, things, "finish"), 409) is None


def test_finished_review_is_reopened_with_a_reason(reviewer: Program, things: Furnished) -> None:
    reviewed(reviewer, things)
    assert (reviewer.get(review_of(things)).json or {})["state"] == "reviewed"
    done = act(reviewer, things, "reopen", {"reason": "支部补充了材料"})
    assert done.json["state"] == "submitted"


def test_review_is_not_there_for_the_branch_and_not_to_be_changed_by_the_organiser(
    branch: Program, organiser: Program, things: Furnished
) -> None:
    assert branch.get(review_of(things)).status_code == 404
    assert organiser.get(review_of(things)).status_code == 200
    assert accept(organiser, things, "services").status_code == 404


def test_list_is_put_in_order_and_read_again(reviewer: Program, things: Furnished) -> None:
    reviewed(reviewer, things)
    path = list_of(things)
    entry = {"participant_id": things.first.id, "level": "three_star", "note": "重点培育"}
    done = reviewer.change("PUT", path, {"entries": [entry]})
    assert done.status_code == 200
    read = reviewer.get(path).json
    assert read is not None
    assert read["entries"] == [entry]
    assert [each["participant_id"] for each in read["candidates"]] == [things.first.id]
    assert reviewer.change("PUT", path, {"entries": []}).json["entries"] == []  # type: ignore[index]


def test_list_takes_no_stranger_no_unknown_level_and_nobody_twice(
    reviewer: Program, things: Furnished
) -> None:
    reviewed(reviewer, things)
    first = things.first.id
    entries = [
        {"participant_id": things.second.id, "level": "three_star"},
        {"participant_id": first, "level": "six_star"},
        {"participant_id": first, "level": "three_star"},
    ]
    found = problem(reviewer.change("PUT", list_of(things), {"entries": entries}), 422)
    wrong = {number: set(each) for number, each in found["json"]["entries"].items()}
    assert wrong == {"0": {"participant_id"}, "1": {"level"}, "2": {"participant_id"}}


def test_list_of_another_committee_is_not_there(reviewer: Program, things: Furnished) -> None:
    path = f"/rounds/{things.made.id}/recommendations"
    rows = (reviewer.get(path).json or {})["rows"]
    assert [each["committee_id"] for each in rows] == [things.district.east.id]
    west = f"{path}/{things.district.west.id}/community"
    assert reviewer.get(west).status_code == 404
    assert reviewer.send("PUT", west, {"entries": []}).status_code == 404


def list_of(things: Furnished) -> str:
    return f"/rounds/{things.made.id}/recommendations/{things.district.east.id}/community"
