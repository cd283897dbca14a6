"""Facts of many organisations to the columns that a program reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa

from evaluator.files.columnar.facts import Facts
from evaluator.files.columnar.lists import ListValues
from evaluator.files.columnar.standings import Standing
from evaluator.scoring.columnar.arrays import Array, Bools, narrow
from evaluator.scoring.columnar.columns import Columns, Group
from evaluator.scoring.columnar.lists import reducer_of, refusals_of
from rules.lowering import Program
from rules.lowering.program import Slot
from rules.syntax import RuleSet


def columns_of(
    program: Program, facts: Facts, standing: Standing, committee: pa.DictionaryArray
) -> tuple[Columns, Bools]:
    """Return the columns of organisations, and whose facts the rules cannot use.

    Whatever cannot be used is missing in the columns.
    """
    for name, refusal in refusals_of(program):
        values = facts.values[name]
        assert isinstance(values, ListValues)  # noqa: S101 - only lists have refusals
        absent = facts.missing(name)
        refused = refusal(values.lists)
        facts.refuse(name, refused if absent is None else refused & ~absent)
    missing = {name: absent for name in facts.values if (absent := facts.missing(name)) is not None}
    founded = _founded(program.rule_set, facts, missing)
    columns = Columns(
        size=facts.size,
        slots=[_slot(slot, program.rule_set, facts, missing, founded) for slot in program.slots],
        missing=missing,
        applied=standing.applied,
        previous=standing.previous,
        years=standing.years,
        founded=founded,
        groups=_groups(program.rule_set, facts, missing, committee),
    )
    refused = np.zeros(facts.size, np.bool_)
    for rows in facts.refused.values():
        refused |= rows
    return columns, refused


def _slot(
    slot: Slot, rule_set: RuleSet, facts: Facts, missing: Mapping[str, Bools], founded: Array
) -> Array | None:
    kind, blank = narrow(slot.low, slot.high), max(slot.low, min(0, slot.high))
    if slot.kind == "missing":
        absent = missing.get(slot.name)
        return np.zeros(facts.size, kind) if absent is None else absent.astype(kind)
    if slot.kind == "fact":
        values = facts.values[slot.name]
        assert not isinstance(values, ListValues)  # noqa: S101 - lists have reductions
        numbers = values.numbers.astype(kind)
        if slot.name in missing:
            numbers[missing[slot.name]] = blank
        return numbers
    if slot.kind == "reduction":
        name, reduce = reducer_of(slot, rule_set)
        lists = facts.values[name]
        assert isinstance(lists, ListValues)  # noqa: S101 - only lists are reduced
        return reduce(lists.lists, founded, missing.get(name))
    return None


def _founded(rule_set: RuleSet, facts: Facts, missing: Mapping[str, Bools]) -> Array:
    name = rule_set.organisations.founded
    if not name:
        return np.zeros(facts.size, np.int32)
    values = facts.values[name]
    assert not isinstance(values, ListValues)  # noqa: S101 - it is a date
    days = values.numbers.astype(np.int32)
    if name in missing:
        days[missing[name]] = 0
    return days


def _groups(
    rule_set: RuleSet, facts: Facts, missing: Mapping[str, Bools], committee: pa.DictionaryArray
) -> dict[str, Group]:
    found: dict[str, Group] = {}
    for among in set(_amongs(rule_set)):
        if among in ("category", "round"):
            found[among] = Group(np.zeros(facts.size, np.int8), [""])
        elif among == "committee":
            codes = committee.indices.to_numpy(zero_copy_only=False)
            found[among] = Group(codes, committee.dictionary.to_pylist())
        else:
            found[among] = _chosen(among, rule_set, facts, missing)
    return found


def _chosen(name: str, rule_set: RuleSet, facts: Facts, missing: Mapping[str, Bools]) -> Group:
    """Return the groups of a choice fact; whoever lacks it is a group of its own."""
    options = list(rule_set.facts[name].options)
    values = facts.values[name]
    assert not isinstance(values, ListValues)  # noqa: S101 - it is a choice
    codes = values.numbers.astype(np.int32)
    if name not in missing:
        return Group(codes, options)
    codes[missing[name]] = len(options)
    return Group(codes, [*options, None])


def _amongs(rule_set: RuleSet) -> Iterator[str]:
    """Yield every group in which a rule set compares or shares quotas."""
    for measure in rule_set.measures.values():
        for way in (measure.rank, measure.highest, measure.lowest, measure.group_mean):
            if way is not None:
                yield way.among
    for quota in rule_set.quotas:
        yield quota.among
