"""The 57 indicators: their kinds, the facts that each reads, and their dimensions.

Every peer spells each kind in its own language, in a file of its own under `benchmarks/peers`.
"""

from __future__ import annotations

from dataclasses import dataclass

HUNDREDTHS = 100


@dataclass(frozen=True)
class Kind:
    """A kind of indicator: its points, its dimension, how many there are and what they read."""

    points: str
    dimension: str
    count: int
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One indicator; `facts` are in the order in which its kind names them."""

    id: str
    kind: str
    dimension: str
    facts: tuple[str, ...]


KINDS = {
    "deduct": Kind("4", "duties", 2, ("late_{}", "incomplete_{}")),
    "missed": Kind("5", "duties", 10, ("meetings_{}",)),
    "ladder": Kind("1", "coverage", 9, ("cover_{}",)),
    "share": Kind("3", "coverage", 2, ("attended_{}", "expected")),
    "capped": Kind("2", "coverage", 3, ("meetings_{}", "cover_{}")),
    "once": Kind("1", "coverage", 1, ("site", "account")),
    "options": Kind("4", "reviews", 8, ("word_{}",)),
    "per": Kind("3", "results", 5, ("age_{}",)),
    "proportional": Kind("3", "results", 6, ("done_{}",)),
    "cases": Kind("2.5", "results", 2, ("income_{}", "growth")),
    "formula": Kind("10", "results", 1, ("panel", "rate_0")),
    "pro_rata": Kind("4", "conduct", 4, ("rate_{}",)),
    "repeat": Kind("1.5", "conduct", 4, ("findings_{}",)),
}

LINES = tuple(
    Line(f"{name}_points_{n}", name, kind.dimension, tuple(f.format(n) for f in kind.facts))
    for name, kind in KINDS.items()
    for n in range(kind.count)
)
DIMENSIONS = tuple(dict.fromkeys(line.dimension for line in LINES))


def points_of(dimension: str) -> float:
    """Return the most points of a dimension."""
    return sum(float(KINDS[line.kind].points) for line in LINES if line.dimension == dimension)


@dataclass(frozen=True)
class Level:
    """A level: its band, and its gates as least points of dimensions and least values of facts."""

    id: str
    at_least: int
    dimensions_percent: int = 0
    rate: int = 0


LEVELS = (
    Level("three_star", 108),
    Level("four_star", 114, rate=78),
    Level("five_star", 122, dimensions_percent=40, rate=80),
)
TOP = len(LEVELS) - 1
QUOTA_PERCENT = 10
VETO, GATE_FACT, TIE_BREAK = "accident", "rate_0", "results"


def least(dimension: str, level: Level) -> int:
    """Return the fewest hundredths of a dimension that pass the gate of a level."""
    most = round(points_of(dimension) * HUNDREDTHS)
    return -(-most * level.dimensions_percent // 100)
