"""Points for each event: matters once, the highest alone, caps by day, month and year."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import numpy as np

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.columns import EventList
from evaluator.scoring.columnar.lists.choosing import chooser, looked_back, matters_of
from evaluator.scoring.columnar.lists.reduction import Reduce
from evaluator.scoring.columnar.lists.segments import (
    Numbers,
    highest,
    order_within,
    run_starts,
    running,
    sums,
)
from rules.lowering import indicators_of
from rules.lowering.program import Slot
from rules.syntax import ALL, EventCaps, Part, PerEvent, RuleSet

_EPOCH = datetime.date(1970, 1, 1).toordinal()
_MORE_THAN_ANY_DAY = 1 << 22
_NO_BOUND = np.iinfo(np.int64).max
"""A cap may be written higher than 64 bits reach; sums of points cannot be."""


def points_reducer(part: Part, per_event: PerEvent, slot: Slot, rule_set: RuleSet) -> Reduce:
    """Return how to work out the points that events bring."""
    days = looked_back(rule_set.period, per_event.within)
    columns = [per_event.by, per_event.once_per]
    choose = chooser(rule_set.facts[per_event.of], per_event.where_, days, columns)
    amounts = _amounts(part, per_event, slot, rule_set)

    def reduce(events: EventList, founded: Array) -> Array:
        chosen = choose(events)
        codes = chosen.columns[per_event.by] if per_event.by else np.zeros(len(chosen.day), np.int8)
        if per_event.take == "highest":
            return highest(amounts[codes], chosen.offsets)
        if per_event.once_per:
            best = _best_of_matters(chosen, per_event.once_per, codes, amounts)
        else:
            best = amounts[codes], chosen.day, chosen.offsets
        return _capped(*best, per_event.caps)

    return reduce


def _amounts(part: Part, per_event: PerEvent, slot: Slot, rule_set: RuleSet) -> Numbers:
    """Return the points of an event by its code; all have code 0 where no column decides."""
    if per_event.by:
        assert isinstance(part.points, Mapping)  # noqa: S101 - the lowering refuses anything else
        words = rule_set.facts[per_event.of].fields[per_event.by].options
        return np.array([part.points[word] for word in words], np.int64)
    if part.points == ALL:
        name = slot.name.rpartition(".")[0]
        return np.array([each.points for each in indicators_of(rule_set) if each.id == name])
    return np.array([part.points], np.int64)


def _best_of_matters(
    events: EventList, once_per: str, codes: Array, amounts: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Return points and day of each matter's best event, the first of equal ones; and offsets."""
    # The place among the amounts, not the amount: with a day it always fits into one number.
    worth, place = np.unique(amounts, return_inverse=True)
    matters = matters_of(events, once_per)
    best = matters.highest(place[codes] * _MORE_THAN_ANY_DAY - events.day)
    found = -(-best // _MORE_THAN_ANY_DAY)
    return worth[found], found * _MORE_THAN_ANY_DAY - best, matters.offsets


def _capped(points: Numbers, day: Array, offsets: Array, caps: EventCaps | None) -> Numbers:
    """Return the sums with the caps of each day, then each month, then each year applied."""
    if caps:
        order = order_within(day, offsets)
        points, day = points[order], day[order]
        for cap, unit in ((caps.day, "D"), (caps.month, "M"), (caps.year, "Y")):
            if cap is not None:
                starts = run_starts(_calendar(day, unit), offsets)
                points = np.add.reduceat(points, np.flatnonzero(starts))
                bound = min(cap, _NO_BOUND)
                points = np.maximum(np.minimum(points, bound), -bound)
                day, offsets = day[starts], running(starts)[offsets]
    return sums(points, offsets)


def _calendar(day: Array, unit: str) -> Numbers:
    """Return the number of the day, month or year in which an ordinal lies."""
    if not len(day):
        return np.zeros(0, np.int64)
    # Calendar arithmetic is slow, and there are far fewer days than events.
    first, last = int(day.min()) - _EPOCH, int(day.max()) - _EPOCH
    dates = np.arange(first, last + 1).astype("datetime64[D]")
    numbers: Numbers = dates.astype(f"datetime64[{unit}]").astype(np.int64)
    return numbers[day - (first + _EPOCH)]
