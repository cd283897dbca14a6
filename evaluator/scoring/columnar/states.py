"""Equal rows counted once: what quotas and comparisons look at instead of organisations.

Whether an organisation keeps its level depends on nothing but its state (level, total, ties, …),
and all of the same state stay or go together. So a quota is worked out on the states that occur,
each with the number of organisations in it, and parts of a round can be counted apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.threads import shared_out

_SPAN_LIMIT = 2**62
_BINS_FOR_EACH_ROW = 4
"""A table of all possible rows is worth its memory while it is not much longer than the rows."""


@dataclass(frozen=True)
class States:
    """Distinct rows in rising order: `columns` as given, `weights` how many rows are alike.

    `of_row` holds for each row that was given the number of its state.
    """

    columns: list[Array]
    weights: Array
    of_row: Array


def states_of(columns: Sequence[Array], weights: Array | None = None) -> States:
    """Return the distinct rows of columns of equal length; weights count rows more than once."""
    size = len(columns[0])
    if size == 0:
        nothing = np.zeros(0, np.int64)
        return States([each[:0] for each in columns], nothing, nothing)
    bounds = [(int(each.min()), int(each.max())) for each in columns]
    span = 1
    for low, high in bounds:
        span *= high - low + 1
    if span > _SPAN_LIMIT:
        return _by_rows(columns, weights)
    key = _packed(columns, bounds, span)
    if weights is None and span <= max(_BINS_FOR_EACH_ROW * size, 256):
        return _by_table(key, span, columns, bounds)
    found, of_row = np.unique(key, return_inverse=True)
    return States(_unpacked(found, columns, bounds), _added(of_row, weights, len(found)), of_row)


def _packed(columns: Sequence[Array], bounds: list[tuple[int, int]], span: int) -> Array:
    """Return each row as one whole number, in which the first column weighs most."""
    is_small = span < 2**31 and all(low >= -(2**31) and high < 2**31 for low, high in bounds)
    kind = np.dtype(np.int32 if is_small else np.int64)
    key = np.zeros(len(columns[0]), kind)

    def pack(part: slice) -> None:
        mine = key[part]
        for column, (low, high) in zip(columns, bounds, strict=True):
            np.multiply(mine, high - low + 1, out=mine)
            # Where low is far from 0 the sum may wrap, and the difference wraps back.
            np.add(mine, column[part], out=mine, casting="same_kind")
            np.subtract(mine, low, out=mine)

    shared_out(pack, len(key))
    return key


def _unpacked(keys: Array, columns: Sequence[Array], bounds: list[tuple[int, int]]) -> list[Array]:
    found: list[Array] = []
    for column, (low, high) in zip(reversed(columns), reversed(bounds), strict=True):
        keys, rest = np.divmod(keys.astype(np.int64), high - low + 1)
        found.append((rest + low).astype(column.dtype))
    return found[::-1]


def _by_table(
    key: Array, span: int, columns: Sequence[Array], bounds: list[tuple[int, int]]
) -> States:
    """Count in a table that has a place for every row that is possible."""
    counts = sum(shared_out(lambda part: np.bincount(key[part], minlength=span), len(key)))
    found = np.flatnonzero(counts)
    number = np.zeros(span, np.int32)
    number[found] = np.arange(len(found), dtype=np.int32)
    of_row = np.empty(len(key), np.int32)

    def look_up(part: slice) -> None:
        np.take(number, key[part], out=of_row[part], mode="clip")

    shared_out(look_up, len(key))
    return States(_unpacked(found, columns, bounds), np.asarray(counts)[found], of_row)


def _by_rows(columns: Sequence[Array], weights: Array | None) -> States:
    """Sort whole rows, where no 62 bits hold one."""
    order = np.lexsort(list(reversed(columns)))
    fresh = np.zeros(len(order), np.bool_)
    fresh[0] = True
    for each in columns:
        fresh[1:] |= each[order[1:]] != each[order[:-1]]
    of_row = np.empty(len(order), np.int64)
    of_row[order] = np.cumsum(fresh) - 1
    first = order[fresh]
    return States([each[first] for each in columns], _added(of_row, weights, len(first)), of_row)


def _added(of_row: Array, weights: Array | None, number: int) -> Array:
    """Return how many rows each state has, in whole numbers throughout."""
    if weights is None:
        return np.bincount(of_row, minlength=number)
    found = np.zeros(number, np.int64)
    np.add.at(found, of_row, weights)
    return found
