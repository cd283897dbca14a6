"""A request that is sent again, or twice at once, is done once and answered the same."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from furnished import Furnished
from programs import Program, problem
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluator.api.models import IdempotencyKey
from evaluator.database import now
from evaluator.organisations.models import Organisation

LIST = "/organisations"


def new(things: Furnished, **more: Any) -> dict[str, Any]:
    body = {"code": "E3", "parent_id": things.district.east.id, "name": "东三社区党支部"}
    return {**body, "kind": "branch", "reason": "新成立", **more}


def count(session: Session) -> int:
    session.expire_all()
    return session.scalar(select(func.count()).select_from(Organisation)) or 0


def test_same_request_again_is_answered_the_same_and_done_once(
    organiser: Program, things: Furnished, session: Session
) -> None:
    first = organiser.send("POST", LIST, new(things), Idempotency_Key="a")
    again = organiser.send("POST", LIST, new(things), Idempotency_Key="a")
    assert (again.status_code, again.data) == (first.status_code, first.data) == (201, first.data)
    assert again.headers["ETag"] == first.headers["ETag"]
    assert count(session) == 8


def test_act_that_changed_its_etag_is_answered_again_all_the_same(
    organiser: Program, things: Furnished
) -> None:
    path = f"{LIST}/{things.district.east_one.id}"
    sent = {"If_Match": organiser.tag(path), "Idempotency_Key": "a"}
    answers = [
        organiser.send("POST", f"{path}/dissolve", {"reason": "撤销"}, **sent) for _ in range(2)
    ]
    assert [each.status_code for each in answers] == [200, 200]
    assert answers[0].data == answers[1].data


def test_key_of_another_request_is_refused(organiser: Program, things: Furnished) -> None:
    organiser.send("POST", LIST, new(things), Idempotency_Key="a")
    problem(organiser.send("POST", LIST, new(things, code="E4"), Idempotency_Key="a"), 422)


def test_key_is_that_of_its_account(organiser: Program, branch: Program, things: Furnished) -> None:
    organiser.send("POST", LIST, new(things), Idempotency_Key="a")
    path = f"/applications/{things.second.id}/submissions"
    assert branch.send("POST", path, {}, Idempotency_Key="a").status_code == 422
    assert branch.send("POST", path, {}, Idempotency_Key="a").json is not None


def test_request_that_failed_leaves_its_key_free(
    organiser: Program, things: Furnished, session: Session
) -> None:
    problem(organiser.send("POST", LIST, new(things, code="W1"), Idempotency_Key="a"), 422)
    assert organiser.send("POST", LIST, new(things), Idempotency_Key="a").status_code == 201
    assert count(session) == 8


def test_act_without_a_key_is_refused(organiser: Program, things: Furnished) -> None:
    for key in ("", "x" * 201):
        problem(organiser.send("POST", LIST, new(things), Idempotency_Key=key), 400)


def test_replay_needs_the_permission_still(
    organiser: Program, branch: Program, things: Furnished
) -> None:
    body = new(things)
    organiser.send("POST", LIST, body, Idempotency_Key="a")
    assert branch.send("POST", LIST, body, Idempotency_Key="a").status_code == 404


def test_old_keys_are_forgotten(organiser: Program, things: Furnished, session: Session) -> None:
    organiser.send("POST", LIST, new(things), Idempotency_Key="old")
    kept = session.scalars(select(IdempotencyKey)).one()
    kept.at = now() - timedelta(days=8)
    session.commit()
    organiser.send("POST", LIST, new(things, code="E4"), Idempotency_Key="new")
    session.expire_all()
    assert session.scalars(select(IdempotencyKey.key)).all() == ["new"]
