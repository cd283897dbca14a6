"""What organisations came to under one rule set, as the arrays that a comparison looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.columnar.outcome import Outcome
from evaluator.scoring.round import Result
from evaluator.what_if.ladder import NO_LEVEL, NOT_APPLIED, NOT_RATED, REFUSED


@dataclass(frozen=True)
class Standings:
    """One element for each organisation in every array, always in the same order.

    `final` is the index of the level after quotas, -1 for none; `total` is in 1/10,000 points, 0
    where `assessed` does not hold. `refused`, `decided` and `rated` are as in `Decided`.
    """

    final: Array
    total: Array
    assessed: Bools
    refused: Bools
    decided: Bools
    rated: Bools

    @property
    def size(self) -> int:
        """Return how many organisations there are."""
        return len(self.final)

    @classmethod
    def of(cls, outcome: Outcome) -> Standings:
        """Return the standings of what the columns came to; nothing is copied."""
        each = outcome.decided
        return cls(outcome.final, each.total, each.assessed, each.refused, each.decided, each.rated)

    @classmethod
    def of_results(cls, results: Sequence[Result]) -> Standings:
        """Return the standings of organisations that were explained one by one."""
        decisions = [each.decision for each in results]
        return cls(
            np.array([each.index if each else -1 for each in decisions], np.int8),
            np.array([r.assessment.total if r.assessment else 0 for r in results], np.int64),
            np.array([each.assessment is not None for each in results], np.bool_),
            np.array([each.refused is not None for each in results], np.bool_),
            np.array([each is not None for each in decisions], np.bool_),
            np.array([each is not None and each.rated for each in decisions], np.bool_),
        )

    def at(self, rows: Array) -> Standings:
        """Return the standings of some rows alone."""
        return Standings(
            self.final[rows],
            self.total[rows],
            self.assessed[rows],
            self.refused[rows],
            self.decided[rows],
            self.rated[rows],
        )

    def states(self, places: Sequence[int], part: slice) -> Array:
        """Return the state of each organisation of a part, as its number on a ladder.

        `places` are those of the levels, as `Ladder.before` or `Ladder.after` have them.
        """
        found = np.take(np.array([*places, NO_LEVEL], np.int8), self.final[part], mode="wrap")
        np.copyto(found, NOT_RATED, where=~self.rated[part])
        np.copyto(found, NOT_APPLIED, where=~self.decided[part])
        np.copyto(found, REFUSED, where=self.refused[part])
        return found
