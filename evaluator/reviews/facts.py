"""The facts of participants as they stand after review, for all later steps of a round.

What the branch stated is what it last submitted: records that change afterwards change nothing of
it, a reviewer adjusts it where need be. What others give (an appraisal, an office, a panel) is
taken as it is known now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.orm import Session

from evaluator.applications.facts import (
    FactSheet,
    Known,
    Said,
    counts,
    scored_organisation,
    values_of,
)
from evaluator.applications.models import Submission
from evaluator.audit.operations import canonical
from evaluator.reviews.fact_rows import (
    Adjusted,
    adjusted_rows,
    facts_in,
    known_rows,
    said_rows,
    submitted_rows,
)
from evaluator.reviews.models import FactDecision, FactReview
from evaluator.rounds.models import Participant
from evaluator.scoring.inputs import Organisation

Values = Mapping[str, Any]


class FromSomewhere(Known, Protocol):
    """What is known of a fact, and where it comes from."""

    @property
    def source(self) -> str:
        """Return the kind and detail that rule sets name."""


@dataclass(frozen=True)
class Statement:
    """The facts of one participant: as its branch states them, and as they were reviewed."""

    organisation: Organisation
    stated: Values
    reviewed: Values


def reviewed_facts(
    session: Session, participants: Collection[Participant]
) -> dict[int, dict[str, Any]]:
    """Return the reviewed facts of participants of one round; a fixed number of queries.

    The caller has checked who may see them.
    """
    return {
        number: dict(each.reviewed) for number, each in statements(session, participants).items()
    }


def statements(session: Session, participants: Collection[Participant]) -> dict[int, Statement]:
    """Return the facts of participants of one round before and after review, by participant."""
    if not participants:
        return {}
    year, ids = next(iter(participants)).round.year, [each.id for each in participants]
    known = known_rows(session, [each.organisation_id for each in participants], year)
    answers, submitted = said_rows(session, ids), submitted_rows(session, ids)
    reviews = adjusted_rows(session, ids)
    found = {}
    for each in participants:
        about = (known.get(each.organisation_id, {}), answers.get(each.id, {}))
        stated = _stated(*about, submitted.get(each.id, {}))
        reviewed = with_reviews(stated, reviews.get(each.id, ()))
        found[each.id] = Statement(scored_organisation(each), stated, reviewed)
    return found


def stated_values(sheet: FactSheet, submitted: Values) -> dict[str, Any]:
    """Return what a branch states: what it submitted, and what others have given since."""
    return _stated(sheet.known, sheet.answers, submitted)


def _stated(
    known: Mapping[str, FromSomewhere], answers: Mapping[str, Said], submitted: Values
) -> dict[str, Any]:
    given_by_others = {
        name: fact.value
        for name, fact in known.items()
        if not fact.source.startswith("record") and not _is_answered(name, known, answers)
    }
    return {**values_of(known, answers, but=submitted), **submitted, **given_by_others}


def is_answered(sheet: FactSheet, name: str) -> bool:
    """Return whether the branch itself says something of a fact that counts."""
    return _is_answered(name, sheet.known, sheet.answers)


def _is_answered(name: str, known: Collection[str], answers: Mapping[str, Said]) -> bool:
    answer = answers.get(name)
    return answer is not None and counts(answer, known)


def with_reviews(stated: Values, reviews: Iterable[FactReview | Adjusted]) -> dict[str, Any]:
    """Return stated facts with the adjustments that hold over them."""
    adjusted = {each.fact: each.value for each in reviews if holds(each, stated)}
    return {**stated, **adjusted}


def holds(review: FactReview | Adjusted, stated: Values) -> bool:
    """Return whether an adjustment still is one of what the branch states."""
    return review.decision is FactDecision.ADJUSTED and same(review.stated, stated.get(review.fact))


def same(one: object, other: object) -> bool:
    """Return whether two raw values are the same as JSON; a number is its text."""
    return canonical({"value": one}) == canonical({"value": other})


def submitted_values(submission: Submission | None) -> dict[str, Any]:
    """Return the facts of a submission by name."""
    return facts_in(submission.content) if submission else {}
