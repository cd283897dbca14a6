"""Reading rounds and their participants, always within what the caller may see."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, selectinload

from evaluator.access import Actor, NotAllowed, Permission, within
from evaluator.audit.models import AuditLine
from evaluator.database import now
from evaluator.rounds.models import Participant, Round, RoundRuleSet, RoundState, RoundStep
from evaluator.rounds.policy import may_see, require_manager, sees_planned_rounds
from evaluator.rule_sets.models import StoredRuleSet

Made = TypeVar("Made")

STEP_ACTIONS = ("round.extend_step", "round.close_step", "round.move_step")
"""What is written to the audit log when the calendar of an open round changes."""


def current_round(session: Session) -> Round | None:
    """Return the round that runs, else the newest that ran, None where there is none yet.

    One that is still being planned has no participants, and is there for its planners alone.
    """
    query = (
        select(Round)
        .where(Round.state != RoundState.PLANNED)
        .options(selectinload(Round.steps))
        .order_by((Round.state == RoundState.OPEN).desc(), Round.year.desc(), Round.id.desc())
    )
    return session.scalars(query.limit(1)).one_or_none()


def next_year(session: Session) -> int:
    """Return the year after the newest round, this year where there is none yet."""
    newest = session.scalar(select(func.max(Round.year)))
    return newest + 1 if newest else now().year


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


RULE_SET_DIGEST = (
    select(StoredRuleSet.digest)
    .join(RoundRuleSet, RoundRuleSet.stored_rule_set_id == StoredRuleSet.id)
    .where(
        RoundRuleSet.round_id == Participant.round_id,
        RoundRuleSet.category == Participant.category,
    )
    .correlate(Participant)
    .scalar_subquery()
)
"""The digest of the rule set by which a participant is rated, to be read with the participant."""
_DIGEST = select(RULE_SET_DIGEST).where(Participant.id == bindparam("participant"))


def _digest_for(session: Session, participant: Participant) -> str:
    return session.scalars(_DIGEST, {"participant": participant.id}).one() or ""


class KeptByRuleSet(Generic[Made]):
    """What is made of the rule sets of participants; the newest are kept.

    A published rule set never changes, so that its digest alone is asked of the database.
    """

    def __init__(self, make: Callable[[StoredRuleSet], Made], most: int = 64):
        """Keep so many of what a function makes."""
        self._make, self._most = make, most
        self._kept: dict[str, Made] = {}

    def of(self, session: Session, participant: Participant) -> Made:
        """Return what is made of the rule set by which a participant is rated."""
        digest = participant.rule_set_digest or _digest_for(session, participant)
        found = self._kept.get(digest)
        if found is None:
            found = self._make(rule_set_for(session, participant))
            if len(self._kept) >= self._most:
                self._kept.clear()
            self._kept[digest] = found
        return found


def open_step(made: Round, name: str, at: datetime | None = None) -> RoundStep | None:
    """Return a step of a round where it runs at a moment, None where it does not."""
    step = made.step(name)
    return step if step is not None and step.is_open(at or now()) else None


def visible_rounds(session: Session, actor: Actor) -> Select[Round]:
    """Return the query of the rounds that an actor sees, the newest first."""
    query = select(Round).order_by(Round.year.desc(), Round.id.desc())
    if sees_planned_rounds(session, actor):
        return query
    return query.where(Round.state != RoundState.PLANNED)


def find_round(session: Session, actor: Actor, round_id: int) -> Round:
    """Return a round with its steps and rule sets; raises NotAllowed where it is not there."""
    options = [
        selectinload(Round.steps),
        selectinload(Round.rule_sets).selectinload(RoundRuleSet.stored),
    ]
    found = session.get(Round, round_id, options=options)
    if found is None or not may_see(session, actor, found):
        raise NotAllowed(Permission.SEE_ROUNDS)
    return found


def find_to_manage(session: Session, actor: Actor, round_id: int) -> Round:
    """Return a round for who may plan and run rounds; raises NotAllowed for all others."""
    require_manager(session, actor)
    return find_round(session, actor, round_id)


def find_step(made: Round, step_id: int) -> RoundStep:
    """Return a step of a round; raises NotAllowed where the round has none such."""
    for each in made.steps:
        if each.id == step_id:
            return each
    raise NotAllowed(Permission.SEE_ROUNDS)


def participant_counts(session: Session, actor: Actor, made: Round) -> Mapping[str, int]:
    """Return how many of the participants that an actor may see there are in each category."""
    query = (
        select(Participant.category, func.count())
        .where(
            Participant.round_id == made.id,
            within(Participant.path, actor, Permission.SEE_ROUNDS),
        )
        .group_by(Participant.category)
        .order_by(Participant.category)
    )
    return dict(session.execute(query).all())


@dataclass(frozen=True)
class CalendarChange:
    """A change of the calendar of an open round: of which step, from what, to what, and why."""

    at: datetime
    step: str
    before: datetime
    after: datetime
    reason: str


def calendar_changes(session: Session, made: Round) -> list[CalendarChange]:
    """Return how the ends of steps were changed since the round was opened, the newest first.

    They stand in the audit log; who made them is for those alone who may read it.
    """
    query = (
        select(AuditLine)
        .where(
            AuditLine.subject == "round",
            AuditLine.subject_id == made.id,
            AuditLine.action.in_(STEP_ACTIONS),
        )
        .order_by(AuditLine.number.desc())
    )
    return [_change(each) for each in session.scalars(query)]


def _change(line: AuditLine) -> CalendarChange:
    before, after = json.loads(line.before), json.loads(line.after)
    return CalendarChange(
        line.at,
        after["step"],
        datetime.fromisoformat(before["closes_at"]),
        datetime.fromisoformat(after["closes_at"]),
        line.reason,
    )
