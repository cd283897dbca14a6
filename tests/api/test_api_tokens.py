"""A program acts by its token alone, within its scopes and the places of its account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from district import make_account, make_district
from flask.testing import FlaskClient
from furnished import Furnished
from programs import Program
from sqlalchemy import select
from sqlalchemy.orm import Session
from tokens import make_token

from evaluator.access import Permission, Role
from evaluator.accounts.models import Account, ApiToken
from evaluator.accounts.sessions import token_digest
from evaluator.database import now

LIST = "/api/v1/organisations"


def names(client: FlaskClient, headers: dict[str, str]) -> list[str]:
    return [row["code"] for row in client.get(LIST, headers=headers).json["rows"]]  # type: ignore[index]


def test_token_sees_the_places_of_its_account(session: Session, client: FlaskClient) -> None:
    district = make_district(session)
    reviewer = make_account(session, Role.COMMITTEE_REVIEWER, district.east)
    assert names(client, make_token(session, reviewer)) == ["E", "E1", "E2"]


def test_no_token_is_told_so(client: FlaskClient) -> None:
    answer = client.get(LIST)
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_signed_in_browser_is_nobody_here(
    session: Session, browser_of: Callable[[Account], FlaskClient]
) -> None:
    organiser = make_account(session, Role.ORGANISER, make_district(session).root)
    assert browser_of(organiser).get(LIST).status_code == 401


def test_scope_that_a_token_lacks_hides_the_route(session: Session, client: FlaskClient) -> None:
    organiser = make_account(session, Role.ORGANISER, make_district(session).root)
    headers = make_token(session, organiser, Permission.SEE_ROUNDS)
    assert client.get(LIST, headers=headers).status_code == 404
    assert client.get("/api/v1/rounds", headers=headers).status_code == 200


@pytest.mark.parametrize("flaw", ["over", "revoked", "inactive"])
def test_token_that_is_no_longer_good_is_nobody(
    session: Session, client: FlaskClient, flaw: str
) -> None:
    organiser = make_account(session, Role.ORGANISER, make_district(session).root)
    past = now() - timedelta(seconds=1)
    more = {"over": {"ends_at": past}, "revoked": {"revoked_at": past}, "inactive": {}}[flaw]
    headers = make_token(session, organiser, **more)
    organiser.is_active = flaw != "inactive"
    session.commit()
    assert client.get(LIST, headers=headers).status_code == 401


def test_organisation_of_another_committee_looks_as_if_it_did_not_exist(
    session: Session, client: FlaskClient
) -> None:
    district = make_district(session)
    headers = make_token(session, make_account(session, Role.COMMITTEE_REVIEWER, district.east))
    hidden = client.get(f"{LIST}/{district.west_one.id}", headers=headers)
    nothing = client.get(f"{LIST}/999999", headers=headers)
    assert (hidden.status_code, hidden.json) == (404, nothing.json)


def test_list_goes_on_where_it_ended(session: Session, client: FlaskClient) -> None:
    district = make_district(session)
    headers = make_token(session, make_account(session, Role.ORGANISER, district.root))
    first = client.get(f"{LIST}?limit=3", headers=headers).json
    assert first is not None
    rest = client.get(f"{LIST}?limit=100&after={first['next']}", headers=headers).json
    assert rest is not None
    codes = [row["code"] for row in first["rows"] + rest["rows"]]
    assert (codes, rest["next"]) == (["D", "E", "W", "E1", "E2", "W1", "W2"], None)


def test_unknown_word_of_a_query_is_named(session: Session, client: FlaskClient) -> None:
    district = make_district(session)
    headers = make_token(session, make_account(session, Role.ORGANISER, district.root))
    answer = client.get(f"{LIST}?limt=3", headers=headers)
    assert answer.status_code == 422
    assert answer.json is not None
    assert answer.json["errors"] == {"query": {"limt": ["此处没有这个名称；请改正或删去。"]}}


def test_what_is_known_already_is_not_sent_again(session: Session, client: FlaskClient) -> None:
    district = make_district(session)
    headers = make_token(session, make_account(session, Role.ORGANISER, district.root))
    address = f"{LIST}/{district.east.id}"
    tag = client.get(address, headers=headers).headers["ETag"]
    assert client.get(address, headers={**headers, "If-None-Match": tag}).status_code == 304


def test_token_knows_when_it_last_changed_something_and_not_when_it_read(
    client: FlaskClient, things: Furnished, session: Session
) -> None:
    def noted() -> datetime | None:
        session.expire_all()
        headers = things.branch["Authorization"].removeprefix("Bearer ")
        query = select(ApiToken.used_at).where(ApiToken.token_hash == token_digest(headers))
        return session.scalars(query).one()

    program, path = Program(client, things.branch), f"/applications/{things.second.id}/answers"
    program.get(path)
    assert noted() is None
    assert program.send("PATCH", path, {"facts": {}}).status_code == 428
    assert noted() is None
    assert program.change("PATCH", path, {"facts": {}}).status_code == 200
    first = noted()
    assert first is not None
    assert program.change("PATCH", path, {"facts": {}}).status_code == 200
    assert noted() == first
