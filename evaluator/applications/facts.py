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
            if self.counts(answer):
                values[name] = _with_reason(answer)
        return values

    def counts(self, answer: Answer) -> bool:
        """Return whether an answer counts: confirmed, and with a reason where it corrects."""
        corrects = answer.origin is Origin.CORRECTED or answer.fact in self.known
        reasoned = bool(answer.reason.strip()) or not corrects
        return answer.value is not None and answer.origin is not Origin.COPIED and reasoned


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


def _with_reason(answer: Answer) -> Any:
    """Return the value of an answer; lists have no place for a reason, nor any need of it."""
    if answer.reason.strip() and not isinstance(answer.value, list):
        return {"value": answer.value, "reason": answer.reason}
    return answer.value


def _applications(session: Session, ids: list[int]) -> dict[int, Application]:
    query = (
        select(Application)
        .where(Application.participant_id.in_(ids))
        .options(selectinload(Application.answers))
    )
    return {each.participant_id: each for each in session.scalars(query)}


def _answers(application: Application | None) -> list[Answer]:
    return application.answers if application else []
