"""Reading rounds and their participants, always within what the caller may see."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from evaluator.access import Actor, NotAllowed, Permission, within
from evaluator.database import now
from evaluator.rounds.models import Participant, Round, RoundRuleSet, RoundState, RoundStep
from evaluator.rule_sets.models import StoredRuleSet


def current_round(session: Session) -> Round | None:
    """Return the round that runs, else the newest one, None where there is none yet."""
    query = (
        select(Round)
        .options(selectinload(Round.steps))
        .order_by((Round.state == RoundState.OPEN).desc(), Round.year.desc(), Round.id.desc())
    )
    return session.scalars(query.limit(1)).one_or_none()


def visible_participants(
    actor: Actor, permission: Permission, round_id: int
) -> Select[Participant]:
    """Return the query of a round's participants for which the actor has a permission."""
    return (
        select(Participant)
        .where(Participant.round_id == round_id, within(Participant.path, actor, permission))
        .order_by(Participant.committee, Participant.sort_key, Participant.id)
    )


def find_participant(
    session: Session, actor: Actor, permission: Permission, participant_id: int
) -> Participant:
    """Return a participant; raises NotAllowed where it is not there for this actor."""
    found = session.get(Participant, participant_id, options=[selectinload(Participant.round)])
    if found is None or not actor.may(permission, found.path):
        raise NotAllowed(permission)
    return found


def rule_set_for(session: Session, participant: Participant) -> StoredRuleSet:
    """Return the rule set by which a participant is rated in its round."""
    query = (
        select(StoredRuleSet)
        .join(RoundRuleSet, RoundRuleSet.stored_rule_set_id == StoredRuleSet.id)
        .where(
            RoundRuleSet.round_id == participant.round_id,
            RoundRuleSet.category == participant.category,
        )
    )
    return session.scalars(query).one()


def open_step(made: Round, name: str, at: datetime | None = None) -> RoundStep | None:
    """Return a step of a round where it runs at a moment, None where it does not."""
    step = made.step(name)
    return step if step is not None and step.is_open(at or now()) else None
