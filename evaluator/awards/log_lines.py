"""Lines of the audit log about awards and about follow-up tasks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.audit.operations import write_line
from evaluator.awards.models import Award, FollowUpTask


def log(
    session: Session,
    actor: Actor,
    action: str,
    row: Award | FollowUpTask,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Write a line about an award or a task; the place is that of its organisation."""
    write_line(
        session,
        actor,
        action=action,
        subject="award" if isinstance(row, Award) else "follow_up",
        subject_id=row.id,
        organisation_path=row.participant.path,
        before=before,
        after=after,
        reason=reason,
    )
