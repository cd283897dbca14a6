"""Where the cut of a quota lies by other rules: where it was, moved by what a sample has seen.

How many stood above each total by the first rules is known of everybody. So a sample has to say
only how many more or fewer there are now, and few of it have come to stand on the other side.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt

import numpy as np

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.holders import Bracket
from evaluator.scoring.columnar.sifting import DEVIATIONS, bracket

_SLACK = 8
"""The number seen to move may be wrong by its eighth: elsewhere than at the cut it was others."""


@dataclass(frozen=True)
class Sample:
    """Levels and totals of some organisations, spread evenly."""

    level: Array
    total: Array


def shifted(old: Sample, new: Sample, totals: Array, held: int, room: int, size: int) -> Bracket:
    """Return where a cut lies among all `size` organisations; the samples are of the same ones.

    `totals` are those of all who held the level by the first rules, in rising order; `room` is
    for so many of those who hold it now.
    """
    if not 0 < room <= len(totals):
        return bracket(new.level, new.total, held, room, size)
    edge = totals[len(totals) - room]
    was, is_now = ((each.level == held) & (each.total >= edge) for each in (old, new))
    more = int(np.count_nonzero(is_now)) - int(np.count_nonzero(was))
    moved = int(np.count_nonzero(was != is_now))
    spread = DEVIATIONS * (isqrt(moved) + 1) + abs(more) // _SLACK
    first, last = (
        len(totals) - room + (more + each) * size // len(new.level) for each in (-spread, spread)
    )
    limits = Bracket.limits(new.total)
    return Bracket(
        int(totals[first]) if first >= 0 else limits.low,
        int(totals[last]) if last < len(totals) else limits.high,
    )
