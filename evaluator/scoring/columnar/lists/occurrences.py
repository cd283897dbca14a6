"""Occurrences that a calendar asks for: how many are missing, and the longest time without."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.columnar.columns import EventList
from evaluator.scoring.columnar.lists.choosing import chooser, whole_period
from evaluator.scoring.columnar.lists.reduction import Reduce
from evaluator.scoring.columnar.lists.segments import (
    Numbers,
    highest,
    order_within,
    owners,
    running,
)
from evaluator.scoring.periods import Window, periods_of, window
from rules.syntax import LongestGap, Missed, RuleSet


def missed_reducer(node: Missed, rule_set: RuleSet) -> Reduce:
    """Return how to count the required occurrences that are missing."""
    choose = chooser(rule_set.facts[node.events], node.where_)
    windows = sorted(_windows(node, rule_set), key=lambda each: each.closes)
    pro_rata = rule_set.organisations.part_year == "pro_rata"

    def reduce(events: EventList, founded: Array) -> Array:
        unserved = _Occurrences(choose(events))
        missing = np.zeros(len(founded), np.int64)
        for each in windows:
            asked = founded <= each.first if pro_rata else np.ones(len(founded), np.bool_)
            missing += asked * (node.at_least - unserved.serve(each, asked, node.at_least))
        return missing

    return reduce


def _windows(node: Missed, rule_set: RuleSet) -> Sequence[Window]:
    if node.terms:
        return [window(term.from_, term.to, node.tolerance) for term in node.terms]
    return periods_of(rule_set.period, node.every, node.tolerance)


class _Occurrences:
    """Days on which it happened, ascending, and which of them serve no window yet."""

    def __init__(self, events: EventList):
        self.day = events.day[order_within(events.day, events.offsets)]
        self.owner = owners(events.offsets)
        self.size = len(events.offsets) - 1
        self.unused = np.ones(len(self.day), np.bool_)

    def serve(self, each: Window, asked: Bools, at_least: int) -> Numbers:
        """Let the earliest unused days serve a window; return how many each organisation has."""
        inside = self.unused & (self.day >= each.opens) & (self.day <= each.closes)
        found = np.flatnonzero(inside)
        found = found[asked[self.owner[found]]]
        owner = self.owner[found]
        number = np.bincount(owner, minlength=self.size)
        place = np.arange(len(found)) - running(number)[owner]
        self.unused[found[place < at_least]] = False
        return np.minimum(number, at_least)


def gap_reducer(node: LongestGap, rule_set: RuleSet) -> Reduce:
    """Return how to find the most days in a row without an event."""
    start, end = whole_period(rule_set.period)
    choose = chooser(rule_set.facts[node.events], node.where_, (start, end))
    pro_rata = rule_set.organisations.part_year == "pro_rata"

    def reduce(events: EventList, founded: Array) -> Array:
        chosen = choose(events)
        first = np.full(len(founded), start, np.int64)
        if pro_rata:
            np.maximum(first, founded, out=first)
        # An event before the founding day counts as if it were on the day before it: it then
        # neither ends nor begins a gap, and nothing has to be taken out of the lists.
        day = np.maximum(chosen.day, (first - 1)[owners(chosen.offsets)])
        return _longest(day[order_within(day, chosen.offsets)], chosen.offsets, first, end)

    return reduce


def _longest(day: Numbers, offsets: Array, first: Numbers, end: int) -> Numbers:
    """Return the most days between neighbours, the edges of the time included; 0 where none."""
    filled = offsets[:-1] < offsets[1:]
    before, last = np.empty_like(day), first - 1
    before[1:] = day[:-1]
    before[offsets[:-1][filled]] = last[filled]
    last[filled] = day[offsets[1:][filled] - 1]
    return np.maximum(np.maximum(highest(day - before - 1, offsets), end - last), 0)
