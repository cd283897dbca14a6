"""What both paths make of lists of events and ratings, slot by slot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

import numpy as np

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.columns import EventList, RatingList
from evaluator.scoring.columnar.lists import Lists, reducer_of
from evaluator.scoring.events import Event, events_reader
from evaluator.scoring.inputs import Inputs
from evaluator.scoring.reading import reader_of
from evaluator.scoring.round import Category
from rules.syntax import Fact


def reductions(
    category: Category, everyone: Sequence[Inputs]
) -> Iterator[tuple[str, list[int], list[int]]]:
    """Yield each slot that is worked out from a list, as the explaining path has it and by columns.

    `everyone` was read by the explaining path, which has filled the slots in.
    """
    rules = category.rule_set
    founded = np.array([each.founded for each in everyone], np.int32)
    for number, slot in enumerate(category.scorer.program.slots):
        if slot.kind == "reduction":
            name, reduce = reducer_of(slot, rules)
            lists = _list_of(rules.facts[name], [each.raw.get(name) or [] for each in everyone])
            missing = np.array([name in each.missing for each in everyone], np.bool_)
            found = reduce(lists, founded, missing if missing.any() else None)
            yield slot.name, [each.slots[number] for each in everyone], found.tolist()


def _list_of(fact: Fact, everyone: Sequence[Any]) -> Lists:
    offsets = np.array([0, *accumulate(map(len, everyone))], np.int64)
    if fact.type == "ratings":
        read = reader_of(fact)
        return RatingList(offsets, np.array([read(v) for each in everyone for v in each], np.int64))
    events = [event for each in everyone for event in events_reader(fact)(each)]
    columns: Mapping[str, Array] = {name: _column(name, events) for name in fact.fields}
    return EventList(offsets, np.array([each.day for each in events], np.int32), columns)


def _column(name: str, events: Sequence[Event]) -> Array:
    numbers: dict[str, int] = {}
    values = [each.columns[name] for each in events]
    return np.array(
        [v if isinstance(v, int) else numbers.setdefault(v, len(numbers)) for v in values], np.int64
    )
