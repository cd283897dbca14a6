"""Services of jobs: in the test's process, and in processes that are killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import at_work
import psycopg
import pytest
from factories import ROOT
from flask import Flask
from service import DATABASES
from sqlalchemy import make_url
from working import Start, kill

from evaluator.database import db


@pytest.fixture(autouse=True)
def found_by_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the processes of a job find the plans of these tests."""
    folders = (ROOT, ROOT / "tests", Path(__file__).parent)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(map(str, folders)))


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a new database; empty for SQLite in the data folder."""
    if request.param == "sqlite":
        return ""
    server = make_url(request.getfixturevalue("postgresql"))
    plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{tmp_path.name}"')
    return server.set(database=tmp_path.name).render_as_string(hide_password=False)


@pytest.fixture
def config(database: str, tmp_path: Path) -> dict[str, Any]:
    """Return what a service is told."""
    return {"DATA_FOLDER": str(tmp_path / "data"), "DATABASE_URL": database}


@pytest.fixture
def jobs(config: dict[str, Any]) -> Iterator[Flask]:
    """Yield a service of jobs on a new database, in its context."""
    app = at_work.settled(config)
    with app.app_context():
        yield app
        db.session.rollback()
        db.engine.dispose()


@pytest.fixture
def program(config: dict[str, Any]) -> Iterator[Start]:
    """Yield a function that starts a service in a process of its own; all are ended at the end.

    It is told which service, as Python calls it.
    """
    begun: list[subprocess.Popen[bytes]] = []

    def begin(call: str = "at_work.serve()") -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", f"import at_work; {call}", json.dumps(config)]
        process = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
        begun.append(process)
        return process

    yield begin
    for each in begun:
        kill(each)
