"""Writing the audit log: lines are gathered while a unit of work runs, and chained at its end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, event, select
from sqlalchemy.orm import Session

from evaluator.audit.chain import START, digest_of
from evaluator.audit.models import AuditHead, AuditLine
from evaluator.database import now
from evaluator.precedence import PRECEDENCE

if TYPE_CHECKING:
    from evaluator.access.actor import Actor

_GATHERED = "audit lines"
# Everybody who changes anything waits for the end of the chain: it is held for three statements,
# on PostgreSQL for two where there is one line.
_LINES: Any = AuditLine.__table__
_HEAD: Any = AuditHead.__table__
_END = select(_HEAD.c.number, _HEAD.c.digest).with_for_update()
_LINE = {each.name: bindparam(f"line_{each.name}", type_=each.type) for each in _LINES.columns}
_BOTH = _HEAD.update().add_cte(_LINES.insert().values(_LINE).cte("line"))
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
    PRECEDENCE.hold_for_all()
    number, digest = session.execute(_END).one_or_none() or _begin(session)
    for line in lines:
        number += 1
        line.number = number
        line.digest = digest = digest_of(digest, line)
    end = {"number": number, "digest": digest}
    if len(lines) == 1 and session.get_bind().dialect.name == "postgresql":
        values = {f"line_{name}": value for name, value in _columns(lines[0]).items()}
        session.execute(_BOTH, {**end, **values})
        return
    session.execute(_LINES.insert(), [_columns(line) for line in lines])
    session.execute(_HEAD.update(), end)


def _begin(session: Session) -> tuple[int, str]:
    session.execute(_HEAD.insert(), {"id": 1, "number": 0, "digest": START})
    return 0, START


def _columns(line: AuditLine) -> dict[str, Any]:
    return {each.name: getattr(line, each.name) for each in _LINES.columns}


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(_GATHERED, None)
