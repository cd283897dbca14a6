"""Who rises and who falls between two rule sets, counted without looking at one organisation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce

import numpy as np

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.columns import Group
from evaluator.scoring.columnar.threads import shared_out
from evaluator.scoring.reading import Raw
from evaluator.what_if.ladder import NO_LEVEL, Ladder, State, joined
from evaluator.what_if.standings import Standings

STAYS, FALLS, RISES, OTHER = range(4)
"""Where an organisation moves; `OTHER` is between two states of which none is a level."""
_AT_ONCE = 1 << 16
"""So many organisations are packed and counted while they are in the processor's cache."""


@dataclass(frozen=True)
class Moves:
    """How many organisations there are, and how many of them fall, rise and change otherwise."""

    size: int = 0
    falls: int = 0
    rises: int = 0
    other: int = 0

    @property
    def stays(self) -> int:
        """Return how many come to the same."""
        return self.size - self.falls - self.rises - self.other

    @classmethod
    def of(cls, counts: Sequence[int]) -> Moves:
        """Return moves from their counts, in the order of `STAYS`, `FALLS`, …"""
        return cls(sum(counts), counts[FALLS], counts[RISES], counts[OTHER])

    def __add__(self, other: Moves) -> Moves:
        return Moves(
            self.size + other.size,
            self.falls + other.falls,
            self.rises + other.rises,
            self.other + other.other,
        )


@dataclass(frozen=True)
class Side:
    """The results of one category under one rule set, and where its levels stand on a ladder."""

    standings: Standings
    places: Sequence[int]


@dataclass(frozen=True)
class Matrix:
    """How many organisations moved from which state to which: `counts[before, after]`."""

    states: tuple[State, ...]
    counts: Array

    @cached_property
    def moves(self) -> Moves:
        """Return how many rise and fall."""
        leads = directions(self.states)
        return Moves.of([int(self.counts[leads == each].sum()) for each in range(4)])

    def __add__(self, other: Matrix) -> Matrix:
        """Return the counts of two categories together; states of the same id are the same."""
        by_id = {each.id: each for each in (*self.states, *other.states)}
        names = joined([each.id for each in other.states], [each.id for each in self.states])
        number = {name: place for place, name in enumerate(names)}
        counts = np.zeros((len(names), len(names)), np.int64)
        for side in (self, other):
            places = [number[each.id] for each in side.states]
            counts[np.ix_(places, places)] += side.counts
        return Matrix(tuple(by_id[name] for name in names), counts)


@dataclass(frozen=True)
class CategoryComparison:
    """What changes for one category; `losing` and `moving` are numbers of rows, in their order.

    `losing` are those who held a level and hold a lower one or none; `moving` all who come to
    something else, those included.
    """

    matrix: Matrix
    committees: Mapping[Raw, Moves]
    losing: Array
    moving: Array


@dataclass(frozen=True)
class Comparison:
    """What changes for each category, and for all together."""

    categories: Mapping[str, CategoryComparison]

    @cached_property
    def matrix(self) -> Matrix:
        """Return the moves of all categories together."""
        return reduce(Matrix.__add__, (each.matrix for each in self.categories.values()))

    @cached_property
    def committees(self) -> list[tuple[Raw, Moves]]:
        """Return the moves of each committee over all categories, the most affected first."""
        found: dict[Raw, Moves] = {}
        for each in self.categories.values():
            for name, moves in each.committees.items():
                found[name] = found.get(name, Moves()) + moves
        return sorted(found.items(), key=_most_affected)


def _most_affected(item: tuple[Raw, Moves]) -> tuple[int, int, str]:
    name, moves = item
    return -moves.falls, -moves.rises, str(name)


def what_if(
    before: Mapping[str, Standings],
    after: Mapping[str, Standings],
    ladders: Mapping[str, Ladder],
    committees: Mapping[str, Group],
) -> Comparison:
    """Return who rises and falls in each category that both sides have.

    The arrays of both sides hold the same organisations in the same order.
    """
    return Comparison(
        {
            name: compare(
                Side(before[name], ladder.before),
                Side(after[name], ladder.after),
                ladder.states,
                committees[name],
            )
            for name, ladder in ladders.items()
        }
    )


def compare(
    before: Side, after: Side, states: tuple[State, ...], committees: Group
) -> CategoryComparison:
    """Return who rises and falls in one category."""
    work = _Counting(before, after, directions(states), committees)
    parts = shared_out(work.count, before.standings.size)
    moves = sum((each.committees for each in parts[1:]), parts[0].committees)
    return CategoryComparison(
        Matrix(states, sum((each.matrix for each in parts[1:]), parts[0].matrix)),
        _named(moves, committees),
        np.concatenate([each for part in parts for each in part.losing]),
        np.concatenate([each for part in parts for each in part.moving]),
    )


def directions(states: Sequence[State]) -> Array:
    """Return for each pair of states where it leads: `STAYS`, `FALLS`, `RISES` or `OTHER`."""
    rank = np.array([place if each.is_level else NO_LEVEL for place, each in enumerate(states)])
    difference = rank[np.newaxis, :] - rank[:, np.newaxis]
    found = np.where(difference < 0, FALLS, np.where(difference > 0, RISES, OTHER))
    np.fill_diagonal(found, STAYS)
    return found.astype(np.int8)


@dataclass(frozen=True)
class _Counts:
    """What was counted so far; `losing` and `moving` hold numbers of rows, piece by piece."""

    matrix: Array
    committees: Array
    losing: list[Array]
    moving: list[Array]


@dataclass(frozen=True)
class _Counting:
    """Packs both states of an organisation into one small number, and counts these."""

    before: Side
    after: Side
    directions: Array
    committees: Group

    def count(self, part: slice) -> _Counts:
        """Count the organisations of a part, some at a time."""
        number, nobody = len(self.directions), np.zeros(0, np.int64)
        counts = _Counts(
            np.zeros((number, number), np.int64),
            np.zeros((len(self.committees.words), 4), np.int64),
            [nobody],
            [nobody],
        )
        for start in range(part.start, part.stop, _AT_ONCE):
            self._count(slice(start, min(start + _AT_ONCE, part.stop)), counts)
        return counts

    def _count(self, part: slice, counts: _Counts) -> None:
        old, new = (side.standings.states(side.places, part) for side in (self.before, self.after))
        packed = old.astype(np.int16) * len(self.directions) + new
        counts.matrix.ravel()[:] += np.bincount(packed, minlength=counts.matrix.size)
        move = np.take(self.directions.ravel(), packed)
        groups = self.committees.codes[part].astype(np.int64) * 4 + move
        found = np.bincount(groups)
        counts.committees.ravel()[: len(found)] += found
        counts.losing.append(np.flatnonzero(move == FALLS) + part.start)
        counts.moving.append(np.flatnonzero(move != STAYS) + part.start)


def _named(moves: Array, committees: Group) -> dict[Raw, Moves]:
    rows: Iterable[list[int]] = moves.tolist()
    return {
        word: found
        for word, counts in zip(committees.words, rows, strict=True)
        if (found := Moves.of(counts)).size
    }
