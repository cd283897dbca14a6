"""By which fact a finding of the joint check reaches the scoring, found by trying.

A rule set says in formulas when a veto falls. What such a formula reads is known; which value of
it makes the veto fall is found by asking the scoring itself, so that a look-back window, a kind of
finding or a named person mean here exactly what they mean there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, product
from typing import Any

from evaluator.scoring.inputs import Organisation
from evaluator.scoring.periods import before
from evaluator.scoring.round import Category, Result, read_member
from rules.formula import parse
from rules.syntax import EventField, Fact, Veto

BROUGHT_BY = ("office", "imported")
"""Sources whose facts a department may bring."""
_MOST_TRIED = 200
Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Carrier:
    """A fact with the value by which it carries a finding; `event` is what was added to a list."""

    fact: str
    value: Any
    event: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """What a department says: against which veto, when, and in words."""

    veto: Veto
    on: date
    words: str


def carrier_for(
    category: Category, organisation: Organisation, facts: Facts, found: Found
) -> Carrier | None:
    """Return the fact that makes the veto fall for a finding, None where no fact does.

    Of several the one is taken that makes no other veto fall as well, or the fewest.
    """
    tried = [
        (len(fallen), carrier)
        for carrier in _candidates(category, facts, found)
        if found.veto.id in (fallen := _fallen(category, organisation, facts, carrier))
    ]
    return min(tried, key=lambda each: each[0])[1] if tried else None


def is_outside(category: Category, organisation: Organisation, facts: Facts, found: Found) -> bool:
    """Return whether only the day keeps the veto from falling: it lies outside of its window."""
    inside = Found(found.veto, category.rule_set.period.to, found.words)
    return (
        carrier_for(category, organisation, facts, found) is None
        and carrier_for(category, organisation, facts, inside) is not None
    )


def first_day(category: Category, veto: Veto) -> date | None:
    """Return the first day that a veto looks back to, None where it reads no events."""
    period, measures = category.rule_set.period, category.rule_set.measures
    days = []
    for name in parse(veto.when).names() & measures.keys():
        counted = measures[name].count or measures[name].sum
        if counted:
            within = counted.within
            start = before(period.to, within).toordinal() + 1 if within else None
            days.append(date.fromordinal(start) if start else period.from_)
    return min(days, default=None)


def without(value: Any, fact: Fact, event: Mapping[str, Any]) -> Any:
    """Return the value of a fact once a finding that it carried counts no more."""
    if fact.type == "events":
        left = list(value or [])
        if dict(event) in left:
            left.remove(dict(event))
        return left
    if fact.type == "integer":
        return str(max(0, _whole(value) - 1))
    return "false" if fact.type == "boolean" else value


def _candidates(category: Category, facts: Facts, found: Found) -> Iterator[Carrier]:
    names = category.scorer.program.names
    assert names is not None  # noqa: S101 - a program that was lowered has them
    read = names.facts_of(found.veto.when)
    for name, fact in category.rule_set.facts.items():
        if name in read and fact.source.kind in BROUGHT_BY:
            yield from islice(_values(name, fact, facts.get(name), found), _MOST_TRIED)


def _values(name: str, fact: Fact, known: Any, found: Found) -> Iterator[Carrier]:
    if fact.type == "boolean":
        yield Carrier(name, "true")
    elif fact.type == "integer":
        yield Carrier(name, str(_whole(known) + 1))
    elif fact.type == "events":
        there = known if isinstance(known, list) else []
        for event in _events(fact, found):
            yield Carrier(name, [*there, event], event)


def _whole(known: Any) -> int:
    text = str(known or "0")
    return int(text) if text.isdecimal() else 0


def _events(fact: Fact, found: Found) -> Iterator[dict[str, Any]]:
    """Yield an event of that day for every choice of its columns, the words in its first text."""
    columns = dict(fact.fields)
    texts = [name for name, column in columns.items() if column.type == "text"]
    choices = [_choices(name, column, texts, found.words) for name, column in columns.items()]
    for values in product(*choices):
        yield {"date": found.on.isoformat(), **dict(zip(columns, values, strict=True))}


def _choices(name: str, column: EventField, texts: list[str], words: str) -> list[str]:
    if column.type == "choice":
        return list(column.options)
    if column.type == "text":
        return [words if name == texts[0] else ""]
    if column.type == "boolean":
        return ["true", "false"]
    return ["1"]


def _fallen(
    category: Category, organisation: Organisation, facts: Facts, carrier: Carrier
) -> set[str]:
    """Return the vetoes that fall by a carrier alone, whatever its fact said before."""
    value = [carrier.event] if carrier.event else carrier.value
    result = Result(organisation, category)
    inputs = read_member(category.scorer, result, {**facts, carrier.fact: value})
    outputs, index = category.scorer.run(inputs.slots), category.scorer.program.index
    return {veto.id for veto in category.rule_set.vetoes if outputs[index["veto", veto.id]]}
