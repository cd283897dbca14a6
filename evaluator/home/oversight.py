"""What supervisors see first: the latest changes, and log-ins that failed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for
from flask_babel import ngettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.audit.models import AuditLine
from evaluator.audit.organisation_names import names_of
from evaluator.audit.queries import Wanted, visible_lines
from evaluator.audit.words import action_words
from evaluator.home.tasks import Task

SHOWN = 6
DAY = timedelta(days=1)
FAILED = "account.sign_in_failed"
READ = Permission.READ_AUDIT


@dataclass(frozen=True)
class Change:
    """A line of the log in a few words."""

    at: datetime
    who: str
    what: str
    place: str


def oversight_tasks(session: Session, actor: Actor, at: datetime) -> Iterator[Task]:
    """Yield what a supervisor should look at."""
    if not actor.may(READ):
        return
    lines = visible_lines(actor, Wanted(action=FAILED)).where(AuditLine.at >= at - DAY)
    count = session.scalar(select(func.count()).select_from(lines.order_by(None).subquery())) or 0
    if count:
        yield Task(
            ngettext("%(num)s log-in failed within a day", "%(num)s log-ins failed within a day",
                     count),
            url_for("audit.listing", action=FAILED),
            ngettext("Show it", "Show them", count),
        )  # fmt: skip


def latest_changes(session: Session, actor: Actor) -> Sequence[Change]:
    """Return what was changed last where an actor reads the log; coming and going left out."""
    if not actor.may(READ):
        return ()
    query = visible_lines(actor, Wanted()).where(~AuditLine.action.startswith("account.sign_"))
    lines = session.scalars(query.limit(SHOWN)).all()
    places = names_of(session, [each.organisation_path for each in lines])
    return [
        Change(
            each.at,
            each.account_name,
            action_words(each.action),
            places.get(each.organisation_path, ""),
        )
        for each in lines
    ]
