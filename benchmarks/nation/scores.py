"""What a side makes of the organisations, and how two sides are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Scores:
    """Totals in hundredths of a point, levels before the quota, and after it.

    `final` is None for who sees one organisation at a time.
    """

    totals: npt.NDArray[Any]
    levels: npt.NDArray[Any]
    final: npt.NDArray[Any] | None = None

    def head(self, rows: int) -> Scores:
        """Return the first organisations, as far as their results depend on nobody else."""
        return Scores(self.totals[:rows], self.levels[:rows])


@dataclass(frozen=True)
class Difference:
    """How many results of a side differ from the right ones; `final` is None where it has none."""

    totals: int
    levels: int
    final: int | None

    @property
    def none(self) -> bool:
        """Whether all that there is to compare is the same."""
        return not (self.totals or self.levels or self.final)


def difference(right: Scores, found: Scores) -> Difference:
    """Compare two sides; raises AssertionError where they scored different numbers."""
    assert right.totals.shape == found.totals.shape
    both = right.final is not None and found.final is not None
    return Difference(
        int(np.count_nonzero(right.totals != found.totals)),
        int(np.count_nonzero(right.levels != found.levels)),
        int(np.count_nonzero(right.final != found.final)) if both else None,
    )
