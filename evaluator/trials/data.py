"""The participants of a round with their facts, loaded in a few queries for any number."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission, within
from evaluator.applications.models import Application, ApplicationState
from evaluator.reviews.facts import statements
from evaluator.rounds.models import Participant, Round
from evaluator.rounds.queries import visible_participants
from evaluator.scoring.inputs import Organisation
from rules.syntax import RuleSet

TRY = Permission.TRY_RULES
Member = tuple[Organisation, Mapping[str, Any]]


@dataclass(frozen=True)
class RoundData:
    """Who is rated in a round, with all their facts, by category."""

    members: Mapping[str, Sequence[Member]] = field(default_factory=dict)
    states: Mapping[str, ApplicationState] = field(default_factory=dict)
    """Where the application of a participant stands, by its number; none where it has none."""

    @property
    def size(self) -> int:
        """Return how many participants there are."""
        return sum(map(len, self.members.values()))

    def entries(self, category: str, rule_set: RuleSet) -> list[Member]:
        """Return the participants of a category with the facts that a rule set declares."""
        declared = rule_set.facts
        return [
            (organisation, {name: raw for name, raw in facts.items() if name in declared})
            for organisation, facts in self.members.get(category, ())
        ]


def load(session: Session, actor: Actor, made: Round) -> RoundData:
    """Return the participants of a round that an actor may try rules on.

    Their facts are those that hold now: reviewed ones where a committee has reviewed them.
    """
    found: dict[str, list[Member]] = defaultdict(list)
    with without_collecting():
        participants = session.scalars(visible_participants(actor, TRY, made.id)).all()
        stated = statements(session, participants)
        for each in participants:
            mine = stated[each.id]
            found[each.category].append((mine.organisation, mine.reviewed))
        applications = _states(session, made)
        states = {
            stated[each.id].organisation.id: applications[each.id]
            for each in participants
            if each.id in applications
        }
    return RoundData(found, states)


def _states(session: Session, made: Round) -> dict[int, ApplicationState]:
    query = (
        select(Application.participant_id, Application.state)
        .join(Participant, Participant.id == Application.participant_id)
        .where(Participant.round_id == made.id)
    )
    return dict(session.execute(query).all())


@contextmanager
def without_collecting() -> Iterator[None]:
    """Make many objects that all stay, without looking for garbage among them again and again.

    Looking takes longer than loading the facts of a round. Two trials at once do no harm: who is
    done first lets it be looked for again.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def rounds_to_try(session: Session, actor: Actor) -> Sequence[Round]:
    """Return the rounds that have participants on whom an actor may try rules, the newest first."""
    taking_part = (
        select(Participant.id)
        .where(Participant.round_id == Round.id, within(Participant.path, actor, TRY))
        .exists()
    )
    query = select(Round).where(taking_part).order_by(Round.year.desc(), Round.id.desc())
    return session.scalars(query).all()
