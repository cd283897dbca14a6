"""Lists that stand one after the other in one array, worked on all at once.

Everywhere here `offsets` are int64, begin with 0, end with the number of elements, and list `i`
stands from `offsets[i]` to `offsets[i+1]`. Lists may be empty, and there may be no list at all.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from evaluator.scoring.columnar.arrays import Array, Bools

Numbers = npt.NDArray[np.int64]


def owners(offsets: Array) -> Numbers:
    """Return for each element the number of the list that it stands in."""
    return np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))


def running(values: Array | Bools) -> Numbers:
    """Return the sums of the first 0, 1, … elements: one more than there are elements.

    They may pass 64 bits and wrap around: differences of them are exact all the same, as long as
    the differences themselves fit.
    """
    found = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, dtype=np.int64, out=found[1:])
    return found


def sums(values: Array | Bools, offsets: Array) -> Numbers:
    """Return the sum of each list."""
    return np.diff(running(values)[offsets])


def highest(values: Array, offsets: Array) -> Numbers:
    """Return the highest element of each list, 0 for an empty one."""
    found = np.zeros(len(offsets) - 1, np.int64)
    # An empty segment would make reduceat return the element that follows it.
    filled = offsets[:-1] < offsets[1:]
    found[filled] = np.maximum.reduceat(values, offsets[:-1][filled])
    return found


def run_starts(values: Array, offsets: Array) -> Bools:
    """Return which elements begin a run of equal neighbours; no run reaches beyond its list."""
    starts = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=starts[1:])
    starts[offsets[offsets < len(values)]] = True
    return starts


def order_within(values: Array, offsets: Array) -> Numbers:
    """Return in which order to take the elements so that each list ascends."""
    # One key for list and value: sorting it is ten times as fast as a sort by two keys.
    key = _dense(values, len(offsets))
    key += owners(offsets) * (int(key.max(initial=0)) + 1)
    if np.all(key[:-1] <= key[1:]):
        return np.arange(len(key))
    return np.argsort(key, kind="stable")


def _dense(values: Array, lists: int) -> Numbers:
    """Return numbers from 0 in the order of the values, so low that a key of them has room."""
    if not len(values):
        return np.zeros(0, np.int64)
    low, high = int(values.min()), int(values.max())
    if (high - low + 1) * lists <= np.iinfo(np.int64).max:
        return values.astype(np.int64) - low
    return np.unique(values, return_inverse=True)[1].astype(np.int64)
