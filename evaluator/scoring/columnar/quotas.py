"""Quotas in columns: the same as `evaluator.scoring.quotas`, for any number of organisations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.columnar.census import among_of
from evaluator.scoring.columnar.cuts import Key, best, best_of_groups
from evaluator.scoring.columnar.standings import Standings
from evaluator.scoring.columnar.threads import numbers_of
from evaluator.scoring.quotas import QuotaReport, base_of, in_turn, limit_of
from rules.syntax import Quota, RuleSet


@dataclass(frozen=True)
class Moves:
    """Whom a quota moves, by their numbers in the standings, and to which level."""

    quota: Quota
    who: Array
    to: Array


class Quotas:
    """The quotas of one rule set on the standings of a round."""

    def __init__(self, rule_set: RuleSet, standings: Standings):
        self.standings = standings
        self.levels = [level.id for level in rule_set.levels.from_low_to_high]
        self.quotas = in_turn(rule_set)

    def apply(self) -> tuple[list[QuotaReport], list[Moves]]:
        """Move whom the quotas move, and return what each came to in each group."""
        moves = [self._moves(quota) for quota in self.quotas]
        reports = [report for each in moves for report in self._reports(each)]
        return reports, [each for each in moves if len(each.who)]

    def _moves(self, quota: Quota) -> Moves:
        level = self.levels.index(quota.level)
        who, to = np.zeros(0, np.int64), np.zeros(0, self.standings.level.dtype)
        if quota.kind == "at_most" and quota.counts != "and_below":
            who = self._beyond(quota)
            to = self.standings.below[quota.id][who].astype(to.dtype)
        elif quota.kind == "at_least":
            who = self._weakest(quota, level)
            to = np.full(len(who), level, to.dtype)
        self.standings.level[who] = to
        return Moves(quota, who, to)

    def _beyond(self, quota: Quota) -> Array:
        """Return the holders who find no room below an upper limit."""
        holders = numbers_of(self._holds(quota))
        return holders[~self._fits(quota, holders, self._limits(quota), self._place(quota))]

    def _weakest(self, quota: Quota, level: int) -> Array:
        """Return the weakest above a level, until its lower limit is met."""
        lacking = self._limits(quota) - self._counts(quota, self._holds(quota))
        above = numbers_of(self.standings.rated & (self.standings.level > level))
        above = above[~self.standings.awarded_above(above, level)]
        weakest: list[Key] = [_turned(key) for key in self._points(quota)]
        return above[self._fits(quota, above, np.maximum(lacking, 0), weakest)]

    def _fits(self, quota: Quota, who: Array, room: Array, keys: Sequence[Key]) -> Bools:
        """Return which of some elements find room in their groups."""
        standings, among, include = self.standings, among_of(quota), quota.ties == "include"
        if among not in standings.groups and standings.weights is None:
            return best(who, keys, int(room[0]), include)
        group = (
            standings.groups[among].codes[who]
            if among in standings.groups
            else np.zeros(len(who), np.int8)
        )
        return best_of_groups(who, keys, group, room, include, standings.weights)

    def _points(self, quota: Quota) -> list[Key]:
        """Return what is compared: the total, then the tie breakers."""
        ties = [self._tie(quota, number) for number in range(len(quota.tie_break))]
        return [lambda who: self.standings.total[who], *ties]

    def _tie(self, quota: Quota, number: int) -> Key:
        return lambda who: self.standings.tie(quota, number, who)

    def _place(self, quota: Quota) -> list[Key]:
        """Return what holders are ordered by: the level, then a direct award, then points."""
        return [
            lambda who: self.standings.level[who],
            self.standings.direct,
            *self._points(quota),
        ]

    def _limits(self, quota: Quota) -> Array:
        """Return the limit of each group by its number."""
        populations = self.standings.populations(among_of(quota))
        return np.array(
            [
                limit_of(quota, base_of(quota, populations[word])) if word in populations else 0
                for word in self.standings.words(among_of(quota))
            ],
            np.int64,
        )

    def _counts(self, quota: Quota, who: Array | Bools) -> Array:
        return self.standings.counted(among_of(quota), who)

    def _counted(self, quota: Quota) -> Bools:
        """Return who stands where a quota counts."""
        held, level = self.standings.level, self.levels.index(quota.level)
        counted: Bools
        if quota.kind == "at_least" or quota.counts == "and_below":
            counted = held <= level
        else:
            counted = held >= level if quota.counts == "and_above" else held == level
        return counted & self.standings.rated

    def _beside(self, quota: Quota) -> Bools | None:
        """Return whose direct award takes no place of a quota; None where it makes no odds."""
        if quota.direct_awards != "beside" or quota.kind != "at_most":
            return None
        beside: Bools = self._counted(quota) & (self.standings.direct(slice(None)) != 0)
        return beside

    def _holds(self, quota: Quota) -> Bools:
        """Return who takes a place of a quota."""
        beside = self._beside(quota)
        return self._counted(quota) if beside is None else self._counted(quota) & ~beside

    def _reports(self, moves: Moves) -> list[QuotaReport]:
        quota = moves.quota
        holds, beside, limits = self._holds(quota), self._beside(quota), self._limits(quota)
        held, moved = self._counts(quota, holds), self._counts(quota, moves.who)
        outside = np.zeros_like(held) if beside is None else self._counts(quota, beside)
        met = self._met(quota, holds, held, limits)
        populations = self.standings.populations(among_of(quota))
        words = self.standings.words(among_of(quota))
        return [
            QuotaReport(
                quota=quota,
                group=word,
                base=base_of(quota, populations[word]),
                limit=int(limits[number]),
                held=int(held[number]),
                moved=int(moved[number]),
                beside=int(outside[number]),
                met=bool(met[number]),
            )
            for number, word in enumerate(words)
            if word in populations
        ]

    def _met(self, quota: Quota, holds: Bools, held: Array, limits: Array) -> Bools:
        if quota.kind != "at_most":
            enough: Bools = held >= limits
            return enough
        fits: Bools = held <= limits
        if quota.ties != "include" or fits.all():
            return fits
        # Those who tie at the limit may exceed it, if nobody stands behind them.
        holders = numbers_of(holds)
        kept = holders[self._fits(quota, holders, limits, self._place(quota))]
        all_kept: Bools = self._counts(quota, kept) == held
        return fits | (all_kept & (limits > 0))


def _turned(key: Key) -> Key:
    """Return the order of a key turned round, without leaving its type."""
    return lambda who: ~key(who)
