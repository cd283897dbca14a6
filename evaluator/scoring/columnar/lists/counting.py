"""How many events there are, and what a column of them adds up to."""

from __future__ import annotations

import numpy as np

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.columns import EventList
from evaluator.scoring.columnar.lists.choosing import chooser, looked_back, matters_of
from evaluator.scoring.columnar.lists.reduction import Reduce
from evaluator.scoring.columnar.lists.segments import sums
from rules.syntax import CountOf, RuleSet, SumOf


def count_reducer(node: CountOf, rule_set: RuleSet) -> Reduce:
    """Return how to count events, or the matters among them."""
    days = looked_back(rule_set.period, node.within, node.until)
    choose = chooser(rule_set.facts[node.events], node.where_, days, [node.once_per])

    def reduce(events: EventList, founded: Array) -> Array:
        chosen = choose(events)
        if node.once_per is None:
            return np.diff(chosen.offsets)
        return np.diff(matters_of(chosen, node.once_per).offsets)

    return reduce


def sum_reducer(node: SumOf, rule_set: RuleSet) -> Reduce:
    """Return how to add a column up, with the highest of each matter alone."""
    days = looked_back(rule_set.period, node.within, node.until)
    columns = [node.field_, node.once_per]
    choose = chooser(rule_set.facts[node.events], node.where_, days, columns)

    def reduce(events: EventList, founded: Array) -> Array:
        chosen = choose(events)
        amounts = chosen.columns[node.field_]
        if node.once_per is None:
            return sums(amounts, chosen.offsets)
        matters = matters_of(chosen, node.once_per)
        return sums(matters.highest(amounts), matters.offsets)

    return reduce
