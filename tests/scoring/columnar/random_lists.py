"""Many organisations with dense lists for any rule set, the same on every run."""

from __future__ import annotations

import datetime
from fractions import Fraction
from random import Random
from typing import Any

from list_columns import Facts

from rules.lowering.values import bounds_of, scale_of
from rules.numbers import fraction_text
from rules.syntax import EventField, Fact, RuleSet

_A_LOT = 40
"""More occurrences than the published rule sets ask for in a year."""


def random_lists(rules: RuleSet, number: int, seed: int) -> list[Facts]:
    """Return the events, ratings and founding days of so many organisations; some are missing."""
    random = Random(seed)  # noqa: S311 - tests, no secrets
    wanted = {
        name: fact
        for name, fact in rules.facts.items()
        if fact.type in ("events", "ratings") or name == rules.organisations.founded
    }
    return [
        {
            name: _value(fact, rules, random)
            for name, fact in wanted.items()
            if random.random() < 0.9
        }
        for _ in range(number)
    ]


def _value(fact: Fact, rules: RuleSet, random: Random) -> Any:
    if fact.type == "ratings":
        return [_plain(fact, random) for _ in range(random.randrange(16))]
    if fact.type == "events":
        most = min(bounds_of(fact)[1] + 1, _A_LOT)
        return [_event(fact, rules, random) for _ in range(random.randrange(most + 1))]
    return _day(rules, random)


def _day(rules: RuleSet, random: Random) -> str:
    """Return a day inside the period or near it, the edges of its months more often."""
    first, last = rules.period.from_.toordinal() - 60, rules.period.to.toordinal() + 60
    if random.random() < 0.2:
        first -= 800
    day = datetime.date.fromordinal(random.randint(first, last))
    return (day.replace(day=1) if random.random() < 0.3 else day).isoformat()


def _event(fact: Fact, rules: RuleSet, random: Random) -> dict[str, Any]:
    columns = {
        name: _day(rules, random) if column.type == "date" else _plain(column, random)
        for name, column in fact.fields.items()
    }
    return {**columns, "date": _day(rules, random)}


def _plain(fact: Fact | EventField, random: Random) -> Any:
    if fact.type == "text":
        return random.choice("甲乙丙丁")
    if fact.type == "choice":
        return random.choice(list(fact.options))
    if fact.type == "boolean":
        return random.random() < 0.5
    low, high = bounds_of(fact)
    value = random.choice([low, high, random.randint(low, high)])
    return fraction_text(Fraction(value, scale_of(fact)), 8)
