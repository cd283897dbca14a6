"""The rated states of a round on their way through its quotas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.columnar.census import EVERYONE, Census, groups_of
from evaluator.scoring.columnar.states import states_of
from evaluator.scoring.quotas import Population
from evaluator.scoring.reading import Raw
from rules.syntax import Quota


@dataclass
class Standings:
    """Distinct states of rated organisations; `level` changes as quotas are applied.

    `weights` says how many organisations a state has. `groups` holds for each `among` the number
    of the group; `ties` for each quota the ranks by which equal totals are told apart.
    """

    weights: Array
    level: Array
    awarded: Array
    total: Array
    below: Mapping[str, Array]
    ties: Mapping[str, Sequence[Array]]
    groups: Mapping[str, Array]

    @property
    def direct(self) -> Bools:
        """Return whether the level of a state is one that was awarded directly."""
        return self._awarded(1 << self._shift()) & (self.level >= 0)

    def awarded_above(self, low: int) -> Bools:
        """Return whether a level above `low`, up to the one that is held, was awarded directly."""
        upto = (2 << self._shift()) - 1
        return self._awarded(upto & ~np.int64((2 << low) - 1))

    def _shift(self) -> Array:
        return np.maximum(self.level, 0).astype(np.int64)

    def _awarded(self, bits: Array) -> Bools:
        found: Bools = (self.awarded.astype(np.int64) & bits) != 0
        return found


def standings_of(census: Census, quotas: Sequence[Quota]) -> tuple[Standings, Array]:
    """Return the rated states of a census by name, and where they stand in it."""
    rated = np.flatnonzero(census.columns[0])
    rest = iter([each[rated] for each in census.columns[1:]])
    level, awarded, total = next(rest).copy(), next(rest), next(rest)
    below = {each.id: next(rest) for each in quotas if each.kind == "at_most"}
    ties = {each.id: [_ranked(next(rest), next(rest)) for _ in each.tie_break] for each in quotas}
    groups = {among: next(rest) for among in groups_of(quotas)}
    groups[EVERYONE] = np.zeros(len(rated), np.int8)
    return Standings(census.weights[rated], level, awarded, total, below, ties, groups), rated


def populations_of(census: Census, standings: Standings) -> dict[str, dict[Raw, Population]]:
    """Return how many there are in each group: given, applied and rated."""
    found: dict[str, dict[Raw, Population]] = {}
    for among, words in census.words.items():
        rated = np.zeros(len(words), np.int64)
        np.add.at(rated, standings.groups[among], standings.weights)
        counts = (census.everyone[among].tolist(), census.applied[among].tolist(), rated.tolist())
        found[among] = {
            word: Population(*each) for word, *each in zip(words, *counts, strict=True) if each[0]
        }
    return found


def _ranked(numerators: Array, denominators: Array) -> Array:
    """Return the rank of each fraction, equal ones alike; exact, whatever the denominators."""
    if len(denominators) == 0 or (denominators == denominators[0]).all():
        return numerators
    pairs = states_of([numerators, denominators])
    values = [Fraction(int(n), int(d)) for n, d in zip(*pairs.columns, strict=True)]
    ranks = {value: rank for rank, value in enumerate(sorted(set(values)))}
    return np.array([ranks[each] for each in values])[pairs.of_row]
