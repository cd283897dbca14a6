"""What a review changed, as the branch reads it: points before and after, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaluator.reviews.case import Case
from evaluator.reviews.entries import ShownValue, shown
from evaluator.reviews.models import FactReview, Reply
from evaluator.reviews.units import Unit
from rules.syntax import Fact


@dataclass(frozen=True)
class ChangedFact:
    """A fact that the committee set or adjusted."""

    fact: Fact
    review: FactReview
    before: ShownValue
    after: ShownValue


@dataclass(frozen=True)
class Change:
    """An indicator that came out of the review differently; points are None while not known."""

    unit: Unit
    before: int | None
    after: int | None
    before_reason: str
    after_reason: str
    facts: Sequence[ChangedFact]
    reply: Reply | None


def changes_told(case: Case, language: str) -> list[Change]:
    """Return every indicator that the review changed, in the order of the rule set."""
    found = (change_of(case, unit, language) for unit in case.units.values())
    return [each for each in found if each is not None]


def change_of(case: Case, unit: Unit, language: str = "zh") -> Change | None:
    """Return what the review changed of an indicator, None where it changed nothing."""
    facts = [
        ChangedFact(
            fact,
            review,
            shown(fact, case.stated.get(name), language),
            shown(fact, review.value, language),
        )
        for name, fact in unit.facts.items()
        if (review := case.adjusted(name))
    ]
    before = after = None
    before_reason = after_reason = ""
    if unit.indicator:
        stated, reviewed = case.stated_marks, case.reviewed_marks
        before, after = stated.points(unit.indicator), reviewed.points(unit.indicator)
        before_reason = stated.reason(unit.indicator, language)
        after_reason = reviewed.reason(unit.indicator, language)
    if not facts and before == after:
        return None
    return Change(
        unit, before, after, before_reason, after_reason, facts, case.replies.get(unit.id)
    )
