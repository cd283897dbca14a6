"""Whatever is sent, every operation answers as its description says."""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import Context
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from unittest.mock import patch

import pytest
import schemathesis
from flask import Flask
from furnished import Furnished, furnish
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from service import service
from sqlalchemy import Connection

from evaluator.database import db

CHECKS: list[CheckFunction] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
EXAMPLES = {GenerationMode.POSITIVE: 3, GenerationMode.NEGATIVE: 2}
Sent = tuple[Case, bool]
OF_REVIEWERS = ("/reviews/", "/recommendations", "/appraisal", "/site-check")


class Switch:
    """The way to whichever service is tested: cases are made once and sent to all of them."""

    app: Flask

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        """Answer a request as a server would, in a context of its own."""
        return Context().run(self.app, environ, start)


SWITCH = Switch()


@cache
def cases() -> list[Sent]:
    """Return some requests of every operation, each with whether it is about known things."""
    SWITCH.app = service(Path(mkdtemp()))
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", SWITCH)
    return [
        each
        for operation in schema.get_all_operations()
        for mode, count in EXAMPLES.items()
        for each in _some(operation.ok().as_strategy(generation_mode=mode), count)
    ]


def _some(strategy: st.SearchStrategy[Case], count: int) -> list[Sent]:
    found: list[Sent] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def note(case: Case) -> None:
        found.append((case, len(found) % 2 == 0))

    note()
    return found


class Asked:
    """The service with a furnished district; what a request changes is taken back."""

    def __init__(self, app: Flask, connection: Connection):
        SWITCH.app = app
        self.connection = connection
        self.things: Furnished = furnish(db.session)
        self.numbers = self.things.numbers()
        # Nothing of ours may be open while requests are undone one by one.
        db.session.commit()

    def ask(self, case: Case, headers: dict[str, str], known: bool) -> None:
        """Send a case, and check the answer."""
        undo = self.connection.begin_nested()
        try:
            if known:
                self._of_known_things(case, headers)
            case.call_and_validate(headers=headers, checks=CHECKS)
        finally:
            undo.rollback()

    def _of_known_things(self, case: Case, headers: dict[str, str]) -> None:
        fills_in = case.method != "GET" and "/applications/" in case.operation.path
        draft = {"participant_id": self.things.second.id} if fills_in else {}
        for name in case.path_parameters:
            case.path_parameters[name] = {**self.numbers, **draft}[name]
        if "If-Match" in case.headers:
            path = case.formatted_path
            read = path.rpartition("/")[0] if case.method == "POST" else path
            answer = SWITCH.app.test_client().get(read, headers=headers)
            case.headers["If-Match"] = answer.headers.get("ETag", '"none"')


@pytest.fixture(scope="module")
def asked(app: Flask) -> Iterator[Asked]:
    cases()
    with app.app_context(), db.engine.connect() as connection:
        outer = connection.begin()
        within = {"bind": connection, "join_transaction_mode": "create_savepoint"}
        with patch.dict(db.sessionmaker.kw, within):
            yield Asked(app, connection)
        db.session.close()
        outer.rollback()


@pytest.mark.parametrize("who", ["organiser", "branch", "reviewer"])
def test_every_operation_answers_as_described(asked: Asked, who: str) -> None:
    headers: dict[str, str] = getattr(asked.things, who)
    for case, known in cases():
        if who != "reviewer" or any(each in case.operation.path for each in OF_REVIEWERS):
            asked.ask(case, headers, known)
    assert len({(case.method, case.operation.path) for case, _ in cases()}) >= 50
