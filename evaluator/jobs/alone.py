"""The lock that lets one foreman work on the same data, given back by the system when it dies.

On SQLite it is the lock of a file beside the database, on PostgreSQL that of a connection, so that
services on several machines have one foreman between them.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

LOCK = 0x6A6F6273
"""The number of our lock among those of a PostgreSQL database: `jobs` in ASCII."""
Held = Callable[[], bool]


@contextmanager
def alone(app: Flask, engine: Engine) -> Iterator[Held | None]:
    """Yield a function that says whether the lock is still ours, or None where another has it."""
    holding = _by_connection(engine) if engine.dialect.name == "postgresql" else _by_file(app)
    with holding as held:
        yield held


@contextmanager
def _by_file(app: Flask) -> Iterator[Held | None]:
    path = Path(app.config["DATA_FOLDER"]) / "jobs.lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        yield None
        return
    try:
        yield lambda: True
    finally:
        os.close(descriptor)


@contextmanager
def _by_connection(engine: Engine) -> Iterator[Held | None]:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # A connection of the pool would be mended silently, without the lock.
        connection.detach()
        if not connection.scalar(select(func.pg_try_advisory_lock(LOCK))):
            yield None
            return
        held = _Session(connection)
        try:
            yield held.lives
        finally:
            # The server would notice a closed connection a moment later.
            if held.lives():
                connection.execute(select(func.pg_advisory_unlock(LOCK)))


class _Session:
    """A connection that holds our lock for as long as it lives."""

    def __init__(self, connection: Connection):
        self.connection = connection
        self.is_lost = False

    def lives(self) -> bool:
        """Return whether the connection is still the one that took the lock."""
        try:
            self.connection.execute(select(1))
        except SQLAlchemyError:
            self.is_lost = True
        return not self.is_lost
