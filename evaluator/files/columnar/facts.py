"""The facts of the organisations of one category, read from the columns of a file."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from evaluator.files.columnar.frames import Encoded, Frame, encoded
from evaluator.files.columnar.lists import ListValues, no_lists, read_events, read_ratings
from evaluator.files.columnar.numbers import Values, read_values, values_of
from evaluator.files.columns import columns_of
from evaluator.files.plans import Plan
from evaluator.files.tables import Cell
from evaluator.files.values import value_reader
from evaluator.scoring.columnar.arrays import Bools
from evaluator.scoring.reading import Unreadable
from rules.syntax import Fact, RuleSet

FactValues = Values | ListValues


@dataclass
class Marks:
    """Rows that are marked for some reason; None as long as there is none."""

    size: int
    rows: Bools | None = None

    def add(self, rows: Bools | None) -> None:
        """Mark more rows."""
        if rows is not None and rows.any():
            self.rows = rows.copy() if self.rows is None else self.rows | rows


@dataclass
class Facts:
    """What is known of each fact; `refused` are facts that cannot be used, though well written.

    `flawed` rows hold a cell for which the whole file is refused.
    """

    size: int
    values: dict[str, FactValues] = field(default_factory=dict)
    refused: dict[str, Bools] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.flawed = Marks(self.size)

    def refuse(self, name: str, rows: Bools | None) -> None:
        """Note organisations whose fact cannot be used."""
        if rows is not None and rows.any():
            before = self.refused.get(name)
            self.refused[name] = rows if before is None else before | rows

    def missing(self, name: str) -> Bools | None:
        """Return who has no value that can be used, None where everybody has."""
        values = self.values[name]
        absent = None if values.given is None or values.given.all() else ~values.given
        refused = self.refused.get(name)
        if absent is None or refused is None:
            return refused if absent is None else absent
        return absent | refused


def read_fact(frame: Frame, index: int, fact: Fact) -> FactValues:
    """Return the values of one column, whatever the type of its fact."""
    column = frame.column(index)
    if fact.type == "events":
        return read_events(column, fact, frame.spelling)
    if fact.type == "ratings":
        return read_ratings(column, fact, frame.spelling)
    return read_values(column, fact, frame.spelling)


def read_facts(frame: Frame, plan: Plan, rule_set: RuleSet) -> Facts:
    """Return the facts that have a column of their own, each with its reason, and attributes."""
    facts = Facts(frame.size)
    for index, name, _ in plan.values:
        facts.values[name] = read_fact(frame, index, rule_set.facts[name])
        facts.flawed.add(facts.values[name].bad)
    _check_reasons(frame, plan, facts)
    for index, attribute, _ in plan.attributes:
        _read_attribute(frame, index, attribute, rule_set, facts)
    return facts


def fill_in(facts: Facts, rule_set: RuleSet) -> None:
    """Give the facts without a column their place, and refuse judged ones without a reason."""
    for name, fact in rule_set.facts.items():
        if name not in facts.values:
            facts.values[name] = _nothing(fact, facts.size)
        if fact.reason == "required" and fact.source.kind == "organisation":
            given = facts.values[name].given
            facts.refuse(name, np.ones(facts.size, np.bool_) if given is None else given)


def read_known(column: Encoded, name: str, fact: Fact, facts: Facts) -> None:
    """Read what a row says anyway, such as its committee, as a fact; a misfit is refused."""
    if fact.type in ("events", "ratings"):
        facts.values[name] = no_lists(fact, facts.size)
        facts.refuse(name, np.ones(facts.size, np.bool_))
        return
    values = values_of(column, fact)
    facts.values[name] = values
    facts.refuse(name, values.bad)


def _nothing(fact: Fact, size: int) -> FactValues:
    if fact.type in ("events", "ratings"):
        return no_lists(fact, size)
    return Values(np.zeros(size, np.int64), np.zeros(size, np.bool_), None)


def _check_reasons(frame: Frame, plan: Plan, facts: Facts) -> None:
    """Mark judged values without a reason, and reasons without a value."""
    for name, index in plan.reasons.items():
        reason = frame.given(index)
        value = facts.values.get(name)
        if value is None:
            facts.flawed.add(reason)
        elif value.given is None:
            facts.flawed.add(~reason)
        else:
            facts.flawed.add(value.given != reason)


def _read_attribute(
    frame: Frame, index: int, attribute: str, rule_set: RuleSet, facts: Facts
) -> None:
    """Read an attribute by the fact that types its column, then as each fact that repeats it."""
    names = [
        name
        for name, fact in rule_set.facts.items()
        if fact.source.kind == "organisation" and fact.source.detail == attribute
    ]
    first = next(each.fact for each in columns_of(rule_set) if each.key == attribute)
    assert first is not None  # noqa: S101 - attributes are columns because of a fact
    values = read_fact(frame, index, first)
    facts.flawed.add(values.bad)
    for name in names:
        fact = rule_set.facts[name]
        if fact is first:
            facts.values[name] = values
            continue
        again = _read_again(frame, index, fact, first)
        facts.values[name] = again
        facts.refuse(name, again.bad)


def _read_again(frame: Frame, index: int, fact: Fact, first: Fact) -> FactValues:
    """Return a column as another fact than that which types it takes its values."""
    if fact.type in ("events", "ratings"):
        return read_fact(frame, index, fact)
    column = encoded(frame.column(index), frame.spelling)
    return values_of(column, fact, _spelt(column, first))


def _spelt(column: Encoded, fact: Fact) -> list[Cell]:
    """Return the different cells of a column in the one spelling of the fact that types it."""
    read, found = value_reader(fact), list[Cell]()
    for cell in column.cells:
        try:
            found.append(None if cell is None else read(cell))
        except Unreadable:
            found.append(None)  # the file is refused for it
    return found
