"""Migrations lead from nothing to the tables of the code and back, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text

from evaluator.migrations.running import configuration, differences, downgrade, upgrade


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Yield a database without tables."""
    if request.param == "sqlite":
        engine = create_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    else:
        engine = _another(request.getfixturevalue("postgresql"))
    yield engine
    engine.dispose()


def _another(url: str) -> Engine:
    """Return a new database beside the one that other tests use."""
    first = create_engine(url, isolation_level="AUTOCOMMIT")
    with first.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS migrated"))
        connection.execute(text("CREATE DATABASE migrated"))
    first.dispose()
    return create_engine(first.url.set(database="migrated"))


def revisions(engine: Engine) -> list[str]:
    """Return the versions from the first to the newest."""
    with engine.connect() as connection:
        script = ScriptDirectory.from_config(configuration(connection))
        return [each.revision for each in script.walk_revisions()][::-1]


def test_newest_version_has_the_tables_of_the_code(empty: Engine) -> None:
    upgrade(empty)
    assert differences(empty) == []


def test_every_version_leads_up_and_back(empty: Engine) -> None:
    for revision in revisions(empty):
        upgrade(empty, revision)
        downgrade(empty, "-1")
        upgrade(empty, revision)
    downgrade(empty, "base")
    assert inspect(empty).get_table_names() == ["alembic_version"]
