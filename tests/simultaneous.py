"""Several people at the very same moment, on a database of their own where all is committed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from service import service
from sqlalchemy import make_url
from werkzeug.test import TestResponse

from evaluator.database import db


@contextmanager
def own_service(request: pytest.FixtureRequest, folder: Path) -> Iterator[Flask]:
    """Yield a service on a new database of the kind that a fixture's parameter names."""
    url = ""
    if request.param == "postgresql":
        server = make_url(request.getfixturevalue("postgresql"))
        plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{folder.name}"')
        url = server.set(database=folder.name).render_as_string(hide_password=False)
    app = service(folder, url)
    yield app
    with app.app_context():
        db.engine.dispose()


def post_at_once(
    clients: Sequence[FlaskClient], url: str, forms: Sequence[dict[str, Any]]
) -> list[TestResponse]:
    """Return the answers to forms that are sent at the same moment, by lowest status."""
    barrier, found = Barrier(len(clients)), []

    def send(client: FlaskClient, form: dict[str, Any]) -> None:
        barrier.wait()
        found.append(client.post(url, data=form))

    threads = [Thread(target=send, args=each) for each in zip(clients, forms, strict=True)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sorted(found, key=lambda answer: answer.status_code)
