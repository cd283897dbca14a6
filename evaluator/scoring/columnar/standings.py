"""Rated organisations, or the states they are in, on their way through the quotas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

import numpy as np

from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.columnar.census import EVERYONE, Census, groups_of
from evaluator.scoring.columnar.columns import Group
from evaluator.scoring.columnar.outcome import Decided
from evaluator.scoring.columnar.states import states_of
from evaluator.scoring.columnar.threads import number_where
from evaluator.scoring.quotas import Population
from evaluator.scoring.reading import Raw
from rules.syntax import Quota


@dataclass
class Standings:
    """One element for each organisation, or for each state that several are in.

    `weights` says how many organisations an element stands for, None where it is one each; whoever
    does not have all truths of `rated` is no part of a quota. `level` is replaced as quotas are
    applied. `groups` holds for
    each `among` of a quota the number of the group among its `words`; nothing where all are one
    group. `everyone` and `applied` count each group.
    """

    rated: Sequence[Bools]
    level: Array
    awarded: Array
    total: Array
    below: Mapping[str, Array]
    ties: Mapping[str, Sequence[tuple[Array, Array]]]
    groups: Mapping[str, Group]
    everyone: Mapping[str, Array]
    applied: Mapping[str, Array]
    weights: Array | None = None

    @property
    def size(self) -> int:
        """Return how many elements there are."""
        return len(self.level)

    def is_rated(self, part: slice) -> Bools:
        """Return who of a part is rated."""
        found: Bools = reduce(np.logical_and, [each[part] for each in self.rated])
        return found

    def direct(self, chosen: Array | slice) -> Array:
        """Return 1 where the level is one that was awarded directly, else 0."""
        awarded, level = self.awarded[chosen], self.level[chosen]
        if not awarded.any():
            return np.zeros(len(level), np.int8)
        bits = awarded.astype(np.int64) >> np.maximum(level, 0)
        found: Array = (bits & 1) * (level >= 0)
        return found

    def awarded_above(self, chosen: Array, low: int) -> Bools:
        """Return whether a level above `low`, up to the one that is held, was awarded directly."""
        held = np.maximum(self.level[chosen], 0).astype(np.int64)
        between = ((2 << held) - 1) & ~np.int64((2 << low) - 1)
        found: Bools = (self.awarded[chosen].astype(np.int64) & between) != 0
        return found

    def tie(self, quota: Quota, number: int, chosen: Array) -> Array:
        """Return the rank of a tie breaker's fraction, equal ones alike."""
        over, under = self.ties[quota.id][number]
        return _ranked(over[chosen], under[chosen])

    def words(self, among: str) -> Sequence[Raw]:
        """Return what the groups are called."""
        return self.groups[among].words if among in self.groups else [EVERYONE]

    def counted(self, among: str, chosen: Array | Bools) -> Array:
        """Return how many organisations of the chosen elements each group has."""
        if self.weights is None and among not in self.groups:
            return np.array([_number(chosen)], np.int64)
        found = np.zeros(len(self.words(among)), np.int64)
        heads = 1 if self.weights is None else self.weights[chosen]
        codes = self.groups[among].codes[chosen] if among in self.groups else 0
        np.add.at(found, np.broadcast_to(codes, _number(chosen)), heads)
        return found

    def populations(self, among: str) -> dict[Raw, Population]:
        """Return how many there are in each group: given, applied and rated."""
        counts = (self.everyone[among], self.applied[among], self._rated_of(among))
        return {
            word: Population(*each)
            for word, *each in zip(
                self.words(among), *(count.tolist() for count in counts), strict=True
            )
            if each[0]
        }

    def _rated_of(self, among: str) -> Array:
        if self.weights is None and among not in self.groups:
            return np.array([number_where(self.is_rated, self.size)], np.int64)
        return self.counted(among, self.is_rated(slice(None)))


def _number(chosen: Array | Bools) -> int:
    return int(np.count_nonzero(chosen)) if chosen.dtype == np.bool_ else len(chosen)


def standings_of_decided(part: Decided, quotas: Sequence[Quota]) -> Standings:
    """Return organisations that are all in memory, one element each; nothing is copied."""
    groups = {among: part.groups[among] for among in groups_of(quotas)}
    numbers = {among: len(each.words) for among, each in groups.items()}
    applied = np.flatnonzero(part.applied) if groups else part.applied
    return Standings(
        (part.assessed, part.rated),  # who is rated is decided
        part.level,
        part.awarded,
        part.total,
        part.below,
        part.ties,
        groups,
        {EVERYONE: np.array([part.size])}
        | {a: np.bincount(each.codes, minlength=numbers[a]) for a, each in groups.items()},
        {EVERYONE: np.array([_number(part.applied)])}
        | {a: np.bincount(each.codes[applied], minlength=numbers[a]) for a, each in groups.items()},
    )


def standings_of_census(census: Census, quotas: Sequence[Quota]) -> Standings:
    """Return the states of a census, one element each."""
    rest = iter(census.columns)
    rated, level, awarded, total = next(rest) != 0, next(rest), next(rest), next(rest)
    return Standings(
        (rated,),
        level,
        awarded,
        total,
        {each.id: next(rest) for each in quotas if each.kind == "at_most"},
        {each.id: [(next(rest), next(rest)) for _ in each.tie_break] for each in quotas},
        {among: Group(next(rest), census.words[among]) for among in groups_of(quotas)},
        census.everyone,
        census.applied,
        census.weights,
    )


def _ranked(numerators: Array, denominators: Array) -> Array:
    """Return the rank of each fraction, equal ones alike; exact, whatever the denominators."""
    if len(denominators) == 0 or (denominators == denominators[0]).all():
        return numerators
    pairs = states_of([numerators, denominators])
    values = [Fraction(int(n), int(d)) for n, d in zip(*pairs.columns, strict=True)]
    ranks = {value: rank for rank, value in enumerate(sorted(set(values)))}
    return np.array([ranks[each] for each in values])[pairs.of_row]
