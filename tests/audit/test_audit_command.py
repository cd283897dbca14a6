"""`evaluator audit verify` on both databases, as a shell runs it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from logbook import alter, write
from service import service
from sqlalchemy import create_engine, text

from evaluator.cli import main
from evaluator.database import db


@pytest.fixture(params=["sqlite", "postgresql"])
def log(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Flask]:
    """Yield a service whose database the command line finds by the environment."""
    server = request.getfixturevalue("postgresql") if request.param == "postgresql" else ""
    url = _another(server) if server else ""
    monkeypatch.setenv("EVALUATOR_DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("EVALUATOR_DATABASE_URL", url)
    app = service(tmp_path, url)
    with app.app_context():
        yield app
        db.session.close()
        db.engine.dispose()


def _another(url: str) -> str:
    """Return a new database beside the one that other tests use."""
    first = create_engine(url, isolation_level="AUTOCOMMIT")
    with first.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS log_of_command WITH (FORCE)"))
        connection.execute(text("CREATE DATABASE log_of_command"))
    first.dispose()
    return first.url.set(database="log_of_command").render_as_string(hide_password=False)


def verify(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["audit", "verify", *arguments])


def test_log_that_holds_ends_well(log: Flask) -> None:
    write(db.session, 3)
    done = verify()
    assert (done.exit_code, "共3行" in done.stdout) == (0, True)
    end = done.stdout.split("End: ")[1].strip()
    write(db.session, 1)
    assert verify("--known", end).exit_code == 0


def test_broken_log_is_told_in_both_languages_with_exit_code_1(log: Flask) -> None:
    write(db.session, 3)
    alter(db.session, 2, reason="x")
    db.session.commit()
    done = verify()
    assert done.exit_code == 1
    assert done.stdout == (
        "第2行：该行与前一行的摘要衔接不上：该行或前一行被改动过。"
        "Line 2: it does not follow from the line before: one of the two was altered.\n"
    )
    assert done.stderr == "审计日志有1处问题。The log is broken in 1 place(s).\n"


def test_noted_end_that_cannot_be_read_is_told(log: Flask) -> None:
    done = verify("--known", "3:abc")
    assert (done.exit_code, "64 digits" in done.stderr) == (2, True)
