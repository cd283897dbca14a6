"""A natural small engine: each rule made a Python closure once, then called for each organisation.

It reads, checks, traces and explains nothing. Facts come as whole numbers, so that it is exact;
points are hundredths.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from benchmarks.nation.lines import (
    DIMENSIONS,
    GATE_FACT,
    HUNDREDTHS,
    LEVELS,
    LINES,
    TOP,
    VETO,
    least,
)
from benchmarks.nation.population import Columns, raw_rows
from benchmarks.nation.scores import Scores

NAME = "compiled closures, no trace"

Facts = Mapping[str, Any]
"""Whole numbers, truths, and words."""
Points = Callable[[Facts], int]


def _deduct(late: str, incomplete: str) -> Points:
    return lambda facts: 400 - (200 if facts[late] else 0) - (150 if facts[incomplete] else 0)


def _missed(meetings: str) -> Points:
    return lambda facts: max(500 - 50 * max(12 - facts[meetings], 0), 0)


def _ladder(cover: str) -> Points:
    def points(facts: Facts) -> int:
        value = facts[cover]
        if value >= 95:
            return 100
        if value >= 90:
            return 50
        return -100 if value < 80 else 0

    return points


def _share(attended: str, expected: str) -> Points:
    def points(facts: Facts) -> int:
        base: int = facts[expected]
        return min((2000 * facts[attended] + 3 * base) // (6 * base), 300)

    return points


def _capped(meetings: str, cover: str) -> Points:
    def points(facts: Facts) -> int:
        extra = min(50 * max(facts[meetings] - 12, 0), 100)
        return extra + 100 if facts[cover] >= 98 else extra

    return points


def _once(site: str, account: str) -> Points:
    return lambda facts: 100 if facts[site] or facts[account] else 0


def _options(word: str) -> Points:
    table = {"good": 400, "fair": 300, "average": 200, "poor": 0}
    return lambda facts: table[facts[word]]


def _per(age: str) -> Points:
    return lambda facts: max(300 - 30 * max(facts[age] - 48, 0), 0)


def _proportional(done: str) -> Points:
    return lambda facts: min((5 * facts[done] + 1) // 2, 300)


def _cases(income: str, growth: str) -> Points:
    cases = ((5500, 17, 250), (4500, 15, 200), (2300, 13, 150))

    def points(facts: Facts) -> int:
        for least_income, above, brings in cases:
            if facts[income] >= least_income or facts[growth] > above:
                return brings
        return 50

    return points


def _formula(panel: str, rate: str) -> Points:
    return lambda facts: (6 * facts[panel] + 4 * facts[rate] + 5) // 10


def _pro_rata(rate: str) -> Points:
    return lambda facts: max((801 - 5 * max(950 - facts[rate], 0)) // 2, 0)


def _repeat(findings: str) -> Points:
    table = (150, 100)
    return lambda facts: table[facts[findings]] if facts[findings] < 2 else 0


SPELLED: dict[str, Callable[..., Points]] = {
    "deduct": _deduct,
    "missed": _missed,
    "ladder": _ladder,
    "share": _share,
    "capped": _capped,
    "once": _once,
    "options": _options,
    "per": _per,
    "proportional": _proportional,
    "cases": _cases,
    "formula": _formula,
    "pro_rata": _pro_rata,
    "repeat": _repeat,
}


def engine() -> Callable[[Facts], tuple[int, int]]:
    """Return a function from facts to total and level."""
    dimensions = [
        [SPELLED[line.kind](*line.facts) for line in LINES if line.dimension == name]
        for name in DIMENSIONS
    ]
    levels = [_level(number) for number in range(TOP, -1, -1)]

    def score(facts: Facts) -> tuple[int, int]:
        sums = [sum([points(facts) for points in each]) for each in dimensions]
        total = sum(sums)
        if facts[VETO]:
            return total, -1
        for number, reached in zip(range(TOP, -1, -1), levels, strict=True):
            if reached(total, sums, facts):
                return total, number
        return total, -1

    return score


def _level(number: int) -> Callable[[int, list[int], Facts], bool]:
    level = LEVELS[number]
    gates = [least(name, level) for name in DIMENSIONS] if level.dimensions_percent else []
    band, rate = level.at_least * HUNDREDTHS, level.rate * 10
    return lambda total, sums, facts: (
        total >= band
        and facts[GATE_FACT] >= rate
        and all(points >= gate for points, gate in zip(sums, gates, strict=False))
    )


def prepare(columns: Columns) -> Callable[[], Scores]:
    """Make the closures; what they are given is whole numbers already."""
    score = engine()
    rows = list(raw_rows(columns, scaled=True))

    def run() -> Scores:
        found = np.array([score(row) for row in rows])
        return Scores(found[:, 0], found[:, 1])

    return run
