"""Random organisations of a rule set: boundaries, gaps, several committees, and many that tie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

from value_pools import Pools

from evaluator.scoring.inputs import Organisation
from evaluator.scoring.round import Category, Entry
from rules.syntax import RuleSet

COMMITTEES = ("east", "west", "north", "", "south")
_FEW, _MANY = 2, 8


def organisations(category: Category, text: str, random: Random, size: int) -> list[Entry]:
    """Return so many organisations of a category with their facts.

    Few different values, at times, make many of them equal; gaps are frequent, rare or absent.
    Facts whose lack is no error have most of the gaps.
    """
    rules = category.rule_set
    strict = {name for reader in category.scorer.program.readers for name in reader.facts}
    most = random.choice((_FEW, _MANY, _MANY))
    gaps = random.choice((0, 0, 0.02, 0.1, 0.1, 0.4))
    pools = Pools(rules, text, random)
    columns = {
        name: _column(pools.values(name, most), random, size, gaps, 15 if name in strict else 80)
        for name in rules.facts
    }
    standing = _standing(rules, random, size)
    attributes = {
        name: fact.source.detail
        for name, fact in rules.facts.items()
        if fact.source.kind == "organisation"
    }
    rows = zip(*columns.values(), strict=True)
    entries = [
        _entry(number, dict(zip(columns, row, strict=True)), who, attributes)
        for number, (row, who) in enumerate(zip(rows, standing, strict=True))
    ]
    bad = random.choice((0, 0, 0, 0.05, 0.3))
    return [_spoiled(each, random) if random.random() < bad else each for each in entries]


def _spoiled(entry: Entry, random: Random) -> Entry:
    """Return an organisation that says something that cannot be read."""
    who, facts = entry
    if random.random() < 0.2:
        return replace(who, previous_level="ghost"), facts
    name = random.choice([*facts, "no_such_fact"])
    return who, {**facts, name: random.choice(("zz", "-1e9", "100000000000000", [{}], True))}


def _column(pool: Sequence[Any], random: Random, size: int, gaps: float, likely: int) -> list[Any]:
    """Return one fact of all organisations, None where it is missing."""
    values = random.choices(pool, k=size)
    if random.randrange(100) >= likely:
        return values
    return [None if random.random() < gaps else each for each in values]


_Standing = tuple[str, str, int, bool]
"""Committee, level held so far, years at it, whether it applied."""


def _standing(rules: RuleSet, random: Random, size: int) -> list[_Standing]:
    levels = ["", *(level.id for level in rules.levels.from_low_to_high)]
    committees = COMMITTEES[: random.randint(1, len(COMMITTEES))]
    absent = random.choice((0, 0, 1, 5))
    return list(
        zip(
            random.choices(committees, k=size),
            random.choices(levels, k=size),
            random.choices((0, 1, 2, 3, 5, 100), k=size),
            random.choices((True, False), weights=(10, absent), k=size),
            strict=True,
        )
    )


def _entry(number: int, facts: dict[str, Any], who: _Standing, attributes: dict[str, str]) -> Entry:
    committee, previous, years, applied = who
    register = {}
    for name, attribute in attributes.items() if number % 2 else ():
        register[attribute] = facts.pop(name)
    organisation = Organisation(
        str(number), f"o{number}", "demo", committee, previous, years, applied, register
    )
    return organisation, {name: value for name, value in facts.items() if value is not None}
