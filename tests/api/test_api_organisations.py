"""Programs find, enter, edit and restructure organisations by the operations of the pages."""

from __future__ import annotations

from typing import Any

import pytest
from furnished import Furnished
from programs import Program, problem
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.audit.models import AuditLine
from evaluator.organisations.models import Organisation

LIST = "/organisations"
ACT = {"on": "2026-05-01", "reason": "区委文件"}


def codes(program: Program, words: str) -> list[str]:
    answer = program.get(f"{LIST}?{words}")
    assert answer.json is not None
    return [row["code"] for row in answer.json["rows"]]


def path_of(organisation: Organisation) -> str:
    return f"{LIST}/{organisation.id}"


def test_list_is_narrowed(organiser: Program, things: Furnished) -> None:
    below = f"below={things.district.east.id}"
    assert codes(organiser, "tier=committee") == ["E", "W"]
    assert codes(organiser, below) == ["E", "E1", "E2"]
    assert codes(organiser, "code=W1") == ["W1"]
    assert codes(organiser, "q=西二&status=active&category=community") == ["W2"]


def test_list_below_a_hidden_place_looks_like_one_below_nothing(
    branch: Program, things: Furnished
) -> None:
    hidden = problem(branch.get(f"{LIST}?below={things.district.west.id}"), 422)
    nothing = problem(branch.get(f"{LIST}?below=999999"), 422)
    assert hidden == nothing == {"query": {"below": ["没有这个党组织。"]}}


def test_new_organisation_is_entered(organiser: Program, things: Furnished) -> None:
    body = {"code": "E3", "parent_id": things.district.east.id, "name": "东三社区党支部"}
    body |= {"kind": "branch", "category": "community", "members": 12, "reason": "新成立"}
    answer = organiser.send("POST", LIST, body)
    assert answer.status_code == 201
    assert answer.json is not None
    read = organiser.get(f"{LIST}/{answer.json['id']}")
    assert (read.json, read.headers["ETag"]) == (answer.json, answer.headers["ETag"])
    assert (answer.json["tier"], answer.json["members"]) == ("branch", 12)


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"members": 1.0}, "members"),
        ({"members": "12"}, "members"),
        ({"members": True}, "members"),
        ({"kind": "club"}, "kind"),
        ({"code": "空 格"}, "code"),
        ({"parent_id": 999_999}, "parent_id"),
        ({"name": "东\u0000三"}, "name"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(
    organiser: Program, things: Furnished, wrong: dict[str, Any], place: str
) -> None:
    body = {"code": "E3", "parent_id": things.district.east.id, "name": "东三", "kind": "branch"}
    errors = problem(organiser.send("POST", LIST, {**body, "reason": "新", **wrong}), 422)
    assert list(errors["json"]) == [place]


def test_words_follow_the_language_that_is_asked_for(organiser: Program) -> None:
    errors = problem(organiser.send("POST", LIST, {}, Accept_Language="en"), 422)
    assert errors["json"]["code"] == ["This is missing; send it."]
    assert problem(organiser.send("POST", LIST, {}), 422)["json"]["code"] == ["缺少此项；请补上。"]


def test_edit_changes_what_is_given_alone(
    organiser: Program, things: Furnished, session: Session
) -> None:
    path = path_of(things.district.east_one)
    answer = organiser.change("PATCH", path, {"members": 31, "reason": "转入"})
    assert answer.json is not None
    assert (answer.status_code, answer.json["members"]) == (200, 31)
    assert answer.json["name"] == "东一社区党支部"
    assert organiser.tag(path) == answer.headers["ETag"]
    line = session.scalars(select(AuditLine).order_by(AuditLine.number.desc())).first()
    assert line is not None
    assert (line.action, line.reason) == ("organisation.edit", "转入")


def test_edit_without_or_with_an_old_etag_is_refused(
    organiser: Program, things: Furnished, session: Session
) -> None:
    path = path_of(things.district.east_one)
    old, body = organiser.tag(path), {"members": 31, "reason": "转入"}
    problem(organiser.send("PATCH", path, body), 428)
    problem(organiser.send("PATCH", path, body, If_Match="*"), 428)
    assert organiser.send("PATCH", path, body, If_Match=old).status_code == 200
    problem(organiser.send("PATCH", path, {**body, "members": 7}, If_Match=old), 412)
    session.expire_all()
    assert things.district.east_one.members == 31


def test_hidden_organisation_is_not_there_whatever_is_sent(
    branch: Program, things: Furnished
) -> None:
    for body, headers in (({}, {}), ({"members": 1, "reason": "x"}, {"If_Match": '"x"'})):
        hidden = branch.send("PATCH", path_of(things.district.west_one), body, **headers)
        nothing = branch.send("PATCH", f"{LIST}/999999", body, **headers)
        assert (hidden.status_code, hidden.data) == (404, nothing.data)


def test_organisation_is_moved(organiser: Program, things: Furnished) -> None:
    path = path_of(things.district.east_one)
    body = {**ACT, "parent_id": things.district.west.id}
    answer = organiser.change("POST", f"{path}/move", body, read=path)
    assert answer.json is not None
    assert (answer.status_code, answer.json["committee_id"]) == (200, things.district.west.id)
    assert organiser.tag(path) == answer.headers["ETag"]


def test_organisations_are_merged(organiser: Program, things: Furnished) -> None:
    path, other = path_of(things.district.east_one), things.district.east_two
    body = {**ACT, "others": [other.id], "successor": {"code": "E9", "name": "东片联合党支部"}}
    answer = organiser.change("POST", f"{path}/merge", body, read=path)
    assert answer.json is not None
    assert (answer.status_code, answer.json["code"], answer.json["members"]) == (200, "E9", 40)
    read = organiser.get(path_of(other)).json
    assert read is not None
    assert read["status"] == "merged"


def test_organisation_is_split(organiser: Program, things: Furnished) -> None:
    path = path_of(things.district.east_one)
    parts = [{"code": f"E1{each}", "name": f"东一第{each}党支部", "members": 5} for each in "ab"]
    answer = organiser.change(
        "POST", f"{path}/split", {**ACT, "parts": parts, "goes_on": True}, read=path
    )
    assert answer.json is not None
    assert [each["code"] for each in answer.json["parts"]] == ["E1a", "E1b"]
    assert answer.json["organisation"]["members"] == 10


def test_mistake_in_a_part_names_the_part(organiser: Program, things: Furnished) -> None:
    path = path_of(things.district.east_one)
    parts = [{"code": "E1a", "name": "甲"}, {"code": "W1", "name": "乙"}]
    answer = organiser.change("POST", f"{path}/split", {**ACT, "parts": parts}, read=path)
    assert list(problem(answer, 422)["json"]["parts"]["1"]) == ["code"]


def test_organisation_with_others_below_is_not_dissolved(
    organiser: Program, things: Furnished
) -> None:
    path = path_of(things.district.east)
    answer = organiser.change("POST", f"{path}/dissolve", ACT, read=path)
    assert problem(answer, 409) is None
    path = path_of(things.district.east_one)
    answer = organiser.change("POST", f"{path}/dissolve", ACT, read=path)
    assert answer.json is not None
    assert answer.json["status"] == "dissolved"
