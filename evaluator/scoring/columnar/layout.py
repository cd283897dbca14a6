"""Where every slot stands: those of the program first, then what decisions need besides facts."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import numpy as np

from evaluator.scoring.columnar.arrays import Array, narrow
from evaluator.scoring.columnar.columns import Columns
from evaluator.scoring.round import Category
from rules import integers
from rules.integers import Int
from rules.syntax import RuleSet


class Layout:
    """The slots of one category; made once, used for any number of `Columns`.

    `previous` is the index of the level held so far, -1 for none; `years` the years at it, where
    all from the highest number that a gate asks for on come to the same; `founded` an ordinal, 0
    where it is not known. `outside` is 1 for whoever takes no part: it did not apply, or was
    refused before. `left` is what `Decisions.left` came to, 0 for nobody; it is read where a
    rule set compares organisations. `missing` holds the bit of every fact of the rule set.
    """

    def __init__(self, category: Category):
        program, rule_set = category.scorer.program, category.rule_set
        self.program = program
        self.size = len(program.slots)
        self.previous = self._extra(-1, len(category.levels.levels) - 1)
        self.years = self._extra(0, _most_years(rule_set))
        self.founded = self._extra(0, datetime.date.max.toordinal())
        self.outside = self._extra(0, 1)
        self.left = self._extra(0, 1 + len(rule_set.eligibility))
        shared = {
            slot.name: integers.slot(number, 0, 1)
            for number, slot in enumerate(program.slots)
            if slot.kind == "missing"
        }
        self._own = {name: self._extra(0, 1) for name in rule_set.facts if name not in shared}
        self.missing: Mapping[str, Int] = shared | self._own
        self._blank = category.scorer.reader.blank

    def _extra(self, low: int, high: int) -> Int:
        self.size += 1
        return integers.slot(self.size - 1, low, high)

    def arrays(
        self, columns: Columns, *, left: Array | None = None, outside: Array | None = None
    ) -> list[Array | None]:
        """Return an array for each slot; None for what is compared, where it is not filled in.

        Without `outside` those are outside that the columns say, without `left` nobody is
        left out.
        """
        zeros = np.zeros(columns.size, np.int8)
        absent = columns.outside.view(np.int8) if outside is None else outside
        extra: dict[int, Array] = {
            self.previous.value: _fitting(columns.previous, self.previous),
            self.years.value: _fitting(np.clip(columns.years, 0, self.years.high), self.years),
            self.founded.value: _fitting(columns.founded, self.founded),
            self.outside.value: _fitting(absent, self.outside),
            self.left.value: zeros if left is None else _fitting(left, self.left),
        }
        for name, bit in self._own.items():
            found = columns.missing.get(name)
            extra[bit.value] = zeros if found is None else found.view(np.int8)
        return [*columns.slots, *(extra[number] for number in range(len(columns.slots), self.size))]

    def known(self, columns: Columns) -> dict[int, int]:
        """Return a 0 for the missing bit of each fact that nobody lacks."""
        return {bit.value: 0 for name, bit in self.missing.items() if name not in columns.missing}

    def ungrouped(self) -> dict[int, int]:
        """Return what slots of the group hold before anybody is compared."""
        return {
            number: self._blank[number]
            for number, slot in enumerate(self.program.slots)
            if slot.kind in ("cohort", "peers")
        }


def _most_years(rule_set: RuleSet) -> int:
    """Return the most years that a gate asks for."""
    held = (gate.held for level in rule_set.levels.from_low_to_high for gate in level.gates)
    return max((each.years for each in held if each), default=0)


def _fitting(array: Array, slot: Int) -> Array:
    return array.astype(narrow(slot.low, slot.high), copy=False)
