"""An upper limit on who holds a level: everybody is looked at once, few of them twice.

A sample says between which totals the cut surely lies, as good as always. One pass then moves
whoever stands below that and counts whoever stands above it; only those between are compared with
one another. Where the sample has misled, the counts say so, and the cut is found the long way.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt

import numpy as np

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.cuts import Key, best
from evaluator.scoring.columnar.holders import Bracket, Holders, InNumpy, Sift, Sifted
from evaluator.scoring.columnar.holders_in_c import in_c
from evaluator.scoring.columnar.kernel import Engine
from evaluator.scoring.columnar.threads import pieces

SAMPLE = 1 << 14
"""So many organisations, evenly spread, are looked at to guess a cut."""
WORTH_COMPILING = 1 << 20
"""Rows from which "auto" has C sift: one source serves all rules, and is kept once compiled."""
DEVIATIONS = 3
"""By so many standard deviations a sample may mislead; it does so once in four hundred times."""


def sampled(size: int) -> slice:
    """Return evenly spread rows, about `SAMPLE` of them; all where there are no more."""
    # Odd, or a pattern of rows that repeats itself might fall into step with it.
    return slice(None, None, size // SAMPLE | 1)


def bracket(level: Array, total: Array, held: int, room: int, size: int) -> Bracket:
    """Return where a cut lies, given a sample of `size` rows of which `room` may hold a level."""
    values, limits = total[level == held], Bracket.limits(total)
    expected = room * len(level) // max(size, 1)
    spread = DEVIATIONS * (isqrt(expected) + 1)
    if not len(values) or len(values) + spread < expected:
        return Bracket(limits.low, limits.low)  # All find room: nobody is near a cut.
    first, last = len(values) - 1 - (expected + spread), len(values) - 1 - (expected - spread)
    places = [each for each in (first, last) if 0 <= each < len(values)]
    ordered = np.partition(values, places) if places else values
    return Bracket(
        int(ordered[first]) if first >= 0 else limits.low,
        int(ordered[last]) if last < len(values) else limits.high,
    )


class Sieve:
    """Sifts holders block by block, in any order and in several threads; then `fall` decides.

    `after` takes the levels after the quota; it may hold anything before.
    """

    def __init__(self, holders: Holders, cut: Bracket, after: Array, kernel: Engine = "numpy"):
        self.holders, self.after = holders, after
        is_worth = kernel == "native" or (kernel == "auto" and len(after) >= WORTH_COMPILING)
        native = in_c(holders, cut, after) if is_worth else None
        self._piece: Sift = native or InNumpy(holders, cut, after)
        self._sifted: list[Sifted] = []

    def sift(self, start: int, stop: int) -> None:
        """Move down those far below the cut, from one row up to another."""
        for rows in pieces(slice(start, stop)):
            self._sifted.append(self._piece(rows))

    @property
    def holding(self) -> int:
        """Return how many hold the level of the cut, before the quota."""
        return sum(each.holding for each in self._sifted)

    def fall(self, ties: Sequence[Key], room: int, include: bool) -> int | None:
        """Complete `after`, and return how many moved; None where the sample has misled.

        `ties` tell equal totals apart, by the numbers of rows.
        `room` is for those at the level of the cut. Where nobody moves, `after` is of no use.
        """
        falling, holding = sum(each.falling for each in self._sifted), self.holding
        if holding <= room:
            return 0
        near = np.concatenate([each.near for each in self._sifted])
        above = holding - falling - len(near)
        if not above <= room <= above + len(near):
            return None
        totals = np.concatenate([each.totals for each in self._sifted])
        keys: list[Key] = [lambda places: _picked(totals, places)]
        keys += [_at(near, tie) for tie in ties]
        fits = best(np.arange(len(near)), keys, room - above, include)
        who = np.compress(~fits, near)  # several times as fast as an index of truths
        self.after[who] = np.take(self.holders.below, who)
        return falling + sum(each.lower for each in self._sifted) + len(who)


def _at(near: Array, tie: Key) -> Key:
    return lambda places: tie(near[places])


def _picked(totals: Array, places: Array) -> Array:
    """Return the totals at different places; all are theirs where there are as many."""
    return totals if len(places) == len(totals) else totals[places]
