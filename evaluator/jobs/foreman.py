"""The foreman: finds what is to be done, lets an engine do it, and notes how it ended.

Every worker of the service has one, and one of them at a time works: see `alone`. What a killed one
left is found by the next, whose engine goes on at the step that was reached.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any

import structlog
from flask import Flask

from evaluator.database import db, only_read
from evaluator.jobs import notes
from evaluator.jobs.alone import Held, alone
from evaluator.jobs.machine import Machine
from evaluator.jobs.queries import next_wanted

log = structlog.get_logger()
Make = Callable[[Mapping[str, Any]], Flask]
LOOKS_EVERY = 2.0
LOOKS_AGAIN_WITHIN = 60.0
WATCHES_EVERY = 0.2
ENDS_WITHIN = 10
"""Seconds between two looks for a job, at most so after a failure, between two looks at a job that
runs, and at most to wait at the end."""
FALLS = 3
"""How often an engine may end without an answer before its job has failed."""


@dataclass(frozen=True)
class Foreman:
    """A thread that sees to the jobs beside the pages."""

    thread: Thread
    stop: Event

    def end(self) -> None:
        """Stop the work at hand; it goes on at the next start."""
        self.stop.set()
        self.thread.join(ENDS_WITHIN)


def in_background(app: Flask, make: Make) -> Foreman:
    """Start a thread that sees to the jobs; `make` makes the app of the processes, by its name."""
    stop = Event()
    foreman = Foreman(Thread(target=_watch, args=(app, make, stop), name="jobs", daemon=True), stop)
    foreman.thread.start()
    return foreman


def work_off(app: Flask, make: Make, stop: Event) -> None:
    """Do what is wanted, until nothing is left or another foreman is at work."""
    falls: Counter[int] = Counter()
    with app.app_context():
        while not stop.is_set() and _wanted() is not None:
            with alone(app, db.engine) as held:
                number = _wanted()
                if held is None or number is None:
                    return
                _do(app, make, number, _Watch(stop, held, falls))


@dataclass(frozen=True)
class _Watch:
    stop: Event
    held: Held
    falls: Counter[int]


def _watch(app: Flask, make: Make, stop: Event) -> None:
    wait = LOOKS_EVERY
    while not stop.wait(wait):
        try:
            work_off(app, make, stop)
            wait = LOOKS_EVERY
        except Exception:
            # A database that is away for an hour shall not fill the log meanwhile.
            wait = min(2 * wait, LOOKS_AGAIN_WITHIN)
            log.exception("jobs could not be done", again_in=wait)


def _wanted() -> int | None:
    only_read(db.session)
    number = next_wanted(db.session)
    db.session.rollback()
    return number


def _do(app: Flask, make: Make, number: int, watch: _Watch) -> None:
    """Let an engine do a job; where it is stopped with us, or has fallen, the job stays wanted."""
    taken = notes.take(db.session, number)
    if taken is None:
        return
    with Machine(app, make, taken) as machine:
        answer = None
        while answer is None and machine.runs and not watch.stop.is_set() and watch.held():
            answer = machine.wait(WATCHES_EVERY)
            if notes.is_cancelled(db.session, number):
                machine.cancel()
    if answer is not None:
        notes.ended(db.session, number, taken.attempt, answer)
    elif not watch.stop.is_set():
        watch.falls[number] += 1
        log.warning("the engine of a job ended without an answer", job=number)
        if watch.falls[number] == FALLS:
            notes.fallen(db.session, number, taken.attempt)
