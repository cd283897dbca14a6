"""Who finds room below a limit: by selection, without sorting those whose place is clear."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from evaluator.scoring.columnar.arrays import Array, Bools

Key = Callable[[Array], Array]
"""Returns the values, highest first, by which the standings with these numbers are ordered."""


def best(candidates: Array, keys: Sequence[Key], room: int, include: bool) -> Bools:
    """Return which candidates find room, best first by one key after the other.

    Those who tie across the limit after all keys are all in (`include`) or all out. A later key
    is asked only about those who tie at the limit so far.
    """
    if len(candidates) <= room or room <= 0:
        return np.full(len(candidates), room > 0)
    fits = np.zeros(len(candidates), np.bool_)
    tied: Array | slice = slice(None)
    for key in keys:
        values = key(candidates[tied])
        if values.min() == values.max():
            continue
        edge = np.partition(values, len(values) - room)[len(values) - room]
        above, at_edge = values > edge, np.flatnonzero(values == edge)
        fits[tied] = above
        room -= int(np.count_nonzero(above))
        tied = at_edge if isinstance(tied, slice) else tied[at_edge]
        if len(tied) <= room:
            include = True
            break
    fits[tied] = include
    return fits


def best_of_groups(
    candidates: Array,
    keys: Sequence[Key],
    group: Array,
    room: Array,
    include: bool,
    weights: Array | None = None,
) -> Bools:
    """Return which candidates find room in their groups, as `best` does for one group.

    `group` is that of each candidate, `room` that of each group. Where candidates are states,
    `weights` says how many organisations each of them has.
    """
    if len(candidates) == 0:
        return np.zeros(0, np.bool_)
    places = [~key(candidates).astype(np.int64) for key in keys]  # ~x = -x - 1: highest first
    order = np.lexsort([*reversed(places), group])
    groups = group[order]
    fresh = np.zeros(len(order), np.bool_)
    fresh[:1] = True
    for each in (groups, *(place[order] for place in places)):
        fresh[1:] |= each[1:] != each[:-1]
    heads = np.ones(len(order), np.int64) if weights is None else weights[candidates[order]]
    start, end = _counted(fresh, groups, heads)
    limit = room[groups[fresh]]
    whole_run = (end <= limit) | (include & (start < limit))
    fits = np.zeros(len(order), np.bool_)
    fits[order] = whole_run[np.cumsum(fresh) - 1]
    return fits


def _counted(fresh: Bools, groups: Array, heads: Array) -> tuple[Array, Array]:
    """Return how many of its group stand before each run of equals, and with it."""
    first = np.flatnonzero(fresh)
    end = np.cumsum(heads)[np.append(first[1:], len(fresh)) - 1]
    start = np.append(0, end[:-1])
    opens = np.ones(len(first), np.bool_)
    opens[1:] = groups[first[1:]] != groups[first[:-1]]
    before = start[np.maximum.accumulate(np.where(opens, np.arange(len(first)), 0))]
    return start - before, end - before
