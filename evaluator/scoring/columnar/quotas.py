"""Quotas over states: the same as `evaluator.scoring.quotas`, for any number of organisations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.columnar.census import among_of
from evaluator.scoring.columnar.standings import Standings
from evaluator.scoring.quotas import Population, QuotaReport, base_of, in_turn, limit_of
from evaluator.scoring.reading import Raw
from rules.syntax import Quota, RuleSet

STAYS = -2
"""Stands in a move for whoever is not moved; -1 is no level."""


@dataclass(frozen=True)
class Moves:
    """The level to which a quota moves each state, `STAYS` where it does not."""

    quota: Quota
    to: Array


@dataclass(frozen=True)
class _Runs:
    """Holders of a quota in the order of their places: who ties is one run.

    `state` are the states in order, `run` the run of each; `start` and `end` count the
    organisations of the run's group before the run and with it.
    """

    state: Array
    run: Array
    start: Array
    end: Array
    group: Array

    def of_states(self, chosen: Bools) -> Array:
        """Return the states of the chosen runs."""
        return self.state[chosen[self.run]]


class Quotas:
    """The quotas of one rule set on the standings of a round."""

    def __init__(
        self,
        rule_set: RuleSet,
        standings: Standings,
        populations: Mapping[str, Mapping[Raw, Population]],
        words: Mapping[str, Sequence[Raw]],
    ):
        self.standings = standings
        self.populations = populations
        self.words = words
        self.levels = [level.id for level in rule_set.levels.from_low_to_high]
        self.quotas = in_turn(rule_set)

    def apply(self) -> tuple[list[QuotaReport], list[Moves]]:
        """Move whom the quotas move, and return what each came to in each group."""
        moves, moved = [], []
        for quota in self.quotas:
            before = self.standings.level.copy()
            self._apply_one(quota)
            changed = before != self.standings.level
            moved.append(self._by_group(quota, changed))
            if changed.any():
                moves.append(Moves(quota, np.where(changed, self.standings.level, STAYS)))
        reports = [
            report
            for quota, each in zip(self.quotas, moved, strict=True)
            for report in self._reports(quota, each)
        ]
        return reports, moves

    def _apply_one(self, quota: Quota) -> None:
        limits = self._limits(quota)
        if quota.kind == "at_most" and quota.counts != "and_below":
            runs = self._runs(quota, self._holders(quota), falling=True)
            kept = _taken(runs, limits, quota.ties == "include")
            dropped = runs.of_states(~kept)
            self.standings.level[dropped] = self.standings.below[quota.id][dropped]
        elif quota.kind == "at_least":
            level = self.levels.index(quota.level)
            lacking = limits - self._by_group(quota, self._holders(quota))
            above = (self.standings.level > level) & ~self.standings.awarded_above(level)
            runs = self._runs(quota, above, falling=False)
            taken = _taken(runs, np.maximum(lacking, 0), quota.ties == "include")
            self.standings.level[runs.of_states(taken)] = level

    def _limits(self, quota: Quota) -> Array:
        """Return the limit of each group by its number."""
        populations = self.populations[among_of(quota)]
        return np.array(
            [
                limit_of(quota, base_of(quota, populations[word])) if word in populations else 0
                for word in self._words(quota)
            ],
            np.int64,
        )

    def _words(self, quota: Quota) -> Sequence[Raw]:
        return self.words[among_of(quota)]

    def _by_group(self, quota: Quota, chosen: Bools) -> Array:
        """Return how many organisations of the chosen states each group has."""
        found = np.zeros(len(self._words(quota)), np.int64)
        group = self.standings.groups[among_of(quota)]
        np.add.at(found, group[chosen], self.standings.weights[chosen])
        return found

    def _counted(self, quota: Quota) -> Bools:
        """Return whether a state stands where a quota counts."""
        held, level = self.standings.level, self.levels.index(quota.level)
        if quota.kind == "at_least" or quota.counts == "and_below":
            return held <= level
        return held >= level if quota.counts == "and_above" else held == level

    def _beside(self, quota: Quota) -> Bools:
        """Return whose direct award takes no place of a quota."""
        if quota.direct_awards != "beside" or quota.kind != "at_most":
            return np.zeros(len(self.standings.level), np.bool_)
        return self._counted(quota) & self.standings.direct

    def _holders(self, quota: Quota) -> Bools:
        return self._counted(quota) & ~self._beside(quota)

    def _runs(self, quota: Quota, chosen: Bools, falling: bool) -> _Runs:
        """Return the chosen states by group and place; without `falling` the weakest come first.

        A place is the level, then a direct award, then the total, then the tie breakers; the
        weakest are found by the total and the tie breakers alone.
        """
        standings, state = self.standings, np.flatnonzero(chosen)
        group = standings.groups[among_of(quota)][state]
        keys = [standings.total, *standings.ties[quota.id]]
        if falling:
            keys = [standings.level, standings.direct.view(np.int8), *keys]
        places = [each[state].astype(np.int64) for each in keys]
        if falling:
            places = [~each for each in places]  # ~x = -x - 1: turns the order, never overflows
        order = np.lexsort([*reversed(places), group])
        fresh = np.zeros(len(order), np.bool_)
        fresh[:1] = True
        for each in (group, *places):
            fresh[1:] |= each[order[1:]] != each[order[:-1]]
        return _counted_runs(state[order], fresh, standings.weights[state[order]], group[order])

    def _reports(self, quota: Quota, moved: Array) -> list[QuotaReport]:
        held = self._by_group(quota, self._holders(quota))
        beside = self._by_group(quota, self._beside(quota))
        limits, met = self._limits(quota), self._met(quota, held)
        populations = self.populations[among_of(quota)]
        return [
            QuotaReport(
                quota,
                word,
                base_of(quota, populations[word]),
                int(limits[number]),
                int(held[number]),
                int(moved[number]),
                int(beside[number]),
                bool(met[number]),
            )
            for number, word in enumerate(self._words(quota))
            if word in populations
        ]

    def _met(self, quota: Quota, held: Array) -> Bools:
        limits = self._limits(quota)
        if quota.kind != "at_most":
            return held >= limits
        if quota.ties != "include":
            return held <= limits
        # Those who tie at the limit may exceed it, if nobody stands behind them.
        runs = self._runs(quota, self._holders(quota), falling=True)
        kept = np.zeros(len(limits), np.int64)
        taken = _taken(runs, limits, include=True)
        straddles = taken & (runs.end > limits[runs.group])
        kept[runs.group[straddles]] = runs.end[straddles]
        met: Bools = (held <= limits) | (kept == held)
        return met


def _counted_runs(state: Array, fresh: Bools, weights: Array, group: Array) -> _Runs:
    """Return the runs that begin where `fresh` says, counted within their groups."""
    run, ends = np.cumsum(fresh) - 1, np.cumsum(weights)
    first = np.flatnonzero(fresh)
    start, groups = ends[first] - weights[first], group[first]
    end = np.append(start[1:], ends[-1:])
    opens = np.ones(len(groups), np.bool_)
    opens[1:] = groups[1:] != groups[:-1]
    opener = np.maximum.accumulate(np.where(opens, np.arange(len(groups)), 0))
    before = start[opener]
    return _Runs(state, run, start - before, end - before, groups)


def _taken(runs: _Runs, limits: Array, include: bool) -> Bools:
    """Return the runs that find room: a run across the limit whole or not at all."""
    limit = limits[runs.group]
    return (runs.end <= limit) | (include & (runs.start < limit))
