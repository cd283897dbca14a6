"""Organisations as columns, cut into parts and picked; how they are made is not ours."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.columns import Columns, Group
from evaluator.what_if.inputs_in_columns import columns_from_entries

__all__ = ["columns_from_entries", "parted", "picked"]


def parted(columns: Columns, edges: Sequence[int]) -> list[Columns]:
    """Return the same organisations in several parts, as a round that is too large has them."""
    bounds = [0, *edges, columns.size]
    return [picked(columns, np.arange(start, end)) for start, end in pairwise(bounds)]


def picked(columns: Columns, place: Array) -> Columns:
    """Return the organisations at some places, in their order; one may be picked repeatedly."""
    lacked = {name: each[place] for name, each in columns.missing.items()}
    return Columns(
        len(place),
        [None if each is None else each[place] for each in columns.slots],
        {name: each for name, each in lacked.items() if each.any()},
        columns.applied[place],
        columns.previous[place],
        columns.years[place],
        columns.founded[place],
        {among: _used(each, place) for among, each in columns.groups.items()},
        None if columns.refused is None else columns.refused[place],
    )


def _used(group: Group, place: Array) -> Group:
    """Return the groups of some organisations, numbered by what occurs there."""
    used, codes = np.unique(group.codes[place], return_inverse=True)
    return Group(codes.astype(np.int32), [group.words[each] for each in used])
