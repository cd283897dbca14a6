"""What keeps jobs apart from the pages: their lock, their notes, no port and nothing slow."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from threading import Event
from typing import Any

import at_work
import psutil
import pytest
from flask import Flask
from sqlalchemy import text, update
from working import Start, ask, await_progress, look

from evaluator.database import db, unit_of_work
from evaluator.jobs import foreman
from evaluator.jobs.alone import alone
from evaluator.jobs.foreman import work_off
from evaluator.jobs.models import Job, JobState, JobStep
from evaluator.jobs.queries import Progress


def test_lock_has_one_holder_until_it_is_given_back(jobs: Flask) -> None:
    with alone(jobs, db.engine) as first, alone(jobs, db.engine) as second:
        assert (first is not None, second) == (True, None)
    with alone(jobs, db.engine) as third:
        assert third is not None
        assert third()


def test_lock_whose_connection_is_cut_is_not_held(jobs: Flask, database: str) -> None:
    if not database:
        return
    with alone(jobs, db.engine) as held:
        assert held is not None
        with db.engine.connect() as other:
            other.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
            )
        assert not held()


def test_job_is_done_again_where_the_rows_are_older_than_the_notes(jobs: Flask) -> None:
    """The database was restored from a copy, the engine's notes were not."""
    number = ask(count=2)
    work_off(jobs, at_work.make, Event())
    with unit_of_work(db.session) as session:
        session.execute(update(Job).values(state=JobState.RUNNING))
        session.execute(update(JobStep).values(done_at=None))
    work_off(jobs, at_work.make, Event())
    assert look(number) == Progress(JobState.DONE, 3, 3)


def test_job_goes_on_where_the_notes_are_lost(jobs: Flask, config: dict[str, Any]) -> None:
    number = ask(count=2)
    work_off(jobs, at_work.make, Event())
    with unit_of_work(db.session) as session:
        session.execute(update(Job).values(state=JobState.RUNNING))
    notes = Path(config["DATA_FOLDER"]) / "jobs.db"
    notes.unlink(missing_ok=True)
    work_off(jobs, at_work.make, Event())
    assert look(number) == Progress(JobState.DONE, 3, 3)
    assert set(at_work.effects(db.session).values()) == {1}


def test_processes_of_a_job_listen_at_no_port(jobs: Flask, program: Start) -> None:
    number = ask(count=20, seconds=0.3)
    service = psutil.Process(program().pid)
    await_progress(number, lambda found: found.done > 1)
    every = service.children(recursive=True)
    connections = [each for process in every for each in process.net_connections("inet")]
    assert len(every) >= 3
    assert {each.status for each in connections} <= {"ESTABLISHED"}
    assert {each.raddr.ip for each in connections if each.raddr} <= {"127.0.0.1", "::1"}
    assert min(process.nice() for process in every if process.nice() > 0) == 10


def test_service_does_not_load_the_engine() -> None:
    told = "import evaluator.commands.serve, sys; print('dbos' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


class _Waits(Event):
    """Notes how long each wait would be, and stops after some."""

    def __init__(self, most: int):
        super().__init__()
        self.most, self.seen = most, list[float]()

    def wait(self, timeout: float | None = None) -> bool:
        self.seen.append(timeout or 0)
        return len(self.seen) > self.most


def test_foreman_whose_database_is_away_looks_ever_less_often(
    jobs: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([*[ConnectionError("the database is away")] * 6, None])

    def work(*_: object) -> None:
        error = next(answers)
        if error:
            raise error

    monkeypatch.setattr(foreman, "work_off", work)
    waits = _Waits(7)
    foreman._watch(jobs, at_work.make, waits)
    assert waits.seen == [2, 4, 8, 16, 32, 60, 60, 2]
