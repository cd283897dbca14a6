"""Writers of SQLite queue for their turn: none is refused, and none keeps it for ever."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

import evaluator.database  # noqa: F401 - its engines are those under test
from evaluator import sqlite

WRITERS, TIMES = 6, 15
ADD = text("UPDATE counter SET n = n + 1")
HOLDING = """
import sys, time
from sqlalchemy import create_engine, text
import evaluator.database
connection = create_engine(sys.argv[1]).connect()
connection.execute(text("UPDATE counter SET n = n + 100"))
print("held", flush=True)
time.sleep(60)
"""
ADDING = """
import sys
from sqlalchemy import create_engine, text
import evaluator.database
engine = create_engine(sys.argv[1])
for _ in range(int(sys.argv[2])):
    with engine.begin() as connection:
        connection.execute(text("UPDATE counter SET n = n + 1"))
"""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = create_engine(f"sqlite:///{tmp_path / 'counted.db'}")
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE counter (n INTEGER)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))
    yield made
    made.dispose()


def counted(engine: Engine) -> int:
    with engine.connect().execution_options(writes=False) as connection:
        return int(connection.scalar(text("SELECT n FROM counter")) or 0)


def run(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True
    )


def ended(process: subprocess.Popen[str]) -> int:
    process.communicate()
    return process.returncode


def add(engine: Engine, times: int) -> None:
    for _ in range(times):
        with engine.begin() as connection:
            connection.execute(ADD)


def test_threads_and_processes_at_once_are_all_served(engine: Engine) -> None:
    others = [run(ADDING, str(engine.url), str(TIMES)) for _ in range(2)]
    threads = [Thread(target=add, args=(engine, TIMES)) for _ in range(WRITERS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert [ended(each) for each in others] == [0, 0]
    assert counted(engine) == (WRITERS + 2) * TIMES


def test_turn_of_a_killed_process_goes_to_the_next_one(engine: Engine) -> None:
    other = run(HOLDING, str(engine.url))
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    waiting = Thread(target=add, args=(engine, 1))
    waiting.start()
    waiting.join(0.3)
    assert waiting.is_alive()
    other.send_signal(signal.SIGKILL)
    waiting.join()
    assert ended(other) == -signal.SIGKILL
    assert counted(engine) == 1


def test_what_is_rolled_back_or_left_open_passes_the_turn_on(engine: Engine) -> None:
    undone = engine.connect()
    undone.execute(ADD)
    undone.rollback()
    left = engine.connect()
    left.execute(ADD)
    left.invalidate()
    with pytest.raises(OperationalError, match="no such table"), engine.begin() as connection:
        connection.execute(text("UPDATE absent SET n = 1"))
    add(engine, 1)
    assert counted(engine) == 1


def test_reader_goes_beside_the_writer(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(ADD)
        assert counted(engine) == 0


def test_writer_behind_itself_is_told_that_the_database_is_locked(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE", 0.05)
    with engine.begin() as connection:
        connection.execute(ADD)
        with pytest.raises((OperationalError, sqlite3.OperationalError), match="is locked"):
            add(engine, 1)
    add(engine, 1)
    assert counted(engine) == 2
