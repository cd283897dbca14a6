"""What the award leaves: an award with a proposal, and a follow-up task."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from evaluator.awards.models import Award, AwardChange, ChangeKind, FollowUpTask
from evaluator.database import now
from evaluator.rounds.models import Participant


def awarded_things(session: Session, participant: Participant) -> dict[str, int | str]:
    """Add an award of a participant that is proposed to be revoked, and a task."""
    moment = now()
    award = Award(
        participant=participant,
        first_level="three_star",
        level="three_star",
        awarded_on=moment.date(),
        valid_until=moment.date() + timedelta(days=700),
        re_audit_due=moment.date() + timedelta(days=30),
        document="1",
        at=moment,
    )
    change = AwardChange(
        kind=ChangeKind.REVOCATION,
        from_level="three_star",
        to_level="",
        reason="问题",
        proposed_at=moment,
    )
    award.changes.append(change)
    task = FollowUpTask(participant=participant, text="整改")
    session.add_all([award, task])
    session.flush()
    return {"award": award.id, "award_change": change.id, "follow_up": task.id}
