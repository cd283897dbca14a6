"""Writing the audit log: lines are gathered while a unit of work runs, and chained at its end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from evaluator.audit.chain import START, digest_of
from evaluator.audit.models import AuditHead, AuditLine
from evaluator.database import now

if TYPE_CHECKING:
    from evaluator.access.actor import Actor

_GATHERED = "audit lines"
Values = Mapping[str, Any]


def write_line(
    session: Session,
    actor: Actor,
    *,
    action: str,
    subject: str,
    subject_id: int | None = None,
    organisation_path: str = "",
    before: Values | None = None,
    after: Values | None = None,
    reason: str = "",
) -> None:
    """Add a line to the log of this unit of work.

    `action` reads `subject.verb`, such as `application.submit`; `before` and `after` hold the
    values that changed. Secrets never belong here: the log is read by supervisors.
    """
    line = AuditLine(
        at=now(),
        account_id=actor.account_id,
        account_name=actor.name,
        address=actor.address,
        action=action,
        subject=subject,
        subject_id=subject_id,
        organisation_path=organisation_path,
        before=canonical(before),
        after=canonical(after),
        reason=reason,
    )
    session.info.setdefault(_GATHERED, []).append(line)


def canonical(values: Values | None) -> str:
    """Return values as JSON with one spelling, so that a digest over it is stable."""
    return json.dumps(
        values or {}, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_text
    )


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


@event.listens_for(Session, "before_commit")
def _chain(session: Session) -> None:
    """Number and chain the gathered lines, holding the end of the chain as briefly as can be."""
    lines: list[AuditLine] = session.info.pop(_GATHERED, [])
    if not lines:
        return
    session.flush()
    head = session.scalars(select(AuditHead).with_for_update()).one_or_none()
    if head is None:
        head = AuditHead(id=1, number=0, digest=START)
        session.add(head)
    for line in lines:
        line.number = head.number = head.number + 1
        line.digest = head.digest = digest_of(head.digest, line)
    session.add_all(lines)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(_GATHERED, None)
