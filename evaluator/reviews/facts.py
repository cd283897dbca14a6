"""The facts of participants as they stand after review, for all later steps of a round.

What the branch stated is what it last submitted: records that change afterwards change nothing of
it, a reviewer adjusts it where need be. What others give (an appraisal, an office, a panel) is
taken as it is known now.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluator.applications.facts import FactSheet, fact_sheets
from evaluator.applications.models import Application, Submission
from evaluator.audit.operations import canonical
from evaluator.reviews.models import FactDecision, FactReview
from evaluator.rounds.models import Participant

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Statement:
    """The facts of one participant: as its branch states them, and as they were reviewed."""

    sheet: FactSheet
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
    sheets = fact_sheets(session, participants)
    submitted = _submitted(session, list(sheets))
    reviews = _fact_reviews(session, list(sheets))
    found = {}
    for number, sheet in sheets.items():
        stated = stated_values(sheet, submitted.get(number, {}))
        found[number] = Statement(sheet, stated, with_reviews(stated, reviews[number]))
    return found


def stated_values(sheet: FactSheet, submitted: Values) -> dict[str, Any]:
    """Return what a branch states: what it submitted, and what others have given since."""
    given_by_others = {
        name: fact.value
        for name, fact in sheet.known.items()
        if not is_answered(sheet, name) and not fact.source.startswith("record")
    }
    return {**sheet.values(), **submitted, **given_by_others}


def is_answered(sheet: FactSheet, name: str) -> bool:
    """Return whether the branch itself says something of a fact that counts."""
    answer = sheet.answers.get(name)
    return answer is not None and sheet.counts(answer)


def with_reviews(stated: Values, reviews: Iterable[FactReview]) -> dict[str, Any]:
    """Return stated facts with the adjustments that hold over them."""
    adjusted = {each.fact: each.value for each in reviews if holds(each, stated)}
    return {**stated, **adjusted}


def holds(review: FactReview, stated: Values) -> bool:
    """Return whether an adjustment still is one of what the branch states."""
    return review.decision is FactDecision.ADJUSTED and same(review.stated, stated.get(review.fact))


def same(one: object, other: object) -> bool:
    """Return whether two raw values are the same as JSON; a number is its text."""
    return canonical({"value": one}) == canonical({"value": other})


def submitted_values(submission: Submission | None) -> dict[str, Any]:
    """Return the facts of a submission by name."""
    if submission is None:
        return {}
    facts: dict[str, Any] = json.loads(submission.content).get("facts", {})
    return facts


def _submitted(session: Session, participants: list[int]) -> dict[int, dict[str, Any]]:
    """Return the facts of the latest submission of each participant."""
    latest = (
        select(Submission.application_id, func.max(Submission.number).label("number"))
        .join(Application)
        .where(Application.participant_id.in_(participants))
        .group_by(Submission.application_id)
        .subquery()
    )
    query = (
        select(Application.participant_id, Submission)
        .join(Submission, Submission.application_id == Application.id)
        .join(
            latest,
            (latest.c.application_id == Submission.application_id)
            & (latest.c.number == Submission.number),
        )
    )
    return {number: submitted_values(each) for number, each in session.execute(query)}


def _fact_reviews(session: Session, participants: list[int]) -> dict[int, list[FactReview]]:
    query = (
        select(Application.participant_id, FactReview)
        .join(FactReview, FactReview.application_id == Application.id)
        .where(Application.participant_id.in_(participants))
    )
    found: dict[int, list[FactReview]] = defaultdict(list)
    for number, review in session.execute(query):
        found[number].append(review)
    return found
