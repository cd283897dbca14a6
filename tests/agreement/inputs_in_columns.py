"""Organisations that were read one by one, as the columns of the columnar path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from evaluator.scoring.cohort import group_of
from evaluator.scoring.columnar.arrays import Array, narrow
from evaluator.scoring.columnar.columns import Columns, Group
from evaluator.scoring.inputs import Inputs
from evaluator.scoring.levels import NO_LEVEL
from evaluator.scoring.round import Category, Entry, Result, _read


def columns_from_entries(
    category: Category, entries: Sequence[Entry]
) -> tuple[Columns, list[Inputs]]:
    """Return columns of a category, and what they were made of.

    Who cannot be read only counts in its groups.
    """
    results = [Result(who, category) for who, _ in entries]
    read = [
        _read(category.scorer, result, facts)
        for result, (_, facts) in zip(results, entries, strict=True)
    ]
    refused = np.array([each.refused is not None for each in results], np.bool_)
    columns = columns_from_inputs(category, read)
    return replace(columns, refused=refused) if refused.any() else columns, read


def columns_from_inputs(category: Category, everyone: Sequence[Inputs]) -> Columns:
    """Return columns of whoever was read; what comes from the group is left open."""
    who = [each.organisation for each in everyone]
    index = category.levels.index
    lacked = {name for each in everyone for name in each.missing}
    return Columns(
        len(everyone),
        _slots(category, everyone),
        {name: np.array([name in each.missing for each in everyone]) for name in lacked},
        np.array([each.applied for each in who], np.bool_),
        np.array([index.get(each.previous_level, NO_LEVEL) for each in who], np.int8),
        np.array([each.years_at_level for each in who], np.int32),
        np.array([each.founded for each in everyone], np.int32),
        {among: _group(everyone, among) for among in _compared_among(category)},
    )


def _slots(category: Category, everyone: Sequence[Inputs]) -> list[Array | None]:
    slots = category.scorer.program.slots
    rows = zip(*(each.slots for each in everyone), strict=True) if everyone else [()] * len(slots)
    return [
        None if slot.kind in ("cohort", "peers") else np.array(values, narrow(slot.low, slot.high))
        for slot, values in zip(slots, rows, strict=True)
    ]


def _compared_among(category: Category) -> set[str]:
    compared = (entry.way.among for entry in category.scorer.program.cohort)
    return {*compared, *(quota.among for quota in category.rule_set.quotas)}


def _group(everyone: Sequence[Inputs], among: str) -> Group:
    numbers: dict[object, int] = {}
    codes = [numbers.setdefault(group_of(each, among), len(numbers)) for each in everyone]
    return Group(np.array(codes, np.int32), list(numbers))


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
