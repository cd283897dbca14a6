"""What the service does by itself: levels whose last day is over are ended, looked at hourly."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event, Thread

import structlog
from flask import Flask
from sqlalchemy.orm.exc import StaleDataError

from evaluator.access import Actor
from evaluator.awards.expiring import expire
from evaluator.database import db, unit_of_work

log = structlog.get_logger()
LOOKS_EVERY = 3600
ENDS_WITHIN = 10
"""Seconds between two looks, and at most to wait for one at the end."""


@dataclass(frozen=True)
class Housekeeper:
    """A thread that ends levels beside the pages."""

    thread: Thread
    stop: Event

    def end(self) -> None:
        """Wait for what it is at, but not for long: it is done at the next start then."""
        self.stop.set()
        self.thread.join(ENDS_WITHIN)


def in_background(app: Flask) -> Housekeeper:
    """Start a thread that looks at once and then every hour."""
    stop = Event()
    keeper = Housekeeper(Thread(target=_watch, args=(app, stop), name="awards", daemon=True), stop)
    keeper.thread.start()
    return keeper


def expire_due(app: Flask) -> int:
    """End what is due, in a unit of work of its own; return how many levels were ended."""
    with app.app_context(), unit_of_work(db.session):
        return expire(db.session, Actor.system())


def _watch(app: Flask, stop: Event) -> None:
    while True:
        try:
            expire_due(app)
        except StaleDataError:
            log.info("another process was ending levels at the same moment")
        except Exception:
            log.exception("levels could not be ended")
        if stop.wait(LOOKS_EVERY):
            return
