"""The newest lines about one thing: who changed which value last, for pages that must tell it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.audit.models import AuditLine

MOST = 100


@dataclass(frozen=True)
class LastChange:
    """Who changed something, when, and by which action."""

    who: str
    at: datetime
    action: str


@dataclass(frozen=True)
class LastChanges:
    """The last change of a thing, and that of each value of which lines tell."""

    newest: LastChange | None
    by_value: dict[str, LastChange]


def last_changes(
    session: Session, subject: str, subject_id: int, since: datetime | None = None
) -> LastChanges:
    """Return who changed a thing last; the caller checked who may see it."""
    query = select(AuditLine).where(
        AuditLine.subject == subject, AuditLine.subject_id == subject_id
    )
    if since is not None:
        query = query.where(AuditLine.at >= since)
    newest: LastChange | None = None
    by_value: dict[str, LastChange] = {}
    for line in session.scalars(query.order_by(AuditLine.number.desc()).limit(MOST)):
        change = LastChange(line.account_name, line.at, line.action)
        newest = newest or change
        for name in json.loads(line.after):
            by_value.setdefault(name, change)
    return LastChanges(newest, by_value)
