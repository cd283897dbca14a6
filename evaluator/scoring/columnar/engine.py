"""Scores the organisations of one category as columns, in one piece or part by part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from evaluator.scoring.columnar.arrays import Array, Bools, narrow
from evaluator.scoring.columnar.columns import Columns
from evaluator.scoring.columnar.comparing import Comparing, Slots
from evaluator.scoring.columnar.decisions import decisions_of
from evaluator.scoring.columnar.kernel import Engine as KernelName
from evaluator.scoring.columnar.kernel import Kernel
from evaluator.scoring.columnar.layout import Layout
from evaluator.scoring.columnar.outcome import Decided
from evaluator.scoring.columnar.peers import PeersMean
from evaluator.scoring.columnar.refusals import reference
from evaluator.scoring.columnar.rooms import Rooms
from evaluator.scoring.columnar.tables import Checked, Tables, checked_together
from evaluator.scoring.columnar.tallies import Tally
from evaluator.scoring.columnar.works import Checking, EachPart, Passes, Tallying
from evaluator.scoring.round import Category
from rules.integers import Int


class Engine:
    """The columnar path of one category; made once, used for any number of organisations.

    A round is scored in passes over its parts, of which each may lie in another file or on
    another machine: first `tables`, where organisations are compared; then `decide` for each
    part; quotas look at the states of all parts (`awards.award`). `points` names the indicators
    whose points are kept, `kernel` what runs expressions (see `Kernel`).
    """

    def __init__(self, category: Category, points: Sequence[str] = (), kernel: KernelName = "auto"):
        self.category = category
        self.program = category.scorer.program
        self.layout = Layout(category)
        self.decisions = decisions_of(category, self.layout)
        self.comparing = Comparing(self.program)
        self.peers = PeersMean(self.layout, self.decisions)
        self.points = tuple(points)
        self.kernel: KernelName = kernel
        self.rooms = Rooms()
        self._kernels: dict[tuple[str, frozenset[tuple[int, int]]], Kernel] = {}

    def tables(self, each_part: EachPart) -> Tables:
        """Return what the groups of a round come to; nothing where nobody is compared."""
        passes = self.passes()
        try:
            work = next(passes)
            while True:
                work = passes.send(each_part(work))
        except StopIteration as ended:
            tables: Tables = ended.value
            return tables

    def passes(self) -> Passes:
        """Yield the work of pass after pass, be sent what it made of each part; return the tables.

        Whoever is refused is compared with nobody, so that the others are compared anew.
        """
        tables = Tables()
        while self.decisions.grouped:
            for layer in range(len(self.comparing.layers)):
                tallies = yield Tallying(layer, tables)
                tables = tables.with_comparisons(self.comparing.compared(layer, tallies))
            checked = checked_together((yield Checking(tables)))
            tables = tables.with_peers(checked.peers)
            if not checked.refused:
                break
            tables = tables.anew()
        return tables

    def tallies(self, columns: Columns, tables: Tables, layer: int) -> list[Tally]:
        """Return what one layer of comparisons looks at, among whoever takes part."""
        slots = self.slots(columns, tables)
        left, outside = slots[self.layout.left.value], slots[self.layout.outside.value]
        inside = columns.applied & (left == 0) & (outside == 0)
        return self.comparing.tallies(columns, slots, inside, layer)

    def check(self, columns: Columns, tables: Tables) -> Checked:
        """Return how many are refused, and what the peers have, among whoever takes part."""
        slots = self.slots(columns, tables)
        return self.peers.collect(self._run("check", self.peers.wanted, columns, slots))

    def decide(self, columns: Columns, tables: Tables) -> Decided:
        """Return what the organisations of a part come to on their own."""
        slots = self.slots(columns, tables)
        kept = [reference(self.program, "points", each) for each in self.points]
        wanted = [*self.decisions.wanted, *kept]
        arrays = self._run("decide", wanted, columns, slots)
        points = dict(zip(self.points, arrays[len(arrays) - len(kept) :], strict=True))
        found = self.decisions.collect(columns, arrays[: len(arrays) - len(kept)], points)
        outside = slots[self.layout.outside.value]
        assert outside is not None  # noqa: S101 - the layout fills it
        if tables.earlier or columns.refused is not None:
            found.refused[columns.applied & (outside != 0)] = True
        return found

    def slots(self, columns: Columns, tables: Tables) -> Slots:
        """Return an array for each slot, those of the group filled in as far as tables go."""
        if not self.decisions.grouped:
            return self.layout.arrays(columns)
        left = self._left(columns)
        outside = columns.outside
        for each in tables.earlier:
            outside |= self._refused(columns, each, left, outside)
        return self._filled(columns, tables, left, outside)

    def _left(self, columns: Columns) -> Array:
        """Return the step of whoever is not rated, before anybody is compared."""
        known = self.layout.ungrouped()
        slots = self.layout.arrays(columns)
        return self._run("left", [self.decisions.left], columns, slots, known)[0]

    def _refused(self, columns: Columns, tables: Tables, left: Array, outside: Bools) -> Bools:
        """Return who was refused when these were the tables."""
        slots = self._filled(columns, tables, left, outside)
        refused, *rest = self._run("check", self.peers.wanted, columns, slots)
        found: Bools = refused != 0
        for number, entry in enumerate(self.peers.entries):
            if tables.peers[entry.slot].is_needed_in_vain:
                found |= rest[3 * number + 2] != 0
        return found

    def _filled(self, columns: Columns, tables: Tables, left: Array, outside: Bools) -> Slots:
        slots = self.layout.arrays(columns, left=left, outside=outside.view(np.int8))
        blank = self.layout.ungrouped()
        for number, value in blank.items():
            slots[number] = self._everywhere(number, value, columns.size)
        self.comparing.fill(columns, slots, tables.comparisons)
        for number, peers in tables.peers.items():
            if peers.counted:
                mean = peers.stand_in(self.peers.unit)
                slots[number] = self._everywhere(number, mean, columns.size)
        return slots

    def _everywhere(self, number: int, value: int, size: int) -> Array:
        slot = self.program.slots[number]
        everywhere: Array = np.broadcast_to(narrow(slot.low, slot.high).type(value), size)
        return everywhere

    def _run(
        self,
        purpose: str,
        wanted: Sequence[Int],
        columns: Columns,
        slots: Slots,
        known: Mapping[int, int] | None = None,
    ) -> list[Array]:
        """Run expressions; the kernel of each purpose is kept for parts with the same gaps."""
        known = {**self.layout.known(columns), **(known or {})}
        key = purpose, frozenset(known.items())
        if key not in self._kernels:
            outputs = [output.value for output in self.program.outputs]
            self._kernels[key] = Kernel(outputs, wanted, known, engine=self.kernel)
        return self._kernels[key].run(slots, columns.size)
