"""Facts of many organisations to the columns that a program reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa

from evaluator.files.columnar.facts import Facts, FactValues
from evaluator.files.columnar.lists import ListValues
from evaluator.files.columnar.numbers import Values
from evaluator.files.columnar.standings import Standing
from evaluator.scoring.columnar.arrays import Array, Bools, narrow
from evaluator.scoring.columnar.columns import Columns, Group
from evaluator.scoring.columnar.lists import reducer_of, refusals_of
from rules.lowering import Program
from rules.syntax import RuleSet


class Assembly:
    """Makes the columns of one program; made once, used for any number of parts."""

    def __init__(self, program: Program):
        self.program = program
        self.rule_set = program.rule_set
        self.refusals = refusals_of(program)
        self.reducers = [
            reducer_of(slot, self.rule_set) if slot.kind == "reduction" else None
            for slot in program.slots
        ]
        self.amongs = set(_amongs(self.rule_set))

    def columns(
        self, facts: Facts, standing: Standing, committee: pa.DictionaryArray
    ) -> tuple[Columns, Bools]:
        """Return the columns of organisations, and whose facts the rules cannot use.

        Whatever cannot be used is missing in the columns.
        """
        self._refuse(facts)
        missing = {
            name: absent for name in facts.values if (absent := facts.missing(name)) is not None
        }
        founded = _founded(self.rule_set, facts, missing)
        columns = Columns(
            size=facts.size,
            slots=[
                self._slot(number, facts, missing, founded)
                for number in range(len(self.program.slots))
            ],
            missing=missing,
            applied=standing.applied,
            previous=standing.previous,
            years=standing.years,
            founded=founded,
            groups={
                among: _group(among, self.rule_set, facts, missing, committee)
                for among in self.amongs
            },
        )
        refused = np.zeros(facts.size, np.bool_)
        for rows in facts.refused.values():
            refused |= rows
        return columns, refused

    def _refuse(self, facts: Facts) -> None:
        """Note lists that are too long or too short to be used."""
        for name, refusal in self.refusals:
            values = facts.values[name]
            assert isinstance(values, ListValues)  # noqa: S101 - only lists have refusals
            absent = facts.missing(name)
            refused = refusal(values.lists)
            facts.refuse(name, refused if absent is None else refused & ~absent)

    def _slot(
        self, number: int, facts: Facts, missing: Mapping[str, Bools], founded: Array
    ) -> Array | None:
        slot, reducer = self.program.slots[number], self.reducers[number]
        kind, blank = narrow(slot.low, slot.high), max(slot.low, min(0, slot.high))
        if reducer is not None:
            name, reduce = reducer
            lists = facts.values[name]
            assert isinstance(lists, ListValues)  # noqa: S101 - only lists are reduced
            return reduce(lists.lists, founded, missing.get(name))
        if slot.kind == "missing":
            absent = missing.get(slot.name)
            return np.zeros(facts.size, kind) if absent is None else absent.astype(kind)
        if slot.kind != "fact":
            return None
        numbers = single(facts.values[slot.name]).numbers
        if slot.name not in missing:
            return numbers.astype(kind, copy=False)
        found = numbers.astype(kind)
        found[missing[slot.name]] = blank
        return found


def single(values: FactValues) -> Values:
    """Return the values of a fact that is no list."""
    assert not isinstance(values, ListValues)  # noqa: S101 - the rules were checked
    return values


def _founded(rule_set: RuleSet, facts: Facts, missing: Mapping[str, Bools]) -> Array:
    name = rule_set.organisations.founded
    if not name:
        return np.zeros(facts.size, np.int32)
    days = single(facts.values[name]).numbers.astype(np.int32)
    if name in missing:
        days[missing[name]] = 0
    return days


def _group(
    among: str,
    rule_set: RuleSet,
    facts: Facts,
    missing: Mapping[str, Bools],
    committee: pa.DictionaryArray,
) -> Group:
    """Return the groups of a category, a committee or a choice; to lack it is one of its own."""
    if among in ("category", "round"):
        return Group(np.zeros(facts.size, np.int8), [""])
    if among == "committee":
        codes = committee.indices.to_numpy(zero_copy_only=False)
        return Group(codes, committee.dictionary.to_pylist())
    options = list(rule_set.facts[among].options)
    codes = single(facts.values[among]).numbers.astype(np.int32)
    if among not in missing:
        return Group(codes, options)
    codes[missing[among]] = len(options)
    return Group(codes, [*options, None])


def _amongs(rule_set: RuleSet) -> Iterator[str]:
    """Yield every group in which a rule set compares or shares quotas."""
    for measure in rule_set.measures.values():
        for way in (measure.rank, measure.highest, measure.lowest, measure.group_mean):
            if way is not None:
                yield way.among
    for quota in rule_set.quotas:
        yield quota.among
