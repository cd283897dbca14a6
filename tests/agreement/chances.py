"""Random choices, all from one source: a seed for millions of them, hypothesis to shrink them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any, TypeVar

from rules.numbers import fraction_text

T = TypeVar("T")
Plain = dict[str, Any]
"""A mapping of a rule set as it will be written."""
MOST_PLACES = 12
_FINEST = 1_000_000_000_000


class Chances:
    """Draws from a source of random numbers; `random.Random`, or hypothesis' stand-in for it."""

    def __init__(self, random: Random):
        self.random = random

    def maybe(self, percent: int) -> bool:
        """Return true so many times of a hundred."""
        return self.random.randint(0, 99) >= 100 - percent

    def one(self, of: Sequence[T]) -> T:
        """Return one of several; the first is the plainest."""
        return of[self.random.randint(0, len(of) - 1)]

    def whole(self, low: int, high: int) -> int:
        """Return a whole number, both bounds included."""
        return self.random.randint(low, high)

    def some(self, of: Sequence[T], low: int, high: int) -> list[T]:
        """Return a few different ones in their order."""
        count = self.whole(min(low, len(of)), min(high, len(of)))
        places = sorted(self.random.sample(range(len(of)), count))
        return [of[place] for place in places]

    def mixed(self, of: Sequence[T]) -> list[T]:
        """Return all in any order."""
        return self.random.sample(list(of), len(of))

    def given(self, times: int, /, **keys: Any) -> Plain:
        """Return keys so many times of a hundred, else nothing."""
        return keys if self.maybe(times) else {}

    def points(self, low: int, high: int) -> Fraction:
        """Return points, whole ones mostly; bounds are in points."""
        parts = self.one((1, 1, 2, 4, 10, 100, 10_000))
        return Fraction(self.whole(low * parts, high * parts), parts)


def written(value: Fraction | int) -> str:
    """Return a number as a rule set writes it."""
    return fraction_text(Fraction(value), MOST_PLACES)


def as_percentage(value: Fraction) -> str:
    """Return a number as a percentage."""
    return f"{fraction_text(value * 100, MOST_PLACES - 2)}%"


def is_decimal(value: Fraction) -> bool:
    """Return whether a number can be written with at most twelve decimal places."""
    return (value * _FINEST).denominator == 1
