"""The facts of participants as rules read them: what is known, and what the branch says over it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from evaluator.applications.models import Answer, Application, Origin
from evaluator.records.queries import KnownValue, known_values
from evaluator.rounds.models import Participant
from evaluator.scoring.inputs import Organisation


class Known(Protocol):
    """What is known of a fact, as a row of the session or as a plain one."""

    @property
    def value(self) -> Any:
        """Return the value as the readers of facts take it."""


class Said(Protocol):
    """What a branch says of a fact, as a row of the session or as a plain one."""

    @property
    def fact(self) -> str:
        """Return the name of the fact."""

    @property
    def value(self) -> Any:
        """Return the value; None says nothing."""

    @property
    def origin(self) -> Origin:
        """Return how the answer came to be."""

    @property
    def reason(self) -> str:
        """Return the reason that was given."""


@dataclass(frozen=True)
class FactSheet:
    """All facts of a participant, each with where it comes from."""

    organisation: Organisation
    known: Mapping[str, KnownValue]
    answers: Mapping[str, Answer]

    def values(self) -> dict[str, Any]:
        """Return the facts as the readers of `evaluator.scoring` take them."""
        return values_of(self.known, self.answers)

    def counts(self, answer: Answer) -> bool:
        """Return whether an answer counts: confirmed, and with a reason where it corrects."""
        return counts(answer, self.known)


def values_of(
    known: Mapping[str, Known], answers: Mapping[str, Said], but: Collection[str] = ()
) -> dict[str, Any]:
    """Return facts as the readers of `evaluator.scoring` take them, but not those of some names.

    An answer goes before a known fact; one copied from last year counts once it is confirmed.
    A fact that asks for a reason is given with it.
    """
    values: dict[str, Any] = {name: known[name].value for name in known if name not in but}
    for name, answer in answers.items():
        if name not in but and counts(answer, known):
            values[name] = _with_reason(answer)
    return values


def counts(answer: Said, known: Collection[str]) -> bool:
    """Return whether an answer counts beside what is known; see `FactSheet.counts`."""
    corrects = answer.origin is Origin.CORRECTED or answer.fact in known
    reasoned = bool(answer.reason.strip()) or not corrects
    return answer.value is not None and answer.origin is not Origin.COPIED and reasoned


def fact_sheet(
    session: Session, participant: Participant, application: Application | None
) -> FactSheet:
    """Return the facts of a participant whose application was read already.

    The caller has checked who may see them.
    """
    known = known_values(session, [participant.organisation_id], participant.round.year)
    return _sheet(participant, known, application)


def fact_sheets(session: Session, participants: Collection[Participant]) -> dict[int, FactSheet]:
    """Return the facts of participants of one round by participant; three queries for any number.

    The caller has checked who may see them.
    """
    if not participants:
        return {}
    year = next(iter(participants)).round.year
    known = known_values(session, [each.organisation_id for each in participants], year)
    applications = _applications(session, [each.id for each in participants])
    return {each.id: _sheet(each, known, applications.get(each.id)) for each in participants}


def _sheet(
    participant: Participant,
    known: Mapping[int, Mapping[str, KnownValue]],
    application: Application | None,
) -> FactSheet:
    answers = application.answers if application else []
    return FactSheet(
        scored_organisation(participant),
        known.get(participant.organisation_id, {}),
        {each.fact: each for each in answers},
    )


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


def _with_reason(answer: Said) -> Any:
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
