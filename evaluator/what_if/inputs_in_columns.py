"""Organisations that are read one by one, from a workbook or a database, as columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from evaluator.scoring.cohort import group_of
from evaluator.scoring.columnar.arrays import Array, narrow
from evaluator.scoring.columnar.columns import Columns, Group
from evaluator.scoring.inputs import Inputs
from evaluator.scoring.levels import NO_LEVEL
from evaluator.scoring.round import Category, Entry, Result, read_member


@dataclass(frozen=True)
class ReadEntry:
    """An organisation as it was read; of one that is `refused`, what its groups are known by."""

    entry: Entry
    inputs: Inputs
    refused: bool


def columns_from_entries(
    category: Category, entries: Sequence[Entry]
) -> tuple[Columns, list[Inputs]]:
    """Return columns of a category, and what they were made of."""
    read = read_entries(category, entries)
    return columns_of(category, read), [each.inputs for each in read]


def read_entries(
    category: Category, entries: Sequence[Entry], known: Iterable[ReadEntry] = ()
) -> list[ReadEntry]:
    """Read organisations; those `known` for the same category are not read again as they were."""
    before = {each.entry[0].id: each for each in known}
    found = []
    for entry in entries:
        same = before.get(entry[0].id)
        found.append(same if same and same.entry == entry else _read(category, entry))
    return found


def _read(category: Category, entry: Entry) -> ReadEntry:
    result = Result(entry[0], category)
    inputs = read_member(category.scorer, result, entry[1])
    return ReadEntry(entry, inputs, result.refused is not None)


def columns_of(category: Category, read: Sequence[ReadEntry]) -> Columns:
    """Return columns of a category; who cannot be read only counts in its groups."""
    refused = np.array([each.refused for each in read], np.bool_)
    columns = in_columns(category, [each.inputs for each in read])
    return replace(columns, refused=refused) if refused.any() else columns


def in_columns(category: Category, everyone: Sequence[Inputs]) -> Columns:
    """Return columns of whoever was read; what comes from the group is left open."""
    who = [each.organisation for each in everyone]
    index = category.levels.index
    lacked = {name for each in everyone for name in each.missing}
    return Columns(
        len(everyone),
        _slots(category, everyone),
        {name: np.array([name in each.missing for each in everyone]) for name in sorted(lacked)},
        np.array([each.applied for each in who], np.bool_),
        np.array([index.get(each.previous_level, NO_LEVEL) for each in who], np.int8),
        np.array([each.years_at_level for each in who], np.int32),
        np.array([each.founded for each in everyone], np.int32),
        {among: _group(everyone, among) for among in sorted(_compared_among(category))},
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
