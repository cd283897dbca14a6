"""Guessing serials is slowed down: so many failures from an address, then a pause.

Only what was not found is noted: an office that scans a thousand genuine certificates goes on.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from evaluator.accounts.throttling import network_of
from evaluator.certificates.models import FailedLookup
from evaluator.database import now
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

WINDOW = timedelta(minutes=15)
KEPT_FOR = timedelta(days=1)
PER_ADDRESS = 50


def require_patience(session: Session, address: str) -> None:
    """Raise Refusal where too many certificates were asked for that there are not."""
    query = select(func.count()).where(
        FailedLookup.address == network_of(address), FailedLookup.at > now() - WINDOW
    )
    if (session.scalar(query) or 0) >= PER_ADDRESS:
        minutes = int(WINDOW.total_seconds() // 60)
        words = gettext("Too many tries failed. Wait %(minutes)s minutes.", minutes=minutes)
        raise Refusal(words, 429)


def note_failure(session: Session, address: str) -> None:
    """Note that there was no such certificate."""
    moment = now()
    session.execute(delete(FailedLookup).where(FailedLookup.at < moment - KEPT_FOR))
    session.add(FailedLookup(at=moment, address=network_of(address)))
    session.flush()
