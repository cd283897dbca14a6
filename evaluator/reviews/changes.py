"""What a reviewer would change of an indicator's facts, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from evaluator.access import Actor, NotAllowed
from evaluator.database import now
from evaluator.reviews.case import Case
from evaluator.reviews.entries import Entry, means_the_same, plain, read
from evaluator.reviews.models import FactDecision, FactReview
from evaluator.reviews.units import Unit
from evaluator.scoring.inputs import FactProblem
from evaluator.scoring.reading import Unreadable
from evaluator.web.languages import language
from evaluator.web.wording import gettext


class Problems(Exception):
    """What is wrong with what was typed, by fact: with its value, with its reason."""

    def __init__(self, values: Mapping[str, str], reasons: Mapping[str, str] | None = None):
        super().__init__("what was typed cannot be kept")
        self.values = values
        self.reasons = reasons or {}


def changes_of(
    case: Case, unit: Unit, entries: Mapping[str, Entry], actor: Actor
) -> dict[str, FactReview]:
    """Return new rows for the facts whose values would change.

    Raises Problems for values out of bounds, missing ones, and adjustments without a reason.
    """
    rows = {name: _change(case, unit, name, entry, actor) for name, entry in entries.items()}
    changes = {name: row for name, row in rows.items() if row is not None}
    _check(case, unit, entries, changes)
    return changes


def _change(case: Case, unit: Unit, name: str, entry: Entry, actor: Actor) -> FactReview | None:
    """Return the decision on a fact as a new row, None where nothing changes."""
    if name not in unit.facts or not case.may_change(unit, name):
        raise NotAllowed(name)
    fact, stated = unit.facts[name], case.stated.get(name)
    differs = not means_the_same(fact, entry.value, stated)
    if not differs and case.adjusted(name) is None:
        return None
    reason = entry.reason.strip()
    value = {"value": entry.value, "reason": reason} if fact.reason == "required" else entry.value
    return FactReview(
        application_id=case.application.id,
        fact=name,
        decision=FactDecision.ADJUSTED if differs else FactDecision.ACCEPTED,
        value=value if differs else stated,
        stated=stated,
        reason=reason if differs else "",
        account_id=actor.account_id,
        at=now(),
    )


def _check(
    case: Case, unit: Unit, entries: Mapping[str, Entry], changes: Mapping[str, FactReview]
) -> None:
    """Raise Problems for values out of bounds, missing ones, and adjustments without a reason."""
    values = {
        name: words
        for name, entry in entries.items()
        if (words := _value_problem(case, unit, name, entry, changes))
    }
    reasons = {
        name: gettext("Write why; the branch will read it.")
        for name, change in changes.items()
        if change.decision is FactDecision.ADJUSTED
        and not change.reason
        and _wants_reason(unit, name)
    }
    if not values:
        proposed = replace(case, facts={**case.facts, **changes})
        together = _problems_together(proposed, unit, changes)
        # That a reason is missing is said at its own field, and once.
        values = {name: words for name, words in together.items() if name not in reasons}
    if values or reasons:
        raise Problems(values, reasons)


def _wants_reason(unit: Unit, name: str) -> bool:
    fact = unit.facts[name]
    return fact.source.kind != "review" or fact.reason == "required"


def _value_problem(
    case: Case, unit: Unit, name: str, entry: Entry, changes: Mapping[str, FactReview]
) -> str:
    fact, stated = unit.facts[name], plain(case.stated.get(name))
    if entry.is_blank and stated not in (None, ""):
        return gettext("Write the value that is right, such as 0; a stated one cannot be left out.")
    if name not in changes:
        return ""
    try:
        read(fact, entry.value)
    except Unreadable as error:
        return error.en if language() == "en" else error.zh
    return ""


def _problems_together(
    proposed: Case, unit: Unit, changes: Mapping[str, FactReview]
) -> dict[str, str]:
    """Return what is wrong with the values once all are taken together, as the rules demand."""
    found = {
        each.fact: _words(each) for each in proposed.reviewed_marks.problems if each.fact in changes
    }
    missing = gettext("Only the committee gives this value; fill it in.")
    return {**dict.fromkeys(proposed.waits_for_values(unit), missing), **found}


def _words(problem: FactProblem) -> str:
    return problem.en if language() == "en" else problem.zh
