"""A connection that was closed while it rested is opened anew, and one in use is not asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from counting import counted
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

import evaluator.database  # noqa: F401 - its engines are those under test
from evaluator import rested

NUMBER = text("SELECT pg_backend_pid()")
END = text("SELECT pg_terminate_backend(:number)")


@pytest.fixture
def engine(postgresql: str) -> Iterator[Engine]:
    made = create_engine(postgresql, pool_size=1)
    yield made
    made.dispose()


def ended(postgresql: str, engine: Engine) -> int:
    """Let the database close the connection that the pool keeps; return its number."""
    with engine.connect() as connection:
        number = int(connection.scalar(NUMBER) or 0)
    other = create_engine(postgresql)
    with other.connect() as connection:
        connection.execute(END, {"number": number})
    other.dispose()
    return number


def test_a_connection_that_rested_is_opened_anew(
    postgresql: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rested, "RESTED", 0.0)
    before = ended(postgresql, engine)
    with engine.connect() as connection:
        assert connection.scalar(NUMBER) != before


def test_one_that_was_closed_while_in_use_fails_once(postgresql: str, engine: Engine) -> None:
    before = ended(postgresql, engine)
    with engine.connect() as connection, pytest.raises(OperationalError):
        connection.scalar(NUMBER)
    with engine.connect() as connection:
        assert connection.scalar(NUMBER) != before


def test_a_connection_in_use_is_not_asked(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_driver: object) -> bool:
        raise AssertionError("it was asked")

    monkeypatch.setattr(engine.dialect, "do_ping", refuse)
    for _ in range(2):
        with engine.connect() as connection, counted() as sent:
            connection.scalar(NUMBER)
        assert len(sent) == 1
