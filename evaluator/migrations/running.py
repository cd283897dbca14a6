"""Running migrations on an engine, and telling whether the tables are those of the code."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine

from evaluator.tables import METADATA


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring a database to a version, the newest where none is named; nothing is lost."""
    with _migrating(engine) as connection:
        command.upgrade(configuration(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take a database back to an older version; `base` removes all tables."""
    with _migrating(engine) as connection:
        command.downgrade(configuration(connection), revision)


def differences(engine: Engine) -> list[Any]:
    """Return what tells the tables of a database from those of the code; empty where none does."""
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), METADATA))


@contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """Yield a connection in one transaction, in which SQLite may replace a table by its copy.

    With foreign keys on, dropping the old table would delete the rows that refer to it.
    """
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        sqlite = driver if isinstance(driver, sqlite3.Connection) else None
        if sqlite:
            sqlite.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if sqlite:
                    _check_keys(connection)
        finally:
            if sqlite:
                sqlite.execute("PRAGMA foreign_keys=ON")


def _check_keys(connection: Connection) -> None:
    """Refuse a migration that leaves a row without the row it refers to."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"rows refer to rows that are not there: {broken[:10]}")


def configuration(connection: Connection) -> Config:
    """Return the settings of Alembic for a connection; there is no file of them."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config
