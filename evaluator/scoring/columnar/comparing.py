"""What one organisation is compared by: tallied in each part, then filled into its slots."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.columnar.columns import Columns, Group
from evaluator.scoring.columnar.kernel import Kernel
from evaluator.scoring.columnar.tallies import Comparison, Tally, tally
from rules.integers import slots_of
from rules.lowering import Program
from rules.lowering.program import CohortInput

Slots = list[Array | None]


class Comparing:
    """The comparisons of one rule set, in layers: each builds on those before it alone."""

    def __init__(self, program: Program):
        self.program = program
        self.kernels = {each.name: Kernel([], [each.value.num]) for each in program.cohort}
        self.layers = _layers(program)

    def tallies(self, columns: Columns, slots: Slots, inside: Bools, layer: int) -> list[Tally]:
        """Return what each comparison of a layer looks at, among those who take part."""
        return [
            tally(
                group_of(columns, each.way.among),
                self._values(each, columns, slots),
                inside & _has(each, columns),
            )
            for each in self.layers[layer]
        ]

    def compared(self, layer: int, parts: Sequence[Sequence[Tally]]) -> list[Comparison]:
        """Return the comparisons of a layer from the tallies of all parts."""
        return [
            Comparison(entry, self.program, [part[number] for part in parts])
            for number, entry in enumerate(self.layers[layer])
        ]

    def fill(self, columns: Columns, slots: Slots, comparisons: Sequence[Comparison]) -> None:
        """Put ranks, bests and means into the slots, in the order of their need."""
        for each in comparisons:
            group = group_of(columns, each.entry.way.among)
            values = self._values(each.entry, columns, slots)
            for number, array in each.fill(group, values, _has(each.entry, columns)).items():
                slots[number] = array

    def _values(self, entry: CohortInput, columns: Columns, slots: Slots) -> Array:
        return self.kernels[entry.name].run(slots, columns.size)[0]


def group_of(columns: Columns, among: str) -> Group:
    """Return the group of each organisation; for the whole category it is one."""
    if among in ("category", "round"):
        return Group(np.zeros(columns.size, np.int8), [""])
    return columns.groups[among]


def _has(entry: CohortInput, columns: Columns) -> Bools:
    """Return who lacks no fact that is compared."""
    found = np.ones(columns.size, np.bool_)
    for name in entry.facts & columns.missing.keys():
        found &= ~columns.missing[name]
    return found


def _layers(program: Program) -> list[list[CohortInput]]:
    depth: dict[str, int] = {}
    layers: list[list[CohortInput]] = []
    for entry in program.cohort:
        read = (program.slots[number] for number in slots_of(entry.value.num))
        needed = [depth[slot.name] for slot in read if slot.kind == "cohort"]
        depth[entry.name] = 1 + max(needed, default=-1)
        if depth[entry.name] == len(layers):
            layers.append([])
        layers[depth[entry.name]].append(entry)
    return layers
