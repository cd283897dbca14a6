"""The facts of many participants as plain rows, for whoever scores hundreds of them at once.

A round of 2,400 participants has some 200,000 rows; an object of the session for each, and reading
the JSON of what a submission replaces anyway, would take longer than scoring all of them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session

from evaluator.applications.models import Answer, Application, Origin, Submission
from evaluator.records.models import KnownFact
from evaluator.reviews.models import FactDecision, FactReview

_read_json = lru_cache(10_000)(json.loads)
"""Most values occur again and again; nobody changes what is read."""


class Known(NamedTuple):
    """What is known of a fact; its value is read where it is asked for."""

    text: str | None
    source: str

    @property
    def value(self) -> Any:
        """Return the value as the readers of facts take it."""
        return None if self.text is None else _read_json(self.text)


class Said(NamedTuple):
    """What a branch says of a fact."""

    fact: str
    value: Any
    origin: Origin
    reason: str


class Adjusted(NamedTuple):
    """What a reviewer made of a fact."""

    fact: str
    decision: FactDecision
    value: Any
    stated: Any


def known_rows(
    session: Session, organisations: Collection[int], year: int
) -> Mapping[int, Mapping[str, Known]]:
    """Return what is known in a year by organisation and fact."""
    columns = (KnownFact.organisation_id, KnownFact.fact, cast(KnownFact.value, Text))
    query = select(*columns, KnownFact.source).where(
        KnownFact.year == year, KnownFact.organisation_id.in_(organisations)
    )
    found: dict[int, dict[str, Known]] = defaultdict(dict)
    for organisation, fact, text, source in session.execute(query):
        found[organisation][fact] = Known(text, source)
    return found


def said_rows(session: Session, participants: Collection[int]) -> Mapping[int, Mapping[str, Said]]:
    """Return what branches say, by participant and fact."""
    query = (
        select(Application.participant_id, Answer.fact, Answer.value, Answer.origin, Answer.reason)
        .join(Answer, Answer.application_id == Application.id)
        .where(Application.participant_id.in_(participants))
    )
    found: dict[int, dict[str, Said]] = defaultdict(dict)
    for participant, *said in session.execute(query):
        found[participant][said[0]] = Said(*said)
    return found


def submitted_rows(
    session: Session, participants: Collection[int]
) -> Mapping[int, Mapping[str, Any]]:
    """Return the facts of the latest submission of each participant."""
    latest = (
        select(Submission.application_id, func.max(Submission.number).label("number"))
        .join(Application)
        .where(Application.participant_id.in_(participants))
        .group_by(Submission.application_id)
        .subquery()
    )
    query = (
        select(Application.participant_id, Submission.content)
        .join(Submission, Submission.application_id == Application.id)
        .join(
            latest,
            (latest.c.application_id == Submission.application_id)
            & (latest.c.number == Submission.number),
        )
    )
    return {number: facts_in(content) for number, content in session.execute(query)}


def adjusted_rows(session: Session, participants: Collection[int]) -> Mapping[int, list[Adjusted]]:
    """Return what reviewers made of facts, by participant."""
    query = (
        select(
            Application.participant_id,
            FactReview.fact,
            FactReview.decision,
            FactReview.value,
            FactReview.stated,
        )
        .join(FactReview, FactReview.application_id == Application.id)
        .where(Application.participant_id.in_(participants))
    )
    found: dict[int, list[Adjusted]] = defaultdict(list)
    for participant, *adjusted in session.execute(query):
        found[participant].append(Adjusted(*adjusted))
    return found


def facts_in(content: str) -> dict[str, Any]:
    """Return the facts of the content of a submission by name."""
    facts: dict[str, Any] = json.loads(content).get("facts", {})
    return facts
