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
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

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
        key = {"key": LOCK}
        ours = connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), key)

        def held() -> bool:
            try:
                return bool(connection.scalar(text("SELECT 1")))
            except DBAPIError:
                return False

        yield held if ours else None
        if ours and held():
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), key)
