"""Every route answers exactly the roles that the matrix names, at their own place only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from unittest.mock import patch

import pytest
from district import District, make_account, make_district
from flask import Flask, url_for
from flask.testing import FlaskClient
from matrix import LETTERS, Row, read_matrix
from service import service, sign_in_as
from sqlalchemy import Connection
from sqlalchemy.orm import Session
from world import things_of

from evaluator.access import Role
from evaluator.access.guard import PUBLIC_ENDPOINTS
from evaluator.accounts.models import Account
from evaluator.database import db
from evaluator.organisations.models import Organisation

MATRIX = read_matrix()
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
        self.things = things_of(session, self.district)
        self.accounts = {
            (role, inside): make_account(session, role, self._place(role, inside))
            for role in Role
            for inside in (True, False)
        }
        session.commit()

    def _place(self, role: Role, inside: bool) -> Organisation:
        branch = role is Role.BRANCH_OFFICER
        if inside:
            return self.district.east_one if branch else self.district.east
        return self.district.west_one if branch else self.district.west

    def client_of(self, account: Account) -> FlaskClient:
        """Return a browser in which an account is signed in."""
        return sign_in_as(self.app, self.session, account)

    def address(self, row: Row) -> str:
        """Return the address of a route with things of the east."""
        values = {name: self.things.get(thing, thing) for name, thing in row.things}
        with self.app.test_request_context():
            return url_for(row.endpoint, **values)

    def answer(self, row: Row, client: FlaskClient) -> str:
        """Return what a browser is told: `page`, `hidden` or `sign in`; what it did is undone."""
        undo = self.connection.begin_nested()
        try:
            response = client.open(self.address(row), method=row.method)
        finally:
            undo.rollback()
            self.session.expire_all()
        if response.status_code in (301, 302, 303) and "/sign-in" in response.location:
            return "sign in"
        if response.status_code >= 500:
            return f"error {response.status_code}"
        return "hidden" if response.status_code == 404 else "page"


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
            expected[key] = "page" if allowed else "hidden"
            found[key] = world.answer(row, world.client_of(world.accounts[role, inside]))
    expected["nobody"] = "page" if row.public else "sign in"
    found["nobody"] = world.answer(row, world.app.test_client())
    assert found == expected
