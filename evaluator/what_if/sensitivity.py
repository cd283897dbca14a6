"""Which indicator decides most levels, and which never matters.

Every indicator is once taken to be full and once to be nothing, all else being as it is; who is
rated at all stays the same. Levels are those before quotas: by bands, gates, direct awards, caps,
steps and vetoes. What compares organisations (ranks, means of peers) is not worked out anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.columns import Columns
from evaluator.scoring.columnar.comparing import Slots
from evaluator.scoring.columnar.course import Course
from evaluator.scoring.columnar.decisions import truth
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.kernel import Kernel
from evaluator.scoring.columnar.refusals import reference, reference_at
from evaluator.scoring.columnar.steps import StepWords
from evaluator.scoring.columnar.tables import Tables
from evaluator.what_if.dependence import Dependence
from evaluator.what_if.variants import Kept, Variant
from rules import integers
from rules.integers import Int, const
from rules.lowering import indicators_of
from rules.syntax import Indicator, RuleSet

AT_ONCE = 1 << 18
"""So many organisations are kept in memory with all their points."""


@dataclass(frozen=True)
class Influence:
    """What one indicator means for the levels of those who may hold one.

    `rises` would rise if it were full, `falls` would fall if it were nothing, `decides` counts
    those of whom either is true; a deduction is full where nothing is deducted.
    """

    indicator: Indicator
    deducts: bool
    rises: int
    falls: int
    decides: int


class Sensitivity:
    """Tries every indicator of one category; made once, used for any number of parts."""

    def __init__(self, engine: Engine):
        self.engine = engine
        self.program = engine.program
        self.indicators = indicators_of(engine.category.rule_set)
        self.deducting = _deducting(engine.category.rule_set)
        self.dependence = Dependence(engine.program)
        course = Course(engine.category, engine.layout, StepWords())
        first = engine.layout.size
        course.run(integers.slot(first, 0, 1))
        self.level = course.level
        self._now = integers.slot(first + 1, self.level.low, self.level.high)
        self._kept = Kept(first + 2)
        self._moves = [self._moved(each) for each in self.indicators]
        self._kernels: dict[frozenset[tuple[int, int]], _Kernels] = {}

    def of(
        self, columns: Columns, tables: Tables, advance: Callable[[int], object] | None = None
    ) -> list[Influence]:
        """Return the influence of every indicator, the greatest first.

        `advance` is told of the organisations that were tried.
        """
        counts = np.zeros((len(self.indicators), 3), np.int64)
        slots = self.engine.slots(columns, tables)
        known = self.engine.layout.known(columns)
        kernels = self._made(known)
        for start in range(0, columns.size, AT_ONCE):
            part = slice(start, min(start + AT_ONCE, columns.size))
            counts += kernels.count([_cut(each, part) for each in slots], part.stop - part.start)
            if advance:
                advance(part.stop - part.start)
        return self._ranked(counts)

    def _ranked(self, counts: Array) -> list[Influence]:
        found = [
            Influence(each, each.id in self.deducting, *(int(count) for count in row))
            for each, row in zip(self.indicators, counts, strict=True)
        ]
        return sorted(found, key=lambda each: -each.decides)

    def _made(self, known: Mapping[int, int]) -> _Kernels:
        key = frozenset(known.items())
        if key not in self._kernels:
            definitions, name = self.dependence.definitions, self.engine.kernel
            self._kernels[key] = _Kernels(
                Kernel(definitions, [self._fit()], known, engine=name),
                Kernel(definitions, [self.level, *self._kept.values], known, engine=name),
                [Kernel([], each, known, engine=name) for each in self._moves],
            )
        return self._kernels[key]

    def _fit(self) -> Int:
        """Return who is fit to hold a level."""
        entries = range(len(self.engine.category.rule_set.eligibility))
        eligible = [reference(self.program, "eligible", str(number)) for number in entries]
        return reduce(integers.both, eligible, self.engine.decisions.rated)

    def _moved(self, indicator: Indicator) -> tuple[Int, Int]:
        """Return whether the level were higher if an indicator were full, lower if nothing."""
        full, nothing = (self._level_with(indicator, each) for each in self._extremes(indicator))
        return integers.less(self._now, full), integers.less(nothing, self._now)

    def _level_with(self, indicator: Indicator, value: int) -> Int:
        """Return the level if an indicator gave so much to whomever it counts for."""
        number = self.program.index["points", indicator.id]
        points = self._kept.slot(reference_at(self.program, number))
        given = {number: integers.where(self._counts(indicator), const(value), points)}
        affected = self.dependence.affected([number])
        return Variant(self.dependence.definitions, self._kept, affected, given).of(self.level)

    def _extremes(self, indicator: Indicator) -> tuple[int, int]:
        """Return what is best and what is worst for an organisation, as far as it can be."""
        points = reference(self.program, "points", indicator.id)
        most, nothing = points.high, max(points.low, min(0, points.high))
        return (nothing, most) if indicator.id in self.deducting else (most, nothing)

    def _counts(self, indicator: Indicator) -> Int:
        """Return whether an indicator counts for an organisation."""
        found = const(1)
        for key, holds in (("applies", True), ("exempt", False)):
            number = self.program.index.get((key, indicator.id))
            if number is not None:
                bit = self._kept.slot(reference_at(self.program, number))
                found = integers.both(found, bit if holds else integers.negated(bit))
        return found


@dataclass(frozen=True)
class _Kernels:
    """Who is fit for a level; the levels and all that is kept; both moves of each indicator."""

    fit: Kernel
    kept: Kernel
    moves: Sequence[Kernel]

    def count(self, slots: Slots, size: int) -> Array:
        """Return for each indicator how many rise, how many fall and how many do either."""
        known = [*slots, *self.fit.run(slots, size)]
        known += self.kept.run(known, size)
        found = []
        for each in self.moves:
            rises, falls = each.run(known, size)
            found.append([np.count_nonzero(truth(n)) for n in (rises, falls, rises | falls)])
        return np.array(found, np.int64).reshape(-1, 3)


def _cut(array: Array | None, part: slice) -> Array | None:
    return None if array is None else array[part]


def _deducting(rule_set: RuleSet) -> frozenset[str]:
    blocks = [each for each in rule_set.blocks if each.kind == "deduction"]
    return frozenset(indicator.id for block in blocks for indicator in block.indicators)
