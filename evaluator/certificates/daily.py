"""What the service does by itself: the registry is brought into line with the awards, hourly."""

from __future__ import annotations

from threading import Event, Thread

import structlog
from flask import Flask
from sqlalchemy.orm.exc import StaleDataError

from evaluator.access import Actor
from evaluator.awards.daily import LOOKS_EVERY, Housekeeper
from evaluator.certificates.reconciling import reconcile, remind
from evaluator.database import db, unit_of_work

log = structlog.get_logger()


def in_background(app: Flask) -> Housekeeper:
    """Start a thread that looks at once and then every hour."""
    stop = Event()
    thread = Thread(target=_watch, args=(app, stop), name="certificates", daemon=True)
    keeper = Housekeeper(thread, stop)
    keeper.thread.start()
    return keeper


def note_due(app: Flask) -> int:
    """Note what became of awards, in a unit of work of its own; return on how many.

    Branches whose certificates end soon are written to on the way.
    """
    with app.app_context(), unit_of_work(db.session):
        remind(db.session, Actor.system())
        return reconcile(db.session, Actor.system())


def _watch(app: Flask, stop: Event) -> None:
    while True:
        try:
            note_due(app)
        except StaleDataError:
            log.info("another process was noting it at the same moment")
        except Exception:
            log.exception("certificates could not be brought into line")
        if stop.wait(LOOKS_EVERY):
            return
