"""What every node of the tree shares: a place, bilingual text, formulas, points, durations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NewType

from rules.problems import Position

Points = NewType("Points", int)
"""Points as an integer in 1/10,000 of a point."""

POINT = 10_000


def described(text: str, **metadata: Any) -> Any:
    """Declare a required attribute and what an author should know about it."""
    return field(metadata={"help": text, **metadata})


def optional(text: str, default: Any = None, **metadata: Any) -> Any:
    """Declare an attribute that may be left out; tuples and dicts are made anew."""
    if isinstance(default, dict):
        return field(default_factory=dict, metadata={"help": text, **metadata})
    return field(default=default, metadata={"help": text, **metadata})


@dataclass(frozen=True, kw_only=True)
class Node:
    """A part of a rule set that knows where it was written; its place is no part of its meaning."""

    where: Position = field(default=Position(), compare=False, repr=False)


@dataclass(frozen=True)
class Words:
    """A text in Chinese and, where given, in English."""

    zh: str
    en: str = ""

    def say(self, language: str) -> str:
        """Return the text in `zh` or `en`; Chinese stands in where English was not given."""
        return self.en or self.zh if language == "en" else self.zh


@dataclass(frozen=True)
class Formula:
    """An expression as written; `rules.formula` gives it its meaning."""

    text: str
    where: Position = field(default=Position(), compare=False, repr=False)


@dataclass(frozen=True)
class Duration:
    """A length of time in whole calendar units."""

    count: int
    unit: str

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'s' if self.count != 1 else ''}"


@dataclass(frozen=True, kw_only=True)
class Period(Node):
    """The time that a round rates, both days included."""

    from_: date = described("First day of the rated period.", key="from")
    to: date = described("Last day of the rated period.")
