"""Quotas of the plain kind: one limit for a whole category, and no award that overrules points.

These need no look at anybody but whoever holds the level, and few words to be applied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.columnar.census import EVERYONE, among_of
from evaluator.scoring.columnar.cuts import Key, best
from evaluator.scoring.columnar.quotas import Moves
from evaluator.scoring.columnar.standings import Standings
from evaluator.scoring.quotas import Population, QuotaReport, base_of, in_turn, limit_of
from rules.syntax import Quota, RuleSet


def are_plain(quotas: Sequence[Quota], awarded: Array) -> bool:
    """Return whether quotas are of the plain kind; `awarded` is as in `Decided`."""
    return all(map(_is_plain, quotas)) and not awarded.any()


def _is_plain(quota: Quota) -> bool:
    watches = quota.kind == "target" or (quota.kind == "at_most" and quota.ties == "exclude")
    return watches and among_of(quota) == EVERYONE and quota.counts != "and_below"


@dataclass(frozen=True)
class PlainQuotas:
    """Plain quotas on the standings of a category; whoever holds a limited level is in `rows`."""

    rule_set: RuleSet
    standings: Standings
    rows: Array
    population: Population

    def apply(self) -> tuple[list[QuotaReport], list[Moves]]:
        """Move whom the quotas move, and return what each came to; as `Quotas.apply`."""
        moves = [self._moves(quota) for quota in in_turn(self.rule_set)]
        return [self._report(each) for each in moves], [each for each in moves if len(each.who)]

    def _moves(self, quota: Quota) -> Moves:
        level = self.standings.level
        if quota.kind != "at_most":
            return Moves(quota, self.rows[:0], level[:0])
        holds = self._holds(quota)
        holders = self.rows if holds.all() else np.compress(holds, self.rows)
        fits = best(holders, self._place(quota), self._limit(quota), False)
        who = np.compress(~fits, holders)  # several times as fast as an index of truths
        to = np.take(self.standings.below[quota.id], who).astype(level.dtype, copy=False)
        level[who] = to
        return Moves(quota, who, to)

    def _holds(self, quota: Quota) -> Bools:
        """Return which of the rows take a place of a quota."""
        level = [each.id for each in self.rule_set.levels.from_low_to_high].index(quota.level)
        held = np.take(self.standings.level, self.rows)
        holds: Bools = held >= level if quota.counts == "and_above" else held == level
        return holds

    def _place(self, quota: Quota) -> list[Key]:
        """Return what holders are ordered by: the level, then the total, then the tie breakers."""
        ties = [self._tie(quota, number) for number in range(len(quota.tie_break))]
        points: list[Key] = [lambda who: np.take(self.standings.total, who), *ties]
        if quota.counts != "and_above":
            return points
        return [lambda who: np.take(self.standings.level, who), *points]

    def _tie(self, quota: Quota, number: int) -> Key:
        return lambda who: self.standings.tie(quota, number, who)

    def _limit(self, quota: Quota) -> int:
        return limit_of(quota, base_of(quota, self.population))

    def _report(self, moves: Moves) -> QuotaReport:
        quota, limit = moves.quota, self._limit(moves.quota)
        held = int(np.count_nonzero(self._holds(quota)))
        return QuotaReport(
            quota=quota,
            group=EVERYONE,
            base=base_of(quota, self.population),
            limit=limit,
            held=held,
            moved=len(moves.who),
            met=held <= limit if quota.kind == "at_most" else held >= limit,
        )
