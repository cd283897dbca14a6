"""Minutes of a meeting: what it decided since the last one, stored as a PDF before its row."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.decisions.deciding import hold_decisions
from evaluator.decisions.minutes_paper import paper_of
from evaluator.decisions.models import Decision, Minutes
from evaluator.decisions.policy import require_deciding
from evaluator.rounds.models import Participant, Round
from evaluator.storage import storage
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext
from reports.minutes import write_minutes


@dataclass(frozen=True)
class Meeting:
    """What is written of a meeting besides its decisions."""

    held_at: datetime
    chair: str
    present: Sequence[str]
    text: str = ""


def decided_since(session: Session, made: Round) -> Sequence[Decision]:
    """Return what was decided and stands in no minutes yet, by category, level and committee."""
    last = select(func.max(Minutes.at)).where(Minutes.round_id == made.id)
    before = session.scalar(last)
    query = (
        select(Decision)
        .join(Decision.participant)
        .where(Participant.round_id == made.id, Decision.confirmed_at.is_not(None))
        .order_by(Participant.category, Participant.committee, Participant.sort_key, Decision.id)
    )
    if before is not None:
        query = query.where(Decision.confirmed_at > before)
    return session.scalars(query).all()


def write_minutes_of(session: Session, actor: Actor, *, made: Round, meeting: Meeting) -> Minutes:
    """Write the minutes of a meeting: its decisions since the last minutes, as a PDF."""
    require_deciding(session, actor)
    hold_decisions(session, made)
    decisions = decided_since(session, made)
    if not decisions:
        raise Refusal(gettext("Nothing was decided since the last minutes."))
    if meeting.held_at > now():
        raise Refusal(gettext("The meeting is still to come."))
    number = _next_number(session, made)
    content = write_minutes(paper_of(session, made, meeting, number, decisions))
    digest = hashlib.sha256(content).hexdigest()
    kept = Minutes(
        round_id=made.id,
        number=number,
        held_at=meeting.held_at,
        chair=meeting.chair,
        present=list(meeting.present),
        text=meeting.text,
        digest=digest,
        pdf_key=f"minutes/{digest[:2]}/{digest}",
        account_id=actor.account_id,
        at=now(),
    )
    session.add(kept)
    session.flush()
    # The file is there before others can see its row, see `evaluator.evidence.lost_files`.
    storage().put(kept.pdf_key, content)
    _log(session, actor, made, kept, len(decisions))
    return kept


def _next_number(session: Session, made: Round) -> int:
    last = session.scalar(select(func.max(Minutes.number)).where(Minutes.round_id == made.id))
    return 1 + (last or 0)


def _log(session: Session, actor: Actor, made: Round, kept: Minutes, decisions: int) -> None:
    write_line(
        session,
        actor,
        action="minutes.write",
        subject="minutes",
        subject_id=kept.id,
        after={
            "round": made.id,
            "number": kept.number,
            "chair": kept.chair,
            "present": kept.present,
            "decisions": decisions,
            "pdf": kept.digest,
        },
    )
