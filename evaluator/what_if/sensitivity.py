"""Which indicator decides most levels, and which never matters.

Every indicator is once taken to be full and once to be nothing, all else being as it is; who is
rated at all stays the same. Levels are those before quotas: by bands, gates, direct awards, caps,
steps and vetoes. What compares organisations (ranks, means of peers) is not worked out anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.columns import Columns
from evaluator.scoring.columnar.comparing import Slots
from evaluator.scoring.columnar.course import Course
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.kernel import Kernel
from evaluator.scoring.columnar.refusals import reference, reference_at
from evaluator.scoring.columnar.steps import StepWords
from evaluator.scoring.columnar.tables import Tables
from evaluator.what_if.dependence import Dependence
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
        self.fit = integers.slot(engine.layout.size, 0, 1)
        course.run(self.fit)
        self.level = course.level
        self.kept = sorted(set().union(*(self._needed(each) for each in self.indicators)))
        self._kernels: dict[frozenset[tuple[int, int]], _Kernels] = {}

    def of(self, columns: Columns, tables: Tables) -> list[Influence]:
        """Return the influence of every indicator, the greatest first."""
        counts = np.zeros((len(self.indicators), 3), np.int64)
        slots = self.engine.slots(columns, tables)
        known = self.engine.layout.known(columns)
        kernels = self._made(known)
        for start in range(0, columns.size, AT_ONCE):
            part = slice(start, min(start + AT_ONCE, columns.size))
            counts += kernels.count([_cut(each, part) for each in slots], part.stop - part.start)
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
            self._kernels[key] = _Kernels(
                Kernel(self.dependence.definitions, self._kept_values(), known),
                Kernel(self._definitions(), [self.level], known),
                [tuple(self._variant(each, known)) for each in self.indicators],
            )
        return self._kernels[key]

    def _kept_values(self) -> list[Int]:
        """Return what is worked out once: who is fit to hold a level, and the kept outputs."""
        decisions = self.engine.decisions
        entries = range(len(self.engine.category.rule_set.eligibility))
        eligible = [reference(self.program, "eligible", str(number)) for number in entries]
        fit = reduce(integers.both, eligible, decisions.rated)
        return [fit, *(reference_at(self.program, each) for each in self.kept)]

    def _definitions(self) -> list[Int]:
        return self.dependence.with_slots(self.kept, self.engine.layout.size + 1)

    def _variant(self, indicator: Indicator, known: Mapping[int, int]) -> Iterator[Kernel]:
        """Yield what gives the levels if an indicator were full, then if it were nothing."""
        number = self._points(indicator)
        affected = self.dependence.affected([number])
        definitions = self._definitions()
        for each in affected:
            definitions[each] = self.dependence.definitions[each]
        points = self._definitions()[number]
        for value in self._extremes(indicator, points):
            definitions[number] = integers.where(self._counts(indicator), const(value), points)
            yield Kernel(list(definitions), [self.level], known)

    def _extremes(self, indicator: Indicator, points: Int) -> tuple[int, int]:
        """Return what is best and what is worst for an organisation, as far as it can be."""
        most, nothing = points.high, max(points.low, min(0, points.high))
        return (nothing, most) if indicator.id in self.deducting else (most, nothing)

    def _counts(self, indicator: Indicator) -> Int:
        """Return whether an indicator counts for an organisation."""
        definitions, found = self._definitions(), const(1)
        for key, holds in (("applies", True), ("exempt", False)):
            number = self.program.index.get((key, indicator.id))
            if number is not None:
                bit = definitions[number]
                found = integers.both(found, bit if holds else integers.negated(bit))
        return found

    def _needed(self, indicator: Indicator) -> set[int]:
        """Return the outputs that a variant reads and does not work out."""
        own = {
            self.program.index[key, indicator.id]
            for key in ("points", "applies", "exempt")
            if (key, indicator.id) in self.program.index
        }
        affected = self.dependence.affected([self._points(indicator)])
        return own | self.dependence.frontier([self.level], affected)

    def _points(self, indicator: Indicator) -> int:
        return self.program.index["points", indicator.id]


@dataclass(frozen=True)
class _Kernels:
    """What is worked out once, the levels as they are, and both levels of each indicator."""

    kept: Kernel
    level: Kernel
    variants: Sequence[tuple[Kernel, ...]]

    def count(self, slots: Slots, size: int) -> Array:
        """Return for each indicator how many rise, how many fall and how many do either."""
        kept = [*slots, *self.kept.run(slots, size)]
        (level,) = self.level.run(kept, size)
        found = []
        for full, nothing in self.variants:
            rises = full.run(kept, size)[0] > level
            falls = nothing.run(kept, size)[0] < level
            found.append([np.count_nonzero(each) for each in (rises, falls, rises | falls)])
        return np.array(found, np.int64).reshape(-1, 3)


def _cut(array: Array | None, part: slice) -> Array | None:
    return None if array is None else array[part]


def _deducting(rule_set: RuleSet) -> frozenset[str]:
    blocks = [each for each in rule_set.blocks if each.kind == "deduction"]
    return frozenset(indicator.id for block in blocks for indicator in block.indicators)
