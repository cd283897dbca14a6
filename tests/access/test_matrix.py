"""Every route answers exactly the roles that the matrix names, at their own place only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from unittest.mock import patch

import pytest
from district import District, make_account, make_district
from flask import Flask, url_for
from flask.testing import FlaskClient
from matrix import LETTERS, Row, read_matrix
from service import browser_with, service, token_for
from sqlalchemy import Connection
from sqlalchemy.orm import Session
from world import things_of

from evaluator.access import Permission, Role
from evaluator.access.guard import PUBLIC_ENDPOINTS
from evaluator.accounts.models import Account, ApiToken
from evaluator.accounts.sessions import LASTS, token_digest
from evaluator.database import db, now
from evaluator.organisations.models import Organisation

MATRIX = read_matrix()
PLACES = ("root", "east", "west")
IGNORED = {"HEAD", "OPTIONS"}


def routes() -> list[tuple[str, str]]:
    """Return every endpoint of the service with its methods."""
    app = service(Path(mkdtemp()))
    found = {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - IGNORED
    }
    return sorted(
        (endpoint, method)
        for endpoint, method in found
        if endpoint not in PUBLIC_ENDPOINTS and not endpoint.endswith(".static")
    )


ROUTES = routes()


class World:
    """A district with a thing of every kind in its east, and an account for each role and place."""

    def __init__(self, app: Flask, connection: Connection, session: Session):
        self.app = app
        self.connection = connection
        self.session = session
        self.district: District = make_district(session)
        self.tokens = {(role, place): self._token(role, place) for role in Role for place in PLACES}
        self.things = things_of(app, session, self.district)
        # Nothing of ours may be open while requests are undone one by one.
        session.commit()

    def _token(self, role: Role, place: str) -> str:
        name = f"{role.value}-{place}"
        account = make_account(self.session, role, self._place(role, place), name)
        token = token_for(self.session, account)
        for_programs(self.session, account, token)
        return token

    def _place(self, role: Role, place: str) -> Organisation:
        if role is Role.BRANCH_OFFICER:
            return self.district.west_one if place == "west" else self.district.east_one
        return {"root": self.district.root, "east": self.district.east, "west": self.district.west}[
            place
        ]

    def browser(self, row: Row, role: Role, inside: bool) -> FlaskClient:
        """Return a browser of a role where a route should be open to it, or should not."""
        places = ("root", "east") if row.at_root else ("east", "west")
        token = self.tokens[role, places[0] if inside else places[1]]
        browser = browser_with(self.app, token)
        # Programs come with a token of the same rights; pages pass over it.
        browser.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        return browser

    def address(self, row: Row) -> str:
        """Return the address of a route with things of the east."""
        values = {name: self.things.get(thing, thing) for name, thing in row.things}
        with self.app.test_request_context():
            return url_for(row.endpoint, **values)

    def answer(self, row: Row, client: FlaskClient) -> str:
        """Return what a browser is told: `page`, `hidden` or `sign in`; what it did is undone."""
        undo = self.connection.begin_nested()
        try:
            response = client.open(self.address(row), method=row.method, data=row.sent or b"x")
            response.close()
        finally:
            undo.rollback()
        if response.status_code == 401:
            return "sign in"
        if response.status_code in (301, 302, 303) and "/sign-in?next=" in response.location:
            return "page" if row.public else "sign in"
        if response.status_code >= 500:
            return f"error {response.status_code}"
        return "hidden" if response.status_code == 404 else "page"


def for_programs(session: Session, account: Account, token: str) -> None:
    """Let a token stand for an account with every scope."""
    moment = now()
    scopes: list[Any] = [each.value for each in Permission]
    named = {"name": "matrix", "token_hash": token_digest(token), "scopes": scopes}
    session.add(ApiToken(account_id=account.id, created_at=moment, ends_at=moment + LASTS, **named))


@pytest.fixture(scope="module")
def world(app: Flask) -> Iterator[World]:
    """Yield the world of this module, taken back at its end."""
    with app.app_context(), db.engine.connect() as connection:
        outer = connection.begin()
        within = {"bind": connection, "join_transaction_mode": "create_savepoint"}
        with patch.dict(db.sessionmaker.kw, within):
            yield World(app, connection, db.session)
        db.session.close()
        outer.rollback()


def test_every_route_has_a_row() -> None:
    assert sorted(set(MATRIX) ^ set(ROUTES)) == []


@pytest.mark.parametrize("route", ROUTES, ids="-".join)
def test_route_answers_those_of_the_matrix(world: World, route: tuple[str, str]) -> None:
    row = MATRIX[route]
    expected, found = {}, {}
    for letter, role in LETTERS.items():
        for inside in (True, False):
            key = f"{letter} {'inside' if inside else 'outside'}"
            allowed = row.public or (role in row.roles and (inside or not row.has_object))
            allowed = allowed and not row.absent
            expected[key] = "page" if allowed else "hidden"
            found[key] = world.answer(row, world.browser(row, role, inside))
    expected["nobody"] = "hidden" if row.absent else "page" if row.public else "sign in"
    found["nobody"] = world.answer(row, world.app.test_client())
    assert found == expected
