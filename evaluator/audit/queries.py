"""Reading the log, always within what the caller may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask_babel import get_timezone
from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission, within
from evaluator.audit.models import AuditLine

READ = Permission.READ_AUDIT
_AT_ONCE = 1_000


@dataclass(frozen=True)
class Wanted:
    """What the log is narrowed to; what is empty narrows nothing."""

    who: str = ""
    subject: str = ""
    subject_id: int | None = None
    action: str = ""
    organisations: tuple[int, ...] | None = None
    since: date | None = None
    until: date | None = None


def visible_lines(actor: Actor, wanted: Wanted) -> Select[AuditLine]:
    """Return the query of the lines where the actor reads the log, the newest first."""
    query = select(AuditLine).where(_visible(actor)).order_by(AuditLine.number.desc())
    if wanted.who:
        query = query.where(AuditLine.account_name.icontains(wanted.who, autoescape=True))
    if wanted.subject:
        query = query.where(AuditLine.subject == wanted.subject)
    if wanted.subject_id is not None:
        query = query.where(AuditLine.subject_id == wanted.subject_id)
    if wanted.action:
        query = query.where(AuditLine.action == wanted.action)
    if wanted.organisations is not None:
        query = query.where(_at(wanted.organisations))
    if wanted.since:
        query = query.where(AuditLine.at >= _midnight(wanted.since))
    if wanted.until:
        query = query.where(AuditLine.at < _midnight(wanted.until + timedelta(days=1)))
    return query


def all_lines(session: Session, query: Select[AuditLine]) -> Iterator[AuditLine]:
    """Yield every line of a query, so many at once that memory stays small."""
    last: int | None = None
    while True:
        part = query if last is None else query.where(AuditLine.number < last)
        lines = session.scalars(part.limit(_AT_ONCE)).all()
        yield from lines
        if len(lines) < _AT_ONCE:
            return
        last = lines[-1].number


def _visible(actor: Actor) -> ColumnElement[bool]:
    """Lines of no place, such as those of rule sets, are for those who read the whole tree."""
    whole = any(place.count("/") <= 2 for place in actor.places(READ))
    nowhere = AuditLine.organisation_path == "" if whole else false()
    return or_(within(AuditLine.organisation_path, actor, READ), nowhere)


def _at(organisations: tuple[int, ...]) -> ColumnElement[bool]:
    """Lines of these organisations and of all that stood below them at the time."""
    paths = (AuditLine.organisation_path.contains(f"/{each}/") for each in organisations)
    return or_(false(), *paths)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=get_timezone())
