"""Values as a memory keeps them to be read again and again: as narrow as the data allow.

What is declared of a fact bounds every organisation there may be; those in memory mostly come to
much less. Totals that differ by seven hundred steps of a hundredth fit into 16 bits.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd
from typing import cast

import numpy as np

from evaluator.scoring.columnar.arrays import Array, Bools, narrow
from rules import integers
from rules.integers import Int, const

_SOME = 1_000
"""So many numbers mostly have no greater divisor in common than all have."""


@dataclass(frozen=True)
class Stored:
    """A value of every organisation: `offset` plus `unit` times an element of `array`.

    The elements lie between `low` and `high`, which are the same where all have one value.
    """

    array: Array
    low: int
    high: int
    unit: int = 1
    offset: int = 0

    def expression(self, slot: int) -> Int:
        """Return the value as an expression that reads `array` from a slot."""
        if self.low == self.high:
            return const(self.offset + self.unit * self.low)
        steps = integers.slot(slot, self.low, self.high)
        return integers.add(integers.mul(steps, const(self.unit)), const(self.offset))


def stored(array: Array | Bools) -> Stored:
    """Return values as narrow as they may be, without a copy where they are that already."""
    numbers = cast(Array, array.view(np.int8) if array.dtype == np.bool_ else array)
    low, high = (int(numbers.min()), int(numbers.max())) if len(numbers) else (0, 0)
    if low == high:
        return Stored(numbers, low, high)
    plain = narrow(low, high)
    if plain.itemsize == 1 or high - low > integers.LIMIT:
        return Stored(numbers.astype(plain, copy=False), low, high)
    kind = narrow(-1 << 16, high - low)  # of 32 bits at least
    wide = np.subtract(numbers, low, dtype=np.promote_types(numbers.dtype, kind))
    unit, steps = _steps(wide.astype(kind, copy=False), high - low)
    most = (high - low) // unit
    if narrow(0, most).itemsize >= plain.itemsize:
        return Stored(numbers.astype(plain, copy=False), low, high)
    return Stored(steps.astype(narrow(0, most)), 0, most, unit, low)


def _steps(numbers: Array, highest: int) -> tuple[int, Array]:
    """Return the greatest number that divides all, and all divided by it."""
    unit = gcd(highest, int(np.gcd.reduce(numbers[:_SOME])))
    while True:
        steps = numbers // unit
        # To divide by one number takes a tenth of the time of asking for what is left over.
        rest = np.flatnonzero(steps * unit != numbers)[:_SOME]
        if not len(rest):
            return unit, steps
        unit = gcd(unit, int(np.gcd.reduce(numbers[rest])))
