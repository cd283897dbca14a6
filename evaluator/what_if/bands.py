"""The levels of a category under other bands: all else of a decision is worked out once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, reduce

import numpy as np

from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.columnar.columns import Columns
from evaluator.scoring.columnar.course import Course
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.kernel import Kernel
from evaluator.scoring.columnar.refusals import reference, reference_at
from evaluator.scoring.columnar.steps import StepWords
from evaluator.scoring.columnar.tables import Tables
from evaluator.what_if.dependence import Dependence
from rules import integers
from rules.integers import Int
from rules.lowering.builder import Builder
from rules.lowering.decisions import band_measure
from rules.syntax import Level


class Bands:
    """Decides levels from truths that say for each level whether its band holds."""

    def __init__(self, engine: Engine, columns: Columns, tables: Tables):
        self.engine = engine
        self.size = columns.size
        self.rule_set = engine.category.rule_set
        self.levels = self.rule_set.levels.from_low_to_high
        known = engine.layout.known(columns)
        slots = engine.slots(columns, tables)
        wanted = [_fit(engine), engine.decisions.rated, *(map(self._measured, self.levels))]
        kept = self._kept
        arrays = Kernel(
            self._dependence.definitions,
            [*wanted, *(reference_at(engine.program, each) for each in kept)],
            known,
        ).run(slots, self.size)
        self.rated: Bools = arrays[1] != 0
        self.measured = arrays[2 : len(wanted)]
        self._slots = [*slots, arrays[0], *arrays[len(wanted) :]]
        self._kernel = self._made(known)

    def decided(self, bands: Sequence[Array]) -> Array:
        """Return the level of each organisation before quotas, -1 for none.

        `bands` has for each level, lowest first, 1 where its band holds, else 0.
        """
        return self._kernel.run([*self._slots, *bands], self.size)[0]

    def band(self, level: int, at_least: int) -> Array:
        """Return where the band of a level holds, if it begins at so many 1/10,000 points."""
        return (self.measured[level] >= at_least).view(np.int8)

    @cached_property
    def _dependence(self) -> Dependence:
        return Dependence(self.engine.program)

    @cached_property
    def _course(self) -> Int:
        course = Course(self.engine.category, self.engine.layout, StepWords())
        course.run(integers.slot(self.engine.layout.size, 0, 1))
        return course.level

    @cached_property
    def _bands(self) -> list[int]:
        return [self.engine.program.index["band", level.id] for level in self.levels]

    @cached_property
    def _kept(self) -> list[int]:
        return sorted(self._dependence.frontier([self._course], []) - set(self._bands))

    def _made(self, known: Mapping[int, int]) -> Kernel:
        first = self.engine.layout.size + 1
        definitions = self._dependence.with_slots([*self._kept, *self._bands], first)
        return Kernel(definitions, [self._course], known)

    def _measured(self, level: Level) -> Int:
        """Return what a band is compared with, rounded down to 1/10,000.

        A band begins at a whole number of these, so that rounding down changes no comparison.
        """
        names = self.engine.program.names
        assert names is not None  # noqa: S101 - lowering leaves it there
        measure = band_measure(level, Builder(self.rule_set, names))
        return integers.floordiv(measure.num, measure.den)


def _fit(engine: Engine) -> Int:
    """Return who is fit to hold a level: rated, and left without one by no condition."""
    entries = range(len(engine.category.rule_set.eligibility))
    eligible = [reference(engine.program, "eligible", str(number)) for number in entries]
    return reduce(integers.both, eligible, engine.decisions.rated)
