"""What organisations of one category come to, as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.columnar.columns import Group
from evaluator.scoring.columnar.threads import shared_out


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
    """The same after quotas, looked up by the state that each organisation is in.

    `level_of_state` is the level after quotas; each of `steps_of_state` holds the numbers of the
    steps in words by which one quota moved the organisations of a state, 0 for none.
    """

    decided: Decided
    state: Array
    level_of_state: Array
    steps_of_state: Sequence[Array]

    @cached_property
    def final(self) -> Array:
        """Return the index of each organisation's level, -1 for none and where none is decided."""
        final = np.empty(self.decided.size, np.int8)

        def look_up(part: slice) -> None:
            np.take(self.level_of_state, self.state[part], out=final[part], mode="clip")

        shared_out(look_up, len(final))
        return final

    @property
    def stages(self) -> list[Array]:
        """Return the numbers of all steps in words, stage after stage, those of quotas last."""
        return [*self.decided.steps, *(each[self.state] for each in self.steps_of_state)]
