"""Whom a quota moves: levels before and after it, from which the rest follows when asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.threads import numbers_where, taken
from evaluator.scoring.levels import NO_LEVEL
from rules.syntax import Quota


@dataclass(frozen=True)
class Moves:
    """The levels of all standings `before` and `after` a quota, and how many it moved.

    To number those moved takes longer than to move them, and only steps in words ask for it.
    Neither array is written to once it is here. `held` is how many then take a place of the quota,
    None where nobody has counted.
    """

    quota: Quota
    before: Array
    after: Array
    count: int
    held: int | None = None

    @cached_property
    def who(self) -> Array:
        """The numbers of those moved, in rising order."""
        before, after = self.before, self.after
        return numbers_where(lambda part: before[part] != after[part], len(before))

    @cached_property
    def to(self) -> Array:
        """The level to which each of them moved."""
        return taken(self.after, self.who)


def moved_to(quota: Quota, before: Array, who: Array, to: Array | int) -> Moves:
    """Return the moves of some standings by their numbers; `to` is another level than they held."""
    if not len(who):
        return Moves(quota, before, before, 0)
    after = before.copy()
    after[who] = to
    return Moves(quota, before, after, len(who))


@dataclass(frozen=True)
class QuotaSteps:
    """Whom a quota moved, and the number of the step in words that says so of each.

    `first` is the number of the quota's first step; an upper one has a step for each level below.
    Unpacks into two arrays, worked out when that is first asked for.
    """

    moves: Moves
    first: int

    @cached_property
    def steps(self) -> Array:
        """The numbers of the steps, in the order of those moved."""
        if self.moves.quota.kind == "at_most":
            return np.add(self.moves.to, self.first - NO_LEVEL, dtype=np.int32)
        return np.full(self.moves.count, self.first, np.int32)

    def __iter__(self) -> Iterator[Array]:
        yield self.moves.who
        yield self.steps
