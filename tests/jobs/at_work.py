"""A service of jobs alone, without pages, in this process or in one that can be killed."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from threading import Event
from typing import Any

from flask import Flask
from sqlalchemy import Column, Integer, MetaData, String, Table, insert, select
from sqlalchemy.orm import Session

from evaluator.config import configure
from evaluator.database import Base, db, take_turn
from evaluator.jobs import foreman
from evaluator.jobs.models import Job, JobStep
from evaluator.jobs.plans import Arguments, job
from evaluator.storage import set_up_storage, storage

ELSEWHERE = MetaData()
EFFECTS = Table(
    "effect",
    ELSEWHERE,
    Column("id", Integer, primary_key=True),
    Column("step", String(100)),
    Column("engine", Integer),
)
"""A row a step; nothing but the jobs themselves keeps a step from having two."""


def make(config: Mapping[str, Any]) -> Flask:
    """Return the service."""
    app = Flask("jobs")
    configure(app, config)
    db.init_app(app)
    set_up_storage(app)
    return app


def settled(config: Mapping[str, Any]) -> Flask:
    """Return the service on a new database."""
    app = make(config)
    with app.app_context():
        tables: Any = [Job.__table__, JobStep.__table__]
        Base.metadata.create_all(db.engine, tables=tables)
        ELSEWHERE.create_all(db.engine)
        db.engine.dispose()
    return app


def effects(session: Session) -> Counter[str]:
    """Return how often each step had its effect."""
    found = Counter(session.scalars(select(EFFECTS.c.step)))
    session.rollback()
    return found


@job("test: letters")
class Letters:
    """Writes a file a step, and at last one of all."""

    def steps(self, arguments: Arguments) -> list[str]:
        """Name the letters, and the one that joins them."""
        if "unplannable" in arguments:
            raise ValueError(arguments["unplannable"])
        return [f"{number:03}" for number in range(arguments["count"])] + ["all"]

    def do(self, arguments: Arguments, step: str) -> None:
        """Write a letter, slowly."""
        time.sleep(arguments.get("seconds", 0))
        _stumble(arguments, step)
        others = self.steps(arguments)[:-1] if step == "all" else []
        parts = b"".join(storage().get(f"letters/{each}") for each in others)
        storage().put(f"letters/{step}", parts or f"letter {step}\n".encode() * 10)
        parent = multiprocessing.parent_process()
        engine = parent.pid if parent else os.getpid()
        take_turn(db.session)
        db.session.execute(insert(EFFECTS).values(step=step, engine=engine))


def _stumble(arguments: Arguments, step: str) -> None:
    """Fail, or be killed, where a file of that name lies; the latter once."""
    folder = Path(arguments.get("stones", "/nonexistent"))
    if (folder / f"wrong {step}").exists():
        raise ValueError(f"letter {step} has no address")
    if (folder / f"kill {step}").exists():
        (folder / f"kill {step}").unlink()
        os.kill(os.getpid(), signal.SIGKILL)


def serve(maker: foreman.Make = make) -> None:
    """See to the jobs of a service until it is killed."""
    foreman.LOOKS_EVERY = 0.1
    foreman.in_background(maker(json.loads(sys.argv[1])), maker)
    Event().wait()
