"""For each slot that is worked out from a list: which fact, and how; and which lists are refused.

The explaining path says the same for one organisation: evaluator/scoring/events.py.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from evaluator.scoring.columnar.arrays import Array, Bools, narrow
from evaluator.scoring.columnar.columns import EventList, RatingList
from evaluator.scoring.columnar.lists.counting import count_reducer, sum_reducer
from evaluator.scoring.columnar.lists.occurrences import gap_reducer, missed_reducer
from evaluator.scoring.columnar.lists.points import points_reducer
from evaluator.scoring.columnar.lists.ratings import kept_count, kept_sum, refused, unusable
from rules.lowering import Program
from rules.lowering.program import Slot
from rules.lowering.values import bounds_of
from rules.syntax import CountOf, LongestGap, MeanOf, Missed, Part, RuleSet, SumOf

Lists = EventList | RatingList
Reducer = Callable[[Lists, Array, Bools | None], Array]
"""From the lists, the founding days (0 where not known) and where the fact is missing (None where
nobody lacks it) to a slot: a new array of `narrow(slot.low, slot.high)`, blank where missing."""
Reduction = Callable[[Any, Array], Array]
"""A reduction of events or of ratings; only lists of that kind are given to it."""
Refusal = Callable[[Lists], Bools]
"""From the lists to the organisations whose list is too long or too short to be used."""


def reducer_of(slot: Slot, rule_set: RuleSet) -> tuple[str, Reducer]:
    """Return the fact that a slot is worked out from, and how.

    Lists that `refusals_of` refuses come out blank: their organisations have no value. Raises
    OverflowError where the slot needs more than 64 bits.
    """
    kind, blank = narrow(slot.low, slot.high), max(slot.low, min(0, slot.high))
    name, reduce, blanked = _of_slot(slot, rule_set)

    def reducer(lists: Lists, founded: Array, missing: Bools | None) -> Array:
        given = _from_zero(lists)
        empty = blanked(given) if missing is None else blanked(given) | missing
        return np.where(empty, blank, reduce(given, founded)).astype(kind)

    return name, reducer


def refusals_of(program: Program) -> list[tuple[str, Refusal]]:
    """Return for each fact what refuses its lists; a fact of several means has several.

    Events are refused whether or not anything reads them, ratings only where a mean does.
    """
    facts = program.rule_set.facts
    events = [
        (name, partial(_too_many, bounds_of(fact)[1]))
        for name, fact in facts.items()
        if fact.type == "events"
    ]
    means = [
        (slot.reduction.ratings, partial(refused, node=slot.reduction))
        for slot in program.slots
        if slot.facet == "sum" and isinstance(slot.reduction, MeanOf)
    ]
    return [*events, *means]


def _of_slot(slot: Slot, rule_set: RuleSet) -> tuple[str, Reduction, Refusal]:
    """Return the fact of a slot, its reduction, and which lists have no value by it."""
    node = slot.reduction
    if isinstance(node, MeanOf):
        mean, kept = node, kept_sum if slot.facet == "sum" else kept_count
        return node.ratings, lambda lists, _: kept(lists, mean), partial(unusable, node=mean)
    name, reduce = _of_events(slot, rule_set)
    return name, reduce, partial(_too_many, bounds_of(rule_set.facts[name])[1])


def _of_events(slot: Slot, rule_set: RuleSet) -> tuple[str, Reduction]:
    node = slot.reduction
    if isinstance(node, Part):
        assert node.per_event is not None  # noqa: S101
        return node.per_event.of, points_reducer(node, node.per_event, slot, rule_set)
    if isinstance(node, Missed):
        return node.events, missed_reducer(node, rule_set)
    if isinstance(node, LongestGap):
        return node.events, gap_reducer(node, rule_set)
    if isinstance(node, SumOf):
        return node.events, sum_reducer(node, rule_set)
    assert isinstance(node, CountOf)  # noqa: S101
    return node.events, count_reducer(node, rule_set)


def _too_many(most: int, lists: Lists) -> Bools:
    return np.diff(lists.offsets) > most


def _from_zero(lists: Lists) -> Lists:
    """Return lists whose offsets span their elements, where they are a part of longer lists."""
    first, last = int(lists.offsets[0]), int(lists.offsets[-1])
    offsets, inside = lists.offsets - first, slice(first, last)
    if isinstance(lists, RatingList):
        return RatingList(offsets, lists.values[inside])
    columns = {name: column[inside] for name, column in lists.columns.items()}
    return EventList(offsets, lists.day[inside], columns)
