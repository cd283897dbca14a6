"""What organisations of one category come to, as columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.columnar.columns import Group


@dataclass(frozen=True)
class Decided:
    """What organisations reach on their own, before quotas; one element each in every array.

    `refused` are those that applied and whose facts cannot be used; `assessed` have points,
    `decided` a decision, `rated` one that says that they are rated. `total` is in 1/10,000 points
    with clearing vetoes applied, 0 where not assessed. `level` is the index of the level before
    quotas, -1 for none and where nothing is decided; bit n of `awarded` says that level n was
    awarded directly. For each quota by its id, `below` holds the level that an upper quota moves
    to, and `ties` the values by which equal totals are told apart, as numerators and
    denominators. `steps` holds, stage after stage, the number of the step in words that moved
    each organisation, 0 for none (`Decisions.words` of the rule set). `points` holds the points
    of the indicators asked for.
    """

    size: int
    applied: Bools
    refused: Bools
    assessed: Bools
    decided: Bools
    rated: Bools
    total: Array
    level: Array
    awarded: Array
    below: Mapping[str, Array]
    ties: Mapping[str, Sequence[tuple[Array, Array]]]
    groups: Mapping[str, Group]
    steps: Sequence[Array]
    points: Mapping[str, Array] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """The same after quotas: `final` is the index of the level, -1 for none and where undecided.

    `quota_steps` holds for each quota that moved somebody whom it moved, by their numbers in
    rising order, and the numbers of the steps in words that say so: two arrays each, which may be
    worked out only when they are unpacked.
    """

    decided: Decided
    final: Array
    quota_steps: Sequence[Iterable[Array]] = ()

    @property
    def stages(self) -> list[Array]:
        """Return the numbers of all steps in words, stage after stage, those of quotas last."""
        return [*self.decided.steps, *(self._stage(*each) for each in self.quota_steps)]

    def _stage(self, who: Array, steps: Array) -> Array:
        stage = np.zeros(self.decided.size, np.int32)
        stage[who] = steps
        return stage
