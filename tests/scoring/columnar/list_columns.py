"""Lists of events and ratings as columns, and what both paths make of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

import numpy as np
from factories import scorer

from evaluator.scoring.columnar.arrays import Array, narrow
from evaluator.scoring.columnar.columns import EventList, RatingList
from evaluator.scoring.columnar.lists import Lists, reducer_of, refusals_of
from evaluator.scoring.events import Event, events_reader
from evaluator.scoring.inputs import FactErrors, Organisation
from evaluator.scoring.reading import read_day, reader_of
from rules.lowering import Program
from rules.lowering.values import MOST_DECLARED
from rules.syntax import Fact, RuleSet

Facts = Mapping[str, Any]
"""The lists of one organisation by their facts; a fact that is absent is missing."""


def program_of(rules: RuleSet) -> Program:
    """Return the program of a rule set, lowered once."""
    return scorer(rules).program


def offsets_of(lists: Sequence[Sequence[Any]]) -> Any:
    """Return where each list begins, and where the last one ends."""
    return np.array([0, *accumulate(map(len, lists))], np.int64)


def read_only(values: Sequence[int], kind: Any) -> Any:
    """Return an array that nobody may write to, as those of a file are."""
    array = np.array(values, kind)
    array.setflags(write=False)
    return array


def event_list(fact: Fact, everyone: Sequence[Sequence[Any]]) -> EventList:
    """Return the events of all organisations; of a list, more than allowed are taken too."""
    read = events_reader(replace(fact, max=str(MOST_DECLARED)))
    lists = [read(each) for each in everyone]
    events = [event for each in lists for event in each]
    columns = {name: _column(name, events) for name in fact.fields}
    return EventList(offsets_of(lists), read_only([each.day for each in events], np.int32), columns)


def _column(name: str, events: Sequence[Event]) -> Any:
    numbers: dict[str, int] = {}
    values = [each.columns[name] for each in events]
    return read_only(
        [v if isinstance(v, int) else numbers.setdefault(v, len(numbers)) for v in values], np.int32
    )


def rating_list(fact: Fact, everyone: Sequence[Sequence[Any]]) -> RatingList:
    """Return the ratings of all organisations."""
    read = reader_of(fact)
    values = [read(each) for ratings in everyone for each in ratings]
    return RatingList(offsets_of(everyone), read_only(values, np.int32))


def lists_of(rules: RuleSet, everyone: Sequence[Facts]) -> dict[str, Lists]:
    """Return the columns of every fact that is a list."""
    found: dict[str, Lists] = {}
    for name, fact in rules.facts.items():
        given = [facts.get(name) or [] for facts in everyone]
        if fact.type == "events":
            found[name] = event_list(fact, given)
        if fact.type == "ratings":
            found[name] = rating_list(fact, given)
    return found


def explained(rules: RuleSet, facts: Facts) -> list[int] | None:
    """Return what the explaining path puts into the slots; None where it refuses the facts."""
    try:
        return scorer(rules).read(Organisation("a", "甲"), facts).slots
    except FactErrors:
        return None


def assert_agreement(rules: RuleSet, everyone: Sequence[Facts]) -> None:
    """Compare every slot that comes from a list, and who is refused, with the explaining path."""
    program, expected = program_of(rules), [explained(rules, facts) for facts in everyone]
    lists = lists_of(rules, everyone)
    accepted = [number for number, slots in enumerate(expected) if slots is not None]
    refused = np.zeros(len(everyone), np.bool_)
    for name, refuse in refusals_of(program):
        refused |= refuse(lists[name])
    assert np.flatnonzero(~refused).tolist() == accepted
    for number, slot in enumerate(program.slots):
        if slot.kind == "reduction":
            found = reduced(rules, number, lists, everyone)
            wanted = [slots[number] for slots in expected if slots is not None]
            assert (slot.name, found[accepted].tolist()) == (slot.name, wanted)


def reduced(
    rules: RuleSet, number: int, lists: Mapping[str, Lists], everyone: Sequence[Facts]
) -> Array:
    """Return one slot of all organisations, in its own type and between its bounds."""
    slot = program_of(rules).slots[number]
    fact, reduce = reducer_of(slot, rules)
    missing = np.array([facts.get(fact) is None for facts in everyone], np.bool_)
    days = [facts.get(rules.organisations.founded or "") for facts in everyone]
    founded = read_only([read_day(day) if day else 0 for day in days], np.int32)
    found = reduce(lists[fact], founded, missing if missing.any() else None)
    assert found.dtype == narrow(slot.low, slot.high)
    assert all(slot.low <= value <= slot.high for value in found.tolist())
    return found
