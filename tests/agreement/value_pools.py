"""The raw values that organisations draw from: bounds, thresholds and their neighbours."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from rules.lowering.values import MOST_EVENTS, bounds_of, scale_of
from rules.numbers import fraction_text
from rules.syntax import Case, Discretion, EventField, Fact, Node, RuleSet
from rules.syntax.base import POINT

_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?%?(?![\w.-])")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_TEXTS = ("a", "b", "甲")
_MOST_NEAR = 4
_MOST_EVENTS_OF_A_LIST = 7


@dataclass
class Pools:
    """Makes the values of one rule set; `text` is searched for thresholds."""

    rules: RuleSet
    text: str
    random: Random

    def __post_init__(self) -> None:
        self.lines = [(line, list(_numbers(line))) for line in self.text.splitlines()]
        self.numbers = sorted({each for _, found in self.lines for each in found})
        days = {datetime.date.fromisoformat(each) for each in _DATE.findall(self.text)}
        first, last = self.rules.period.from_, self.rules.period.to
        self.days = sorted({day.toordinal() for day in days | {first, last}})
        self.judged = dict(_ranges(self.rules))

    def values(self, name: str, most: int) -> list[Any]:
        """Return raw values of a fact, at most so many different ones; edges come first."""
        fact = self.rules.facts[name]
        if fact.type == "events":
            return [self._events(fact) for _ in range(min(most, 9))] + [[]]
        if fact.type == "ratings":
            return [self._ratings(name, fact) for _ in range(min(most, 9))]
        values = self._plain(name, fact, most)
        if fact.reason == "required":
            return [{"value": each, "reason": "r"} for each in values]
        return values

    def _plain(self, name: str, fact: Fact | EventField, most: int) -> list[Any]:
        if fact.type == "boolean":
            return [True, False, "是", "否"][: max(2, most)]
        if fact.type == "choice":
            return list(fact.options)
        if fact.type == "text":
            return list(_TEXTS)
        low, high = bounds_of(fact)
        if fact.type == "date":
            near = [day + step for day in self.days for step in (-1, 0, 1, -31, -366)]
            days = self._some({low, high, *near}, low, high, most)
            return [str(datetime.date.fromordinal(each)) for each in days]
        scale = scale_of(fact)
        numbers = self._judged(name, scale) or self._near(name, low, high, scale)
        chosen = self._some(numbers, low, high, most)
        if fact.type == "integer":
            return chosen
        return [_shown(each, scale, fact.type, self.random) for each in chosen]

    def _near(self, name: str, low: int, high: int, scale: int) -> set[int]:
        """Return bounds, a few values anywhere, and thresholds with their neighbours."""
        word = re.compile(rf"\b{name}\b")
        mine = [each for line, found in self.lines if word.search(line) for each in found]
        others = self.random.sample(self.numbers, min(_MOST_NEAR, len(self.numbers)))
        cuts = [int(each * scale * sign) for each in (*mine, *others) for sign in (1, -1)]
        near = {cut + step for cut in cuts for step in (-1, 0, 1)}
        anywhere = {self.random.randint(low, high) for _ in range(4)}
        return {low, high, low + 1, high - 1, 0, 1, *near, *anywhere}

    def _judged(self, name: str, scale: int) -> set[int]:
        """Return chosen points that are mostly allowed."""
        ranges = self.judged.get(name)
        if not ranges:
            return set()
        low = max(Fraction(each[0] * scale, POINT) for each in ranges)
        high = min(Fraction(each[1] * scale, POINT) for each in ranges)
        if low > high or self.random.random() < 0.1:
            return {int(Fraction(edge * scale, POINT)) for each in ranges for edge in each}
        first, last = -int(-low // 1), int(high // 1)
        return {first, last, (first + last) // 2, self.random.randint(first, max(first, last))}

    def _some(self, values: set[int], low: int, high: int, most: int) -> list[int]:
        inside = sorted(each for each in values if low <= each <= high) or [low]
        return self.random.sample(inside, min(most, len(inside)))

    def _events(self, fact: Fact) -> list[dict[str, Any]]:
        most = min(int(fact.max or MOST_EVENTS), _MOST_EVENTS_OF_A_LIST)
        pools = {name: self._plain(name, column, 4) for name, column in fact.fields.items()}
        first, last = self.rules.period.from_.toordinal(), self.rules.period.to.toordinal()
        near = [day + step for day in self.days for step in (-1, 0, 1, -10, 31, -366, 60)]
        days = [*near, *(self.random.randint(first, last) for _ in near)]
        chosen = self.random.sample(days, min(len(days), 5))
        return [
            {
                "date": str(datetime.date.fromordinal(self.random.choice(chosen))),
                **{name: self.random.choice(pool) for name, pool in pools.items()},
            }
            for _ in range(self.random.randint(1, most))
        ]

    def _ratings(self, name: str, fact: Fact) -> list[Any]:
        means = [each.mean for each in self.rules.measures.values() if each.mean]
        fewest = max((each.at_least for each in means if each.ratings == name), default=1)
        values = self._plain(name, fact, 6)
        return [self.random.choice(values) for _ in range(fewest + self.random.randint(0, 3))]


def _numbers(line: str) -> Iterator[Fraction]:
    for each in _NUMBER.findall(line):
        value = Fraction(each.rstrip("%"))
        yield value / 100 if each.endswith("%") else value


def _shown(value: int, scale: int, kind: str, random: Random) -> str:
    if kind == "ratio" and random.random() < 0.5:
        return f"{fraction_text(Fraction(value * 100, scale), 12)}%"
    return fraction_text(Fraction(value, scale), 12)


def _ranges(rules: RuleSet) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Yield each judged fact with the ranges in which its value must lie."""
    found: dict[str, list[tuple[int, int]]] = {}
    for node in nodes_of(rules):
        if isinstance(node, Discretion):
            found.setdefault(node.fact, []).append((node.from_, node.to))
        elif isinstance(node, Case) and node.judged:
            found.setdefault(node.judged, []).append((node.from_ or 0, node.to or 0))
    yield from found.items()


def nodes_of(value: object) -> Iterator[Node]:
    """Yield every node of a tree."""
    if isinstance(value, Node):
        yield value
        for each in vars(value).values():
            yield from nodes_of(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from nodes_of(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from nodes_of(each)
