"""Ranks, bests and means of groups: counted part by part, then looked up for each organisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evaluator.scoring.columnar.arrays import Array, Bools, narrow
from evaluator.scoring.columnar.columns import Group
from evaluator.scoring.columnar.states import states_of
from evaluator.scoring.columnar.words import Words
from evaluator.scoring.reading import Raw
from rules.lowering.program import CohortInput, Program
from rules.syntax import RankIn


@dataclass(frozen=True)
class Tally:
    """How often each value occurs in each group: `counts[i]` times `values[i]` in `codes[i]`."""

    words: Sequence[Raw]
    codes: Array
    values: Array
    counts: Array


def tally(group: Group, values: Array, present: Bools) -> Tally:
    """Return how often each value occurs among those who are present."""
    codes, mine = (
        (group.codes, values)
        if present.all()
        else (
            group.codes[present],
            values[present],
        )
    )
    found = states_of([codes, mine])
    return Tally(group.words, found.columns[0], found.columns[1].astype(np.int64), found.weights)


def merged(parts: Sequence[Tally]) -> Tally:
    """Return one tally of all parts of a round, sorted by group and value."""
    words = Words()
    codes = [words.add(Group(each.codes, each.words)) for each in parts]
    found = states_of(
        [np.concatenate(codes), np.concatenate([each.values for each in parts])],
        np.concatenate([each.counts for each in parts]),
    )
    occurring, codes_now = np.unique(found.columns[0], return_inverse=True)
    named = list(words.codes)
    return Tally([named[each] for each in occurring], codes_now, found.columns[1], found.weights)


class Comparison:
    """One comparison of a rule set, with what its groups came to."""

    def __init__(self, entry: CohortInput, program: Program, parts: Sequence[Tally]):
        self.entry = entry
        self.slots = {
            slot.facet: number
            for number, slot in enumerate(program.slots)
            if slot.kind == "cohort" and slot.name == entry.name
        }
        self.bounds = {
            number: (program.slots[number].low, program.slots[number].high)
            for number in self.slots.values()
        }
        self.tally = merged(parts)
        self.words = Words(self.tally.words)
        self.tables = self._tables()

    def fill(self, group: Group, values: Array, present: Bools) -> dict[int, Array]:
        """Return the slots of this comparison for organisations and their own values."""
        codes = self.words.find(group)
        if isinstance(self.entry.way, RankIn):
            number = self.slots[""]
            return {number: self._ranks(codes, values, present, number)}
        return {
            number: self._looked_up(self.tables[facet], codes, number)
            for facet, number in self.slots.items()
        }

    def _tables(self) -> dict[str, Array]:
        """Return for each facet what each group came to; for a rank, that of each tallied value."""
        way, tally = self.entry.way, self.tally
        if isinstance(way, RankIn):
            return {"": _ranks(tally, way)}
        number = len(self.words)
        if self.entry.measure.group_mean:
            added, count = np.zeros(number, np.int64), np.zeros(number, np.int64)
            np.add.at(added, tally.codes, tally.values * tally.counts)
            np.add.at(count, tally.codes, tally.counts)
            return {"sum": added, "count": count}
        # The values of a group are in rising order.
        last = np.searchsorted(tally.codes, np.arange(number), side="right") - 1
        first = np.searchsorted(tally.codes, np.arange(number), side="left")
        return {"": tally.values[last if self.entry.measure.highest else first]}

    def _ranks(self, codes: Array, values: Array, present: Bools, number: int) -> Array:
        """Return the rank of everyone who is present, and the blank value for the others."""
        known, of_tally = np.unique(self.tally.values, return_inverse=True)
        place = np.searchsorted(known, values)
        keys = self.tally.codes.astype(np.int64) * len(known) + of_tally
        mine = codes.astype(np.int64) * len(known) + place
        here = np.minimum(np.searchsorted(keys, mine), max(len(keys) - 1, 0))
        found = np.full(len(codes), _blank(*self.bounds[number]), narrow(*self.bounds[number]))
        if len(keys):  # else nobody takes part, and whoever is present has no rank
            found[present] = self.tables[""][here[present]]
        return found

    def _looked_up(self, table: Array, codes: Array, number: int) -> Array:
        low, high = self.bounds[number]
        longer: Array = np.append(table, _blank(low, high)).astype(narrow(low, high))
        return longer.take(codes, mode="wrap")  # a group that is not known is the last, -1


def _blank(low: int, high: int) -> int:
    """Return what stands in a slot that nobody fills, as `InputReader` has it."""
    return max(low, min(0, high))


def _ranks(tally: Tally, way: RankIn) -> Array:
    """Return the rank of each tallied value in its group; equal values share the best or worst."""
    ends = np.cumsum(tally.counts)
    starts = ends - tally.counts
    number = int(tally.codes[-1]) + 1 if len(tally.codes) else 0
    edges = np.searchsorted(tally.codes, np.arange(number + 1))
    before = np.concatenate([[0], ends])[edges]
    own = tally.codes.astype(np.int64)
    lower, upto = starts - before[own], ends - before[own]
    ranks: Array
    if way.best == "lowest":
        ranks = lower + 1 if way.ties == "best_rank" else upto
    else:
        size = (before[1:] - before[:-1])[own]
        ranks = size - upto + 1 if way.ties == "best_rank" else size - lower
    return ranks
