"""Values as organisations of a given quality have them; a rule set's own bounds always hold.

The tables say what is believable; a fact that stands in none of them is drawn by what `probing`
found out about it, so that the sample survives changes of the rule sets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from evaluator.files.values import Read, value_reader
from rules.lowering.values import bounds_of, scale_of
from rules.syntax import EventField, Fact, RuleSet

Value = Any
Draw = Callable[["Drawing", str, Fact], Value]


@dataclass
class Drawing:
    """The facts of one organisation while they are drawn; each fact has luck of its own."""

    rule_set: RuleSet
    seed: str
    quality: float
    draws: Mapping[str, Draw]
    previous_level: str = ""
    values: dict[str, Value] = field(default_factory=dict)

    def rng(self, name: str) -> Random:
        """Return the luck of one fact; other facts never change it."""
        return Random(f"{self.seed}/{name}")  # noqa: S311 - a sample, no secret

    def quality_in(self, name: str) -> float:
        """Return how good the organisation is at one thing: mostly as good as at others."""
        spread = 0.16 * (1.02 - self.quality)
        return min(1.0, max(0.0, self.quality + self.rng(name + "?").gauss(0, spread)))

    def value(self, name: str) -> Value:
        """Return a fact, drawn once."""
        if name not in self.values:
            fact = self.rule_set.facts[name]
            self.values[name] = self.draws[name](self, name, fact)
        return self.values[name]

    def number(self, name: str) -> float:
        """Return a number as such; 0 where the rule set has no such fact."""
        return float(self.value(name)) if name in self.rule_set.facts else 0.0


_asked: dict[int, tuple[float, float, int, Read]] = {}
"""Bounds, places and reader of the facts of rule sets, which live as long as the program."""


def number(fact: Fact | EventField, value: float) -> str:
    """Return a number inside the bounds of a fact with as few places as people write."""
    if id(fact) not in _asked:
        scale = scale_of(fact)
        low, high = (each / scale for each in bounds_of(fact))
        places = 0 if fact.type == "integer" else min(len(str(scale)) - 1, 3)
        _asked[id(fact)] = low, high, places, value_reader(fact)
    low, high, places, reader = _asked[id(fact)]
    read = reader(f"{min(high, max(low, value)):.{places}f}")
    return str(read[0] if isinstance(read, list) else read)


def spread(worst: float, best: float) -> Draw:
    """Draw a number between what the worst and the best have."""

    def draw(drawing: Drawing, name: str, fact: Fact) -> Value:
        return number(fact, worst + (best - worst) * drawing.quality_in(name))

    return draw


def between(low: float, high: float) -> Draw:
    """Draw a number that has nothing to do with quality."""
    return lambda drawing, name, fact: number(fact, drawing.rng(name).uniform(low, high))


def share(of: str, worst: float, best: float) -> Draw:
    """Draw a part of another fact: the members who came, the tasks that were done."""

    def draw(drawing: Drawing, name: str, fact: Fact) -> Value:
        part = worst + (best - worst) * drawing.quality_in(name)
        whole = drawing.number(of)
        return number(
            fact, round(whole * part if max(worst, best) > 1 else min(whole, whole * part))
        )

    return draw


def part_of(of: str, low: float, high: float) -> Draw:
    """Draw a part of another fact that has nothing to do with quality."""
    return lambda drawing, name, fact: number(
        fact, drawing.number(of) * drawing.rng(name).uniform(low, high)
    )


def chance(worst: float, best: float) -> Draw:
    """Draw yes or no."""

    def draw(drawing: Drawing, name: str, fact: Fact) -> Value:
        wanted = worst + (best - worst) * drawing.quality_in(name)
        return drawing.rng(name).random() < wanted

    return draw


def graded(*from_best: str) -> Draw:
    """Draw a word: the better the organisation, the better the word."""

    def draw(drawing: Drawing, name: str, fact: Fact) -> Value:
        words = [each for each in from_best if each in fact.options] or list(fact.options)
        place = (1 - drawing.quality_in(name)) * len(words)
        return words[min(int(place), len(words) - 1)]

    return draw


def any_word(**weights: float) -> Draw:
    """Draw a word that has nothing to do with quality; words that are not named are as likely."""

    def draw(drawing: Drawing, name: str, fact: Fact) -> Value:
        words = list(fact.options)
        return drawing.rng(name).choices(words, [weights.get(each, 1) for each in words])[0]

    return draw


def rated(count: int, worst: float, best: float) -> Draw:
    """Draw the ratings of several people, who agree more or less."""

    def draw(drawing: Drawing, name: str, fact: Fact) -> Value:
        mean = worst + (best - worst) * drawing.quality_in(name)
        rng = drawing.rng(name)
        return [number(fact, round(2 * rng.gauss(mean, 2)) / 2) for _ in range(count)]

    return draw
