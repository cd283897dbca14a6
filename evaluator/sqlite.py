"""SQLite as the service uses it: readers beside one writer, and writers that queue for their turn.

SQLite itself lets a writer who finds another one at work sleep, for longer each time it looks
again. Where hundreds save in the same minute, some always look when another has just begun. Here
they wait in a queue instead: for a lock within the process, then for the lock of a file beside the
database, which the system gives to the next process in the moment when it becomes free, and takes
back from one that was killed.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections import defaultdict
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

PATIENCE = 30
"""Seconds that a writer waits within its process before it is told that the database is locked."""
_TURNS: defaultdict[str, Lock] = defaultdict(Lock)


class QueueingConnection(sqlite3.Connection):
    """A connection that has its turn from `begin_writing` to the end of the transaction."""

    def __init__(self, path: str, *settings: Any, **more: Any):
        super().__init__(path, *settings, **more)
        self._path = os.path.realpath(path) if os.path.exists(path) else ""
        self._file = -1
        self._has_turn = False

    def begin_writing(self) -> None:
        """Begin a transaction that may write, as soon as nobody else's does."""
        self._take_turn()
        try:
            self.execute("BEGIN IMMEDIATE")
        except BaseException:
            self._pass_on()
            raise

    def commit(self) -> None:
        """Keep what was written, and let the next one write."""
        super().commit()
        self._pass_on()

    def rollback(self) -> None:
        """Drop what was written, and let the next one write."""
        try:
            super().rollback()
        finally:
            self._pass_on()

    def close(self) -> None:
        """Close the connection, and let the next one write."""
        try:
            super().close()
        finally:
            self._pass_on()
            if self._file >= 0:
                os.close(self._file)
                self._file = -1

    def _take_turn(self) -> None:
        """Wait for the turn; a database that lives in memory belongs to one connection."""
        if not self._path:
            return
        if not _TURNS[self._path].acquire(timeout=PATIENCE):
            raise sqlite3.OperationalError("database is locked")
        self._has_turn = True
        if self._file < 0:
            # Not the database itself: whoever closes that file loses SQLite's own locks on it.
            self._file = os.open(f"{self._path}-turn", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def _pass_on(self) -> None:
        if self._has_turn:
            self._has_turn = False
            fcntl.flock(self._file, fcntl.LOCK_UN)
            _TURNS[self._path].release()


@event.listens_for(Engine, "do_connect")
def _connect(
    dialect: Dialect, _record: ConnectionPoolEntry, _given: Any, settings: dict[str, Any]
) -> None:
    """Let every engine of SQLite make connections that queue."""
    if dialect.name == "sqlite":
        settings["factory"] = QueueingConnection


@event.listens_for(Engine, "connect")
def _settle(connection: Any, _record: ConnectionPoolEntry) -> None:
    """Let SQLite keep foreign keys, readers beside a writer, and our own transactions.

    `synchronous` stays FULL, so that what was acknowledged survives a loss of power as well.
    """
    if isinstance(connection, sqlite3.Connection):
        # The driver would begin a transaction only at the first write; `_begin` does it.
        connection.isolation_level = None
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """Begin a transaction; one that will write takes its turn at once.

    Two readers that both turn into writers cannot be served, one of them would fail for nothing.
    """
    if connection.dialect.name == "sqlite":
        if connection.get_execution_options().get("writes", True):
            begin_writing(connection)
        else:
            connection.exec_driver_sql("BEGIN")


def begin_writing(connection: Connection) -> None:
    """Begin a transaction of SQLite that may write, when its turn has come."""
    driver: Any = connection.connection.dbapi_connection
    driver.begin_writing()
