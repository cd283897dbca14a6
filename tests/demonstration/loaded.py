"""The demonstration, loaded once for the tests of a module on each database."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from flask import Flask
from flask.testing import FlaskClient
from service import sign_in_as
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.database import db
from evaluator.demonstration.loading import Loaded, load
from evaluator.demonstration.people import NAMES

WORKBOOK = Path(__file__).parents[2] / "examples/2026/round.xlsx"


class Demonstration:
    """A service with the demonstration in it."""

    def __init__(self, app: Flask, session: Session, loaded: Loaded):
        self.app, self.session, self.loaded = app, session, loaded

    def browser_of(self, role: Role) -> FlaskClient:
        """Return a browser in which the person of a role is signed in."""
        query = select(Account).where(Account.login_name == NAMES[role][0])
        return sign_in_as(self.app, self.session, self.session.scalars(query).one())

    def links(self, role: Role) -> list[str]:
        """Return where the tasks on the start page of a role lead."""
        page = self.browser_of(role).get("/").text
        found = re.findall(r'<li class="task[^>]*>.*?href="([^"]+)"', page, re.DOTALL)
        return [html.unescape(each) for each in found]


@contextmanager
def demonstration(app: Flask) -> Iterator[Demonstration]:
    """Load the demonstration into a transaction that is taken back at the end."""
    with app.app_context(), db.engine.connect() as connection:
        outer = connection.begin()
        within = {"bind": connection, "join_transaction_mode": "create_savepoint"}
        with patch.dict(db.sessionmaker.kw, within):
            with app.test_request_context():
                loaded = load(db.session, WORKBOOK)
            db.session.commit()
            yield Demonstration(app, db.session, loaded)
        db.session.close()
        outer.rollback()
