"""Quotas in columns: the same as `evaluator.scoring.quotas`, for any number of organisations."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.columnar.census import among_of
from evaluator.scoring.columnar.cuts import Key, best, best_of_groups
from evaluator.scoring.columnar.kernel import Engine
from evaluator.scoring.columnar.moves import Moves, moved_to
from evaluator.scoring.columnar.rooms import Rooms
from evaluator.scoring.columnar.sifting import Sieve
from evaluator.scoring.columnar.standings import Standings
from evaluator.scoring.columnar.threads import (
    number_where,
    numbers_of,
    numbers_where,
    taken,
)
from evaluator.scoring.columnar.upper_cuts import Guess, UpperCuts
from evaluator.scoring.quotas import Population, QuotaReport, base_of, in_turn, limit_of
from evaluator.scoring.reading import Raw
from rules.syntax import Quota, RuleSet


class Quotas:
    """The quotas of one rule set on the standings of a round.

    The levels of the standings are replaced by others, not written to.
    """

    def __init__(
        self,
        rule_set: RuleSet,
        standings: Standings,
        rooms: Rooms | None = None,
        kernel: Engine = "numpy",
    ):
        self.standings = standings
        levels = rule_set.levels.from_low_to_high
        self.levels = [level.id for level in levels]
        self._cuts = UpperCuts(standings, self.levels, rooms or Rooms(), kernel)
        self.awards_directly = any(level.direct for level in levels)
        self.quotas = in_turn(rule_set)
        self._limited: dict[str, Array] = {}
        self._known: dict[str, dict[Raw, Population]] = {}

    def apply(self) -> tuple[list[QuotaReport], list[Moves]]:
        """Move whom the quotas move, and return what each came to in each group."""
        moves = [self._applied(quota) for quota in self.quotas]
        reports = [report for each in moves for report in self._reports(each)]
        return reports, [each for each in moves if each.count]

    def _applied(self, quota: Quota) -> Moves:
        moves = self._moves(quota)
        self.standings.level = moves.after
        return moves

    def _moves(self, quota: Quota) -> Moves:
        before = self.standings.level
        if quota.kind == "at_most" and quota.counts != "and_below":
            if moves := self._cut(quota):
                return moves
            who = self._beyond(quota)
            return moved_to(quota, before, who, taken(self.standings.below[quota.id], who))
        if quota.kind == "at_least":
            level = self.levels.index(quota.level)
            return moved_to(quota, before, self._weakest(quota, level), level)
        return Moves(quota, before, before, 0)

    def begin(self, guess: Guess) -> Sieve | None:
        """Return what sifts everybody for the first quota, before `apply`; None for the long way.

        The standings need hold values only where rows are sifted; all rows have to be.
        """
        first = self.quotas[0]
        if first.kind != "at_most" or not self._is_plain(first):
            return None
        if not self._cuts.is_of_one_level(first):
            return None
        return self._cuts.sieve(first, int(self._limits(first)[0]), guess)

    def _is_plain(self, quota: Quota) -> bool:
        """Return whether nothing but levels and points orders the holders, who are one group."""
        return self._is_one_group(quota) and not self.awards_directly

    def _cut(self, quota: Quota) -> Moves | None:
        """Return whom an upper limit moves; None where that is to be found the long way."""
        if not self._is_plain(quota):
            return None
        return self._cuts.moves(quota, int(self._limits(quota)[0]), self._ties(quota))

    def _beyond(self, quota: Quota) -> Array:
        """Return the holders who find no room below an upper limit."""
        holders = self._holders(quota)
        fits = self._fits(quota, holders, self._limits(quota), self._place(quota))
        return taken(holders, numbers_of(~fits))

    def _weakest(self, quota: Quota, level: int) -> Array:
        """Return the weakest above a level, until its lower limit is met."""
        standings = self.standings
        lacking = self._limits(quota) - self._count(quota, self._holds)
        above = numbers_where(lambda part: standings.level[part] > level, standings.size)
        above = taken(above, numbers_of(~standings.awarded_above(above, level)))
        weakest: list[Key] = [_turned(key) for key in self._points(quota)]
        return taken(above, numbers_of(self._fits(quota, above, np.maximum(lacking, 0), weakest)))

    def _fits(self, quota: Quota, who: Array, room: Array, keys: Sequence[Key]) -> Bools:
        """Return which of some elements find room in their groups."""
        standings, among, include = self.standings, among_of(quota), quota.ties == "include"
        if self._is_one_group(quota):
            return best(who, keys, int(room[0]), include)
        group = (
            standings.groups[among].codes[who]
            if among in standings.groups
            else np.zeros(len(who), np.int8)
        )
        return best_of_groups(who, keys, group, room, include, standings.weights)

    def _points(self, quota: Quota) -> list[Key]:
        """Return what is compared: the total, then the tie breakers."""
        return [lambda who: taken(self.standings.total, who), *self._ties(quota)]

    def _ties(self, quota: Quota) -> list[Key]:
        return [self._tie(quota, number) for number in range(len(quota.tie_break))]

    def _tie(self, quota: Quota, number: int) -> Key:
        return lambda who: self.standings.tie(quota, number, who)

    def _place(self, quota: Quota) -> list[Key]:
        """Return what holders are ordered by: the level, then a direct award, then points.

        What is the same for all holders is left out.
        """
        level: list[Key] = [lambda who: self.standings.level[who]]
        direct: list[Key] = [self.standings.direct]
        return [
            *(level if quota.counts != "this_level" else []),
            *(direct if self.awards_directly else []),
            *self._points(quota),
        ]

    def _populations(self, among: str) -> dict[Raw, Population]:
        """Return how many there are in each group; whoever is moved stays one of them."""
        if among not in self._known:
            self._known[among] = self.standings.populations(among)
        return self._known[among]

    def _limits(self, quota: Quota) -> Array:
        """Return the limit of each group by its number."""
        if quota.id not in self._limited:
            among = among_of(quota)
            populations = self._populations(among)
            self._limited[quota.id] = np.array(
                [
                    limit_of(quota, base_of(quota, populations[word])) if word in populations else 0
                    for word in self.standings.words(among)
                ],
                np.int64,
            )
        return self._limited[quota.id]

    def _counts(self, quota: Quota, who: Array) -> Array:
        return self.standings.counted(among_of(quota), who)

    def _held(self, moves: Moves) -> Array:
        """Return how many of each group take a place of a quota, after all of them."""
        if moves.held is not None and moves.after is self.standings.level:
            return np.array([moves.held], np.int64)
        return self._count(moves.quota, self._holds)

    def _moved(self, moves: Moves) -> Array:
        """Return how many of each group a quota moved."""
        if self._is_one_group(moves.quota):
            return np.array([moves.count], np.int64)
        return self._counts(moves.quota, moves.who)

    def _count(self, quota: Quota, truths: Callable[[Quota, slice], Bools]) -> Array:
        """Return for how many organisations of each group something holds."""
        if self._is_one_group(quota):
            number = number_where(lambda part: truths(quota, part), self.standings.size)
            return np.array([number], np.int64)
        return self.standings.counted(among_of(quota), truths(quota, slice(None)))

    def _is_one_group(self, quota: Quota) -> bool:
        """Return whether all stand for themselves, and against one another."""
        standings = self.standings
        return standings.weights is None and among_of(quota) not in standings.groups

    def _counted(self, quota: Quota, part: slice) -> Bools:
        """Return who of a part stands where a quota counts."""
        held, level = self.standings.level[part], self.levels.index(quota.level)
        counted: Bools
        if quota.kind == "at_least" or quota.counts == "and_below":
            counted = held <= level
            counted &= self.standings.is_rated(part)
        else:
            # Whoever holds a level is rated.
            counted = held >= level if quota.counts == "and_above" else held == level
        return counted

    def _beside(self, quota: Quota, part: slice) -> Bools:
        """Return whose direct award takes no place of a quota."""
        beside: Bools = self._counted(quota, part) & (self.standings.direct(part) != 0)
        return beside

    def _holds(self, quota: Quota, part: slice) -> Bools:
        """Return who of a part takes a place of a quota."""
        counted = self._counted(quota, part)
        return counted & ~self._beside(quota, part) if _is_beside(quota) else counted

    def _holders(self, quota: Quota) -> Array:
        return numbers_where(lambda part: self._holds(quota, part), self.standings.size)

    def _reports(self, moves: Moves) -> list[QuotaReport]:
        quota = moves.quota
        held, limits = self._held(moves), self._limits(quota)
        moved = self._moved(moves)
        beside = self._count(quota, self._beside) if _is_beside(quota) else np.zeros_like(held)
        met = self._met(quota, held, limits)
        populations = self._populations(among_of(quota))
        words = self.standings.words(among_of(quota))
        return [
            QuotaReport(
                quota=quota,
                group=word,
                base=base_of(quota, populations[word]),
                limit=int(limits[number]),
                held=int(held[number]),
                moved=int(moved[number]),
                beside=int(beside[number]),
                met=bool(met[number]),
            )
            for number, word in enumerate(words)
            if word in populations
        ]

    def _met(self, quota: Quota, held: Array, limits: Array) -> Bools:
        if quota.kind != "at_most":
            enough: Bools = held >= limits
            return enough
        fits: Bools = held <= limits
        if quota.ties != "include" or fits.all():
            return fits
        # Those who tie at the limit may exceed it, if nobody stands behind them.
        holders = self._holders(quota)
        kept = holders[self._fits(quota, holders, limits, self._place(quota))]
        all_kept: Bools = self._counts(quota, kept) == held
        return fits | (all_kept & (limits > 0))


def _is_beside(quota: Quota) -> bool:
    return quota.direct_awards == "beside" and quota.kind == "at_most"


def _turned(key: Key) -> Key:
    """Return the order of a key turned round, without leaving its type."""
    return lambda who: ~key(who)
