"""Expressions in integer form, run over columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import numpy as np

from evaluator.scoring.columnar.arrays import SIGNED, Array, bytes_for, narrow
from evaluator.scoring.columnar.kernel.blocks import Block, share_out
from evaluator.scoring.columnar.kernel.native import NativeKernel, compiled
from evaluator.scoring.columnar.kernel.native_source import ROWS
from evaluator.scoring.columnar.kernel.numpy_kernel import NumpyKernel
from evaluator.scoring.columnar.kernel.plan import Plan, planned
from evaluator.scoring.columnar.kernel.registers import scheduled
from evaluator.scoring.columnar.kernel.terms import post_order
from evaluator.scoring.columnar.kernel.typed_steps import lowered
from evaluator.scoring.columnar.rooms import Rooms
from evaluator.scoring.columnar.threads import cores
from rules.integers import Int

Slots = Sequence[Array | None]
Then = Callable[[Sequence[Array]], Block]
Engine = Literal["auto", "numpy", "native"]
BLOCK = 1 << 17
"""Rows of a block: so many that threads seldom wait for one another, so few that caches help."""

WORTH_COMPILING = 1 << 24
"""Rows, run after run, from which "auto" compiles: NumPy has lost about the time by then."""


class Kernel:
    """Works expressions out for any number of organisations at once; made once, run often.

    `definitions` holds the outputs of a program, each of earlier ones alone, to which expressions
    refer by number; `known` holds slots that have one value for every organisation, such as the
    bit of a fact that nobody lacks, so that whatever follows from them is left out. `slots` are
    those that are still read.

    The engine is NumPy, or C compiled on this machine ("native"), which takes some tenths of a
    second the first time and about a third of NumPy's time from then on; "auto" begins with NumPy
    and compiles what is run again and again over many rows. Where C cannot be compiled NumPy is
    used: what comes out is the same.
    """

    def __init__(
        self,
        definitions: Sequence[Int],
        wanted: Sequence[Int],
        known: Mapping[int, int] | None = None,
        *,
        engine: Engine = "numpy",
    ):
        plan = planned(definitions, wanted, known or {})
        self.types = [narrow(each.low, each.high) for each in wanted]
        self._sizes = _sizes_of_slots(plan)
        self.slots = frozenset(self._sizes)
        sizes = [each.itemsize for each in self.types]
        self.schedule = scheduled(lowered(plan.values, sizes, self._sizes))
        self._engine = engine
        self._numpy = NumpyKernel(self.schedule)
        self._native: NativeKernel | None = None
        self._compiled = engine == "numpy"
        self._rows = 0
        self._rooms = Rooms()

    def run(
        self, slots: Slots, size: int, then: Then | None = None, *, apart: bool = False
    ) -> list[Array]:
        """Return one array of its own for each wanted expression, of `narrow(low, high)`.

        Slots may be views of any stride, and truths where their bounds are 0 and 1; they are not
        written to, and those that are not read may be None. `then` is given the arrays before
        they are filled, and returns what is called for each block of rows as soon as it is, in
        any order and in several threads: what it reads is still in the cache. What comes out lies
        `apart` where its room is not to be kept for the next run, which is of another size.
        """
        rooms = Rooms() if apart else self._rooms
        found = [rooms.room(number, size, each) for number, each in enumerate(self.types)]
        for number, value in self.schedule.constants.items():
            found[number].fill(value)
        columns = {number: self._column(slots, number) for number in self.slots}
        worker = self._worker(columns, found, size)
        if then:
            worker = _followed(worker, then(found))
        share_out(size, BLOCK, cores(), worker)
        return found

    def _worker(
        self, columns: dict[int, Array], found: Sequence[Array], size: int
    ) -> Callable[[], Block]:
        native = self._compiled_kernel(size)
        if native is None:
            return lambda: self._numpy.worker(columns, found, min(BLOCK, size))
        contiguous = {number: np.ascontiguousarray(each) for number, each in columns.items()}
        return lambda: native.worker(contiguous, found)

    def _compiled_kernel(self, size: int) -> NativeKernel | None:
        """Return the compiled kernel for so many rows, compiling it when it is first needed."""
        self._rows += size
        if size < ROWS or (self._engine == "auto" and self._rows < WORTH_COMPILING):
            return None
        if not self._compiled and self.schedule.moves:
            self._native = compiled(self.schedule, sorted(self.slots))
            self._compiled = True
        return self._native

    def _column(self, slots: Slots, number: int) -> Array:
        column = slots[number]
        assert column is not None  # noqa: S101
        if column.dtype == np.bool_:
            column = column.view(np.int8)
        return column.astype(SIGNED[self._sizes[number]], copy=False)


def _followed(worker: Callable[[], Block], after: Block) -> Callable[[], Block]:
    """Return a worker that has something else done with each of its blocks."""

    def made() -> Block:
        run = worker()

        def both(start: int, stop: int) -> None:
            run(start, stop)
            after(start, stop)

        return both

    return made


def _sizes_of_slots(plan: Plan) -> dict[int, int]:
    """Return how many bytes an element of each slot has that is still read."""
    sizes: dict[int, int] = {}
    for atom in post_order(atom for value in plan.values for atom in value.terms):
        if atom.op == "slot":
            size = bytes_for(atom.low, atom.high)
            sizes[atom.value] = max(size, sizes.get(atom.value, 0))
    return sizes
