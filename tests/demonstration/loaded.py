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
from service import service, sign_in_as
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.database import db
from evaluator.demonstration.calendar import Step
from evaluator.demonstration.loading import YEAR, Loaded, load
from evaluator.demonstration.people import NAMES
from evaluator.files import read_round
from evaluator.files.workbook import write_workbook
from evaluator.rule_sets.reading import read_files
from evaluator.rule_sets.shipped import shipped

WORKBOOK = Path(__file__).parents[2] / "examples/2026/round.xlsx"


class Demonstration:
    """A service with the demonstration in it."""

    def __init__(self, app: Flask, session: Session, loaded: Loaded):
        self.app, self.session, self.loaded = app, session, loaded

    def browser_of(self, role: Role) -> FlaskClient:
        """Return a browser in which the person of a role is signed in."""
        return self.browser_named(NAMES[role][0])

    def browser_named(self, login_name: str) -> FlaskClient:
        """Return a browser in which somebody is signed in."""
        query = select(Account).where(Account.login_name == login_name)
        return sign_in_as(self.app, self.session, self.session.scalars(query).one())

    def links(self, role: Role) -> list[str]:
        """Return where the tasks on the start page of a role lead."""
        return self.links_in(self.browser_of(role))

    def links_in(self, browser: FlaskClient) -> list[str]:
        """Return where the tasks on a start page lead."""
        page = browser.get("/").text
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


@contextmanager
def begun_at(step: Step, folder: Path) -> Iterator[Demonstration]:
    """Load the demonstration at a step with half of its branches, into a folder of its own."""
    app = service(folder)
    with app.app_context():
        with app.test_request_context():
            loaded = load(db.session, _half(folder / "half.xlsx"), step)
        db.session.commit()
        yield Demonstration(app, db.session, loaded)
        db.session.close()
        db.engine.dispose()


def _half(path: Path) -> Path:
    """Write the workbook with all communities and a third of the others: it loads twice as fast."""
    drafts = [draft for name, draft in shipped().items() if name.startswith(f"{YEAR}/")]
    rule_sets = {each.category: each for each in (read_files(d.main, d.files) for d in drafts)}
    kept = [
        each
        for number, each in enumerate(read_round(WORKBOOK, rule_sets))
        if each.organisation.category == "community" or not number % 3
    ]
    write_workbook(rule_sets, path, kept)
    return path
