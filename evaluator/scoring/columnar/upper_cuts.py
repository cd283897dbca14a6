"""Upper limits for a whole category, where nothing but levels and points orders the holders."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from evaluator.scoring.columnar.cuts import Key
from evaluator.scoring.columnar.holders import Bracket, Holders
from evaluator.scoring.columnar.kernel import Engine
from evaluator.scoring.columnar.moves import Moves
from evaluator.scoring.columnar.rooms import Rooms
from evaluator.scoring.columnar.sifting import Sieve, bracket, sampled
from evaluator.scoring.columnar.standings import Standings
from evaluator.scoring.columnar.threads import shared_out
from rules.syntax import Quota

Guess = Callable[[int, int], Bracket]
"""Says between which totals the cut lies at a level, where there is room for so many."""


class UpperCuts:
    """The cuts of some standings; `levels` are the names of all levels, from low to high."""

    def __init__(self, standings: Standings, levels: Sequence[str], rooms: Rooms, kernel: Engine):
        self.standings, self.levels = standings, levels
        self._rooms, self._kernel = rooms, kernel
        self._sieves: dict[str, tuple[Sieve, int]] = {}

    def is_of_one_level(self, quota: Quota) -> bool:
        """Return whether all holders hold the same level, so that no level need be counted."""
        return quota.counts == "this_level" or quota.level == self.levels[-1]

    def sieve(self, quota: Quota, limit: int, guess: Guess) -> Sieve:
        """Return what sifts everybody; `moves` takes it from there."""
        standings, before = self.standings, self.standings.level
        held, room = self._cut_level(quota, limit)
        after = self._rooms.room(("level after", quota.id), standings.size, before.dtype)
        least = self.levels.index(quota.level)
        holders = Holders(before, standings.total, standings.below[quota.id], held, least)
        sieve = Sieve(holders, guess(held, room), after, self._kernel)
        self._sieves[quota.id] = sieve, room
        return sieve

    def moves(self, quota: Quota, limit: int, ties: Sequence[Key]) -> Moves | None:
        """Return whom a limit moves; None where a sample has misled, which is seldom."""
        before, is_sifted = self.standings.level, quota.id in self._sieves
        if not is_sifted:
            sift = self.sieve(quota, limit, self._guess).sift
            shared_out(lambda part: sift(part.start, part.stop), self.standings.size)
        sieve, room = self._sieves.pop(quota.id)
        count = sieve.fall(ties, room, quota.ties == "include")
        if count is None:
            return self.moves(quota, limit, ties) if is_sifted else None
        held = sieve.holding - count if self.is_of_one_level(quota) else None
        return Moves(quota, before, sieve.after if count else before, count, held)

    def _guess(self, held: int, room: int) -> Bracket:
        """Return where a cut lies, by a sample."""
        some, each = sampled(self.standings.size), self.standings
        return bracket(each.level[some], each.total[some], held, room, each.size)

    def _cut_level(self, quota: Quota, room: int) -> tuple[int, int]:
        """Return at which level a limit may cut, and for how many of that level there is room."""
        least = self.levels.index(quota.level)
        if quota.counts == "this_level":
            return least, room
        for level in range(len(self.levels) - 1, least, -1):
            higher = int(np.count_nonzero(self.standings.level == level))
            if higher > room:
                return level, room
            room -= higher
        return least, room
