"""The facts of participants as rules read them: what is known, and what the branch says over it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from evaluator.applications.models import Answer, Application, Origin
from evaluator.records.models import KnownFact
from evaluator.records.queries import known_facts
from evaluator.rounds.models import Participant
from evaluator.scoring.inputs import Organisation


@dataclass(frozen=True)
class FactSheet:
    """All facts of a participant, each with where it comes from."""

    organisation: Organisation
    known: Mapping[str, KnownFact]
    answers: Mapping[str, Answer]

    def values(self) -> dict[str, Any]:
        """Return the facts as the readers of `evaluator.scoring` take them.

        An answer goes before a known fact; one copied from last year counts once it is confirmed.
        A fact that asks for a reason is given with it.
        """
        values: dict[str, Any] = {name: fact.value for name, fact in self.known.items()}
        for name, answer in self.answers.items():
            if answer.origin is not Origin.COPIED:
                values[name] = answer.value
        return values


def fact_sheets(session: Session, participants: Collection[Participant]) -> dict[int, FactSheet]:
    """Return the facts of participants of one round by participant; three queries for any number.

    The caller has checked who may see them.
    """
    if not participants:
        return {}
    year = next(iter(participants)).round.year
    known = known_facts(session, [each.organisation_id for each in participants], year)
    applications = _applications(session, [each.id for each in participants])
    return {
        each.id: FactSheet(
            scored_organisation(each),
            known.get(each.organisation_id, {}),
            {answer.fact: answer for answer in _answers(applications.get(each.id))},
        )
        for each in participants
    }


def scored_organisation(participant: Participant) -> Organisation:
    """Return a participant as the scoring takes it, as frozen when the round was opened."""
    founded = participant.founded.isoformat() if participant.founded else None
    return Organisation(
        id=participant.code,
        name=participant.name,
        category=participant.category,
        committee=participant.committee,
        previous_level=participant.previous_level,
        years_at_level=participant.years_at_level,
        attributes={
            "members": str(participant.members),
            **({"founded": founded} if founded else {}),
            **participant.attributes,
        },
    )


def _applications(session: Session, ids: list[int]) -> dict[int, Application]:
    query = (
        select(Application)
        .where(Application.participant_id.in_(ids))
        .options(selectinload(Application.answers))
    )
    return {each.participant_id: each for each in session.scalars(query)}


def _answers(application: Application | None) -> list[Answer]:
    return application.answers if application else []
