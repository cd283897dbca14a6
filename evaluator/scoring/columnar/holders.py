"""Holders of a limited level, and a piece of them sifted by NumPy."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.columnar.threads import AT_ONCE


@dataclass(frozen=True)
class Holders:
    """Who holds a limited level and what they have: one element an organisation in each array.

    `level` is that before the quota, `held` the one at which the cut lies, `below` the one that a
    holder moves to, `total` what holders are ordered by first. Those at `least` or above, but
    below `held`, find no room in any case.
    """

    level: Array
    total: Array
    below: Array
    held: int
    least: int


@dataclass(frozen=True)
class Bracket:
    """Totals from `low` to `high`, between which a cut is thought to lie."""

    low: int
    high: int

    @staticmethod
    def limits(totals: Array) -> Bracket:
        """Return the lowest and the highest total that there can be."""
        half = 1 << (8 * totals.itemsize - 1)  # `np.iinfo` takes a tenth of a millisecond
        return Bracket(-half, half - 1)


@dataclass(frozen=True)
class Sifted:
    """What a piece came to: how many hold the level of the cut, how many of these surely fall, how
    many stand lower and fall as well; and the numbers and totals of those near the cut.
    """

    holding: int
    falling: int
    lower: int
    near: Array
    totals: Array


Sift = Callable[[slice], Sifted]
"""Sifts a piece of `AT_ONCE` rows at most, in any thread."""


@dataclass(frozen=True)
class InNumpy:
    """Sifts by NumPy; `after` takes the levels of those far from the cut, and of all others."""

    holders: Holders
    cut: Bracket
    after: Array

    def __call__(self, rows: slice) -> Sifted:
        """Sift a piece."""
        each, cut = self.holders, self.cut
        level, total, lower = each.level[rows], each.total[rows], 0
        holds, falls, far = _scratches.truths[:, : len(level)]
        np.equal(level, each.held, out=holds)
        np.less(total, cut.low, out=falls)
        np.greater(total, cut.high, out=far)
        falls &= holds
        holding, falling = int(np.count_nonzero(holds)), int(np.count_nonzero(falls))
        far |= falls
        near = np.flatnonzero(np.greater(holds, far, out=far))
        if each.least < each.held:
            below: Bools = (level >= each.least) & (level < each.held)
            lower = int(np.count_nonzero(below))
            falls |= below
        self._move(rows, falls)
        return Sifted(holding, falling, lower, near + rows.start, total[near])

    def _move(self, rows: slice, falls: Bools) -> None:
        """Write the levels: bits instead of a choice, which has no vector instructions."""
        level, after, chosen = self.holders.level[rows], self.after[rows], falls.view(np.int8)
        np.bitwise_xor(level, self.holders.below[rows], out=after, casting="same_kind")
        after &= np.negative(chosen, out=chosen)
        after ^= level


class _Scratch(threading.local):
    """Truths on the way, three for each row of a piece: one set a thread, used again and again."""

    def __init__(self) -> None:
        self.truths = np.empty((3, AT_ONCE), np.bool_)


_scratches = _Scratch()
