"""The 60 facts: how each is declared, stored and drawn.

In columns every fact is a whole number of the narrowest type that its bounds allow: a truth is 0
or 1, a choice the number of its word, a decimal is multiplied by its scale. That is 80 bytes for
an organisation, the same for every side that reads columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from evaluator.scoring.columnar.arrays import narrow

WORDS = ("good", "fair", "average", "poor")


@dataclass(frozen=True)
class Fact:
    """One fact; `first` to `last` are drawn with equal chances, or 1 in `percent` of all cases."""

    name: str
    kind: str
    low: int
    high: int
    first: int = 0
    last: int = 0
    percent: int = 0
    places: int = 0

    @property
    def scale(self) -> int:
        """Return by what a value is multiplied to be whole."""
        return int(10**self.places)

    @property
    def dtype(self) -> np.dtype[Any]:
        """Return the narrowest type that holds it."""
        return narrow(self.low, self.high)

    @property
    def declared(self) -> dict[str, Any]:
        """Return the fact as our language declares it."""
        declared: dict[str, Any] = {"label": self.name, "type": self.kind}
        if self.kind == "choice":
            return declared | {"options": {word: word for word in WORDS}}
        if self.kind == "boolean":
            return declared
        bounds = {"min": str(self.low), "max": str(self.high // self.scale)}
        return declared | bounds | ({"places": self.places} if self.places else {})


def _truth(name: str, percent: int) -> Fact:
    return Fact(name, "boolean", 0, 1, percent=percent)


def _number(name: str, high: int, first: int, last: int, low: int = 0) -> Fact:
    return Fact(name, "integer", low, high, first, last)


FACTS = (
    *(_truth(f"late_{n}", 30) for n in range(2)),
    *(_truth(f"incomplete_{n}", 20) for n in range(2)),
    *(_number(f"meetings_{n}", 40, 6, 15) for n in range(10)),
    *(_number(f"cover_{n}", 100, 78, 100) for n in range(9)),
    *(Fact(f"word_{n}", "choice", 0, 3, 0, 3) for n in range(8)),
    *(_number(f"age_{n}", 100, 30, 65) for n in range(5)),
    *(Fact(f"rate_{n}", "decimal", 0, 1000, 750, 1000, places=1) for n in range(4)),
    *(_number(f"done_{n}", 200, 30, 150) for n in range(6)),
    *(_number(f"income_{n}", 99_999, 1000, 7000) for n in range(2)),
    _number("growth", 99, 0, 20),
    *(_number(f"attended_{n}", 10_000, 15, 60) for n in range(2)),
    _number("expected", 10_000, 30, 60, low=1),
    _truth("site", 40),
    _truth("account", 40),
    *(_number(f"findings_{n}", 20, 0, 3) for n in range(4)),
    Fact("panel", "decimal", 0, 1000, 500, 1000, places=2),
    _truth("accident", 1),
)
BY_NAME = {fact.name: fact for fact in FACTS}
