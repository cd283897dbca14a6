"""Random valid facts for any rule set: values inside bounds, words of choices, events, ratings."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rules.lowering.values import bounds_of, scale_of
from rules.numbers import fraction_text
from rules.syntax import EventField, Fact, MeanOf, RuleSet

REASON = "有据可查"
Facts = dict[str, Any]


def facts_of(rules: RuleSet) -> SearchStrategy[Facts]:
    """Return every fact of a rule set with a valid value."""
    return st.fixed_dictionaries(
        {name: value_of(name, fact, rules) for name, fact in rules.facts.items()}
    )


def changed(rules: RuleSet, facts: Mapping[str, Any], most: int = 4) -> SearchStrategy[Facts]:
    """Return given facts with a few of them replaced by other valid values."""
    names = st.lists(st.sampled_from(sorted(rules.facts)), max_size=most, unique=True)
    return names.flatmap(
        lambda chosen: st.fixed_dictionaries(
            {name: value_of(name, rules.facts[name], rules) for name in chosen}
        ).map(lambda new: {**facts, **new})
    )


def value_of(name: str, fact: Fact, rules: RuleSet) -> SearchStrategy[Any]:
    """Return valid raw values of one fact."""
    if fact.type == "events":
        return _events(fact, rules)
    if fact.type == "ratings":
        return st.lists(_plain(fact), min_size=_fewest(name, rules), max_size=8)
    if fact.reason == "required":
        return _plain(fact).map(lambda value: {"value": value, "reason": REASON})
    return _plain(fact)


def _fewest(name: str, rules: RuleSet) -> int:
    means = [each.mean for each in rules.measures.values() if isinstance(each.mean, MeanOf)]
    return max((mean.at_least for mean in means if mean.ratings == name), default=1)


def _plain(fact: Fact | EventField) -> SearchStrategy[Any]:
    if fact.type == "boolean":
        return st.booleans()
    if fact.type == "choice":
        return st.sampled_from(list(fact.options))
    if fact.type == "text":
        return st.sampled_from(["甲", "乙", "丙"])
    low, high = bounds_of(fact)
    if fact.type == "date":
        return st.integers(low, high).map(lambda day: datetime.date.fromordinal(day).isoformat())
    if fact.type == "integer":
        return st.integers(low, high)
    scale = scale_of(fact)
    return _scaled(low, high, scale).map(lambda number: fraction_text(Fraction(number, scale), 8))


def _scaled(low: int, high: int, scale: int) -> SearchStrategy[int]:
    """Return whole units as often as everything between them, so that edges are met."""
    every = st.integers(low, high)
    if high - low < scale:
        return every
    return every | st.integers(-(-low // scale), high // scale).map(lambda unit: unit * scale)


def _events(fact: Fact, rules: RuleSet) -> SearchStrategy[list[Any]]:
    """Return few events from a year before the period to some days after it."""
    first = rules.period.from_ - datetime.timedelta(days=400)
    last = rules.period.to + datetime.timedelta(days=20)
    columns = {name: _plain(column) for name, column in fact.fields.items()}
    event = st.fixed_dictionaries({"date": st.dates(first, last).map(str), **columns})
    return st.lists(event, max_size=min(int(fact.max or 5), 5))
