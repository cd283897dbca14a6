"""Sending what is due: letter by letter, by any number of processes, each letter by one of them.

A letter is marked as on its way, handed over, and marked as sent when the server has taken it.
Between the last two a crash can fall: then it goes out again, under the same Message-ID, and the
outbox says so. That is as close to once as SMTP comes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Event, Thread

import structlog
from flask import Flask
from sqlalchemy.orm import Session

from evaluator.database import db
from evaluator.outbox import claiming
from evaluator.outbox.claiming import Claim
from evaluator.outbox.connection import Connection, CutOff, Refused, Unreachable
from evaluator.outbox.mailing import as_bytes
from evaluator.outbox.settings import MailSettings, mail_settings

log = structlog.get_logger()
LOOKS_EVERY = 5
LONGEST_REST = 300
ENDS_WITHIN = 10
"""Seconds between two looks, and at most between two calls of a server that does not answer."""


@dataclass(frozen=True)
class Sent:
    """How a run went; `trouble` holds the words where the server took nothing at all."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    trouble: str = ""


def send_due(session: Session, settings: MailSettings, stop: Event) -> Sent:
    """Send every letter that is due, until none is left or the server does not answer."""
    if not claiming.anything_due(session):
        return Sent()
    claiming.settle_without_mail(session)
    connection, done = Connection(settings), Sent()
    try:
        while not stop.is_set() and claiming.anything_due(session):
            connection.open()
            taken = claiming.claim(session, settings.sender.rpartition("@")[2])
            if taken is None:
                break
            done = _send(session, connection, settings, taken, done)
    except Unreachable as error:
        claiming.tell_waiting(session, str(error))
        return replace(done, trouble=str(error))
    finally:
        connection.close()
    return done


def _send(
    session: Session, connection: Connection, settings: MailSettings, taken: Claim, done: Sent
) -> Sent:
    try:
        connection.send(taken.mail.address, as_bytes(taken.mail, settings))
    except Unreachable as error:
        claiming.given_back(session, taken, str(error))
        raise
    except (CutOff, Refused) as error:
        if isinstance(error, Refused) and error.for_good:
            claiming.failed(session, taken, str(error))
        elif claiming.postponed(session, taken, str(error), cut_off=isinstance(error, CutOff)):
            return replace(done, postponed=done.postponed + 1)
        return replace(done, failed=done.failed + 1)
    except ValueError as error:
        # A letter that cannot be made into a mail must not stand in the way of the others.
        claiming.failed(session, taken, str(error))
        return replace(done, failed=done.failed + 1)
    claiming.arrived(session, taken)
    return replace(done, sent=done.sent + 1)


def watch(app: Flask, stop: Event) -> None:
    """Send what is due, again and again, until it is told to stop."""
    settings = mail_settings(app.config)
    assert settings is not None  # noqa: S101 - nobody watches without a mail server
    rest = LOOKS_EVERY
    while not stop.wait(rest):
        done = _looked(app, settings, stop)
        if done.trouble:
            log.warning("mail server takes no letters", words=done.trouble)
            rest = min(rest * 2, LONGEST_REST)
        else:
            rest = LOOKS_EVERY


@dataclass(frozen=True)
class Sender:
    """A thread that sends letters beside the pages."""

    thread: Thread
    stop: Event

    def end(self) -> None:
        """Wait for the letter at hand, but not for a slow server: it is sent again then."""
        self.stop.set()
        self.thread.join(ENDS_WITHIN)


def in_background(app: Flask) -> Sender | None:
    """Start a thread that sends; None where there is no mail server."""
    if mail_settings(app.config) is None:
        return None
    stop = Event()
    sender = Sender(Thread(target=watch, args=(app, stop), name="letters", daemon=True), stop)
    sender.thread.start()
    return sender


def _looked(app: Flask, settings: MailSettings, stop: Event) -> Sent:
    """Send once; whatever goes wrong beside the mail is told and does not end the watch."""
    with app.app_context():
        try:
            return send_due(db.session, settings, stop)
        except Exception as error:
            log.exception("letters could not be sent")
            return Sent(trouble=str(error))
