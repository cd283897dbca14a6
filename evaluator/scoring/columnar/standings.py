"""The states of a category's organisations, and how many of each, on their way through quotas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.columnar.outcome import Decided
from evaluator.scoring.columnar.states import States, states_of
from evaluator.scoring.columnar.words import Words
from evaluator.scoring.quotas import Population
from evaluator.scoring.reading import Raw
from rules.syntax import Quota

EVERYONE = ""
"""The word of the group that holds the whole category."""


def among_of(quota: Quota) -> str:
    """Return by what a quota's groups are made; empty where it is one for the whole category."""
    return EVERYONE if quota.among in ("category", "round") else quota.among


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
    below: dict[str, Array]
    ties: dict[str, Sequence[Array]]
    groups: dict[str, Array]

    @property
    def direct(self) -> Bools:
        """Return whether the level of a state is one that was awarded directly."""
        shift = np.maximum(self.level, 0).astype(np.int64)
        return (self.level >= 0) & ((self.awarded.astype(np.int64) >> shift) & 1 == 1)

    def awarded_above(self, low: int) -> Bools:
        """Return whether a level above `low`, up to the one that is held, was awarded directly."""
        upto = (np.int64(2) << np.maximum(self.level, 0).astype(np.int64)) - 1
        above = ~np.int64((2 << low) - 1)
        return (self.awarded.astype(np.int64) & upto & above) != 0


class Gathering:
    """Takes the parts of a round one after the other, and keeps of each its states alone."""

    def __init__(self, quotas: Sequence[Quota]):
        self.quotas = quotas
        self.among = [each for each in dict.fromkeys(map(among_of, quotas)) if each != EVERYONE]
        self.words = {among: Words() for among in self.among}
        self.parts: list[States] = []
        self._everyone: dict[str, list[Array]] = {each: [] for each in (EVERYONE, *self.among)}
        self._applied: dict[str, list[Array]] = {each: [] for each in (EVERYONE, *self.among)}

    def add(self, part: Decided) -> None:
        """Count one part of the round."""
        numbers = {each: self.words[each].add(part.groups[each]) for each in self.among}
        self._everyone[EVERYONE].append(np.array([part.size]))
        self._applied[EVERYONE].append(np.array([np.count_nonzero(part.applied)]))
        for among, number in numbers.items():
            self._everyone[among].append(np.bincount(number))
            self._applied[among].append(np.bincount(number[part.applied]))
        standing = part.assessed & part.decided & part.rated
        self.parts.append(states_of([standing.view(np.int8), *self._columns(part, numbers)]))

    def _columns(self, part: Decided, numbers: dict[str, Array]) -> list[Array]:
        upper = [each for each in self.quotas if each.kind == "at_most"]
        return [
            part.level,
            part.awarded,
            part.total,
            *(part.below[each.id] for each in upper),
            *(side for each in self.quotas for tie in part.ties[each.id] for side in tie),
            *numbers.values(),
        ]

    def joined(self) -> States:
        """Return the states of all parts as one; `of_row` counts through the parts' states."""
        columns = [
            np.concatenate(each)
            for each in zip(*(part.columns for part in self.parts), strict=True)
        ]
        return states_of(columns, np.concatenate([each.weights for each in self.parts]))

    def standings(self, joined: States, chosen: Array, ties: dict[str, int]) -> Standings:
        """Return the chosen states with names; `ties` says how many tie breakers a quota has."""
        rest = iter([each[chosen] for each in joined.columns[1:]])
        level, awarded, total = next(rest).copy(), next(rest), next(rest)
        below = {each.id: next(rest) for each in self.quotas if each.kind == "at_most"}
        ranks = {
            each.id: [_ranked(next(rest), next(rest)) for _ in range(ties[each.id])]
            for each in self.quotas
        }
        groups = {among: next(rest) for among in self.among}
        groups[EVERYONE] = np.zeros(len(chosen), np.int8)
        return Standings(joined.weights[chosen], level, awarded, total, below, ranks, groups)

    def populations(self, standings: Standings) -> dict[str, dict[Raw, Population]]:
        """Return how many there are of each group: given, applied and rated."""
        found: dict[str, dict[Raw, Population]] = {}
        for among in (EVERYONE, *self.among):
            words = list(self.words[among].codes) if among else [EVERYONE]
            rated = np.zeros(len(words), np.int64)
            np.add.at(rated, standings.groups[among], standings.weights)
            everyone = _summed(self._everyone[among], len(words))
            applied = _summed(self._applied[among], len(words))
            counts = zip(words, everyone.tolist(), applied.tolist(), rated.tolist(), strict=True)
            found[among] = {word: Population(*each) for word, *each in counts if each[0]}
        return found


def _summed(parts: Sequence[Array], size: int) -> Array:
    found = np.zeros(size, np.int64)
    for each in parts:
        found[: len(each)] += each
    return found


def _ranked(numerators: Array, denominators: Array) -> Array:
    """Return the rank of each fraction, equal ones alike; exact, whatever the denominators."""
    if len(denominators) == 0 or (denominators == denominators[0]).all():
        return numerators
    pairs = states_of([numerators, denominators])
    values = [Fraction(int(n), int(d)) for n, d in zip(*pairs.columns, strict=True)]
    ranks = {value: rank for rank, value in enumerate(sorted(set(values)))}
    return np.array([ranks[each] for each in values])[pairs.of_row]
