"""Expressions in integer form, run over columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from evaluator.scoring.columnar.arrays import SIGNED, Array, bytes_for, narrow
from evaluator.scoring.columnar.blocks import cores, share_out
from evaluator.scoring.columnar.numpy_kernel import NumpyKernel
from evaluator.scoring.columnar.plan import planned
from evaluator.scoring.columnar.registers import scheduled
from evaluator.scoring.columnar.typed_steps import lowered
from evaluator.scoring.columnar.terms import post_order
from rules.integers import Int

Slots = Sequence[Array | None]
Engine = Literal["auto", "numpy", "native"]
BLOCK = 1 << 17


class Kernel:
    """Works expressions out for any number of organisations at once; made once, run often.

    `definitions` holds the outputs of a program, to which expressions refer by number; `known`
    holds slots that have one value for every organisation, such as the bit of a fact that nobody
    lacks, so that whatever follows from them is left out.
    """

    def __init__(
        self,
        definitions: Sequence[Int],
        wanted: Sequence[Int],
        known: Mapping[int, int] | None = None,
        *,
        engine: Engine = "numpy",
    ):
        self.types = [narrow(each.low, each.high) for each in wanted]
        plan = planned(definitions, wanted, known or {})
        atoms = list(post_order(atom for value in plan.values for atom in value.terms))
        self._sizes: dict[int, int] = {}
        for atom in atoms:
            if atom.op == "slot":
                size = bytes_for(atom.low, atom.high)
                self._sizes[atom.value] = max(size, self._sizes.get(atom.value, 0))
        self.slots = frozenset(self._sizes)
        steps = lowered(plan.values, [each.itemsize for each in self.types], self._sizes)
        self.schedule = scheduled(steps)
        self._numpy = NumpyKernel(self.schedule)

    def run(self, slots: Slots, size: int) -> list[Array]:
        """Return one new array for each wanted expression, of `narrow(low, high)`."""
        found = [np.empty(size, each) for each in self.types]
        for number, value in self.schedule.constants.items():
            found[number].fill(value)
        columns = {number: self._column(slots, number) for number in self.slots}
        block = min(BLOCK, size)
        if self.schedule.moves and size:
            share_out(size, block, cores(), lambda: self._numpy.worker(columns, found, block))
        return found

    def _column(self, slots: Slots, number: int) -> Array:
        column = slots[number]
        assert column is not None  # noqa: S101
        size = self._sizes[number]
        if column.dtype == np.bool_:
            column = column.view(np.int8)
        return column if column.dtype == SIGNED[size] else column.astype(SIGNED[size])
