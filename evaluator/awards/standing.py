"""What awards do to the levels in the register, from which the next round freezes its standings."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, aliased

from evaluator.access import Actor
from evaluator.awards.models import Award
from evaluator.organisations.levels import enter_level
from evaluator.organisations.models import Organisation
from evaluator.rounds.models import Participant, Round, RoundState


def superseded() -> ColumnElement[bool]:
    """Return the condition that a later round awarded the organisation of an award once more.

    The query that it stands in has the award with its participant and round.
    """
    newer, its, of = aliased(Award), aliased(Participant), aliased(Round)
    return exists().where(
        newer.participant_id == its.id,
        its.organisation_id == Participant.organisation_id,
        of.id == its.round_id,
        of.year > Round.year,
    )


def is_superseded(session: Session, award: Award) -> bool:
    """Return whether the organisation holds a level by a later award."""
    query = (
        select(Award.id)
        .join(Participant, Participant.id == Award.participant_id)
        .join(Round, Round.id == Participant.round_id)
        .where(Award.id == award.id, superseded())
    )
    return session.scalar(query) is not None


def enter_change(session: Session, actor: Actor, *, award: Award, reason: str) -> None:
    """Write into the register what an award comes to now.

    A round asks for the level before its own year. What changes after a round has been opened
    therefore counts from that round's year on, and is what the next one freezes.
    """
    opened = session.scalar(select(func.max(Round.year)).where(Round.state != RoundState.PLANNED))
    organisation = session.get_one(Organisation, award.participant.organisation_id)
    enter_level(
        session,
        actor,
        organisation=organisation,
        year=max(opened or 0, award.participant.round.year),
        level=award.level,
        reason=reason,
    )
