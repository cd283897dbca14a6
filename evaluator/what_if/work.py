"""Expressions of other rules, worked out from what a memory has."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.kernel import Kernel, Then
from evaluator.what_if.meanings import Meaning
from evaluator.what_if.memory import Memory
from evaluator.what_if.rest import Rest
from rules.integers import Int


class Work:
    """Some expressions of other rules, worked out from what a memory has."""

    def __init__(
        self, memory: Memory, engine: Engine, meaning: Meaning, expressions: Sequence[Int]
    ):
        self.memory, self.engine = memory, engine
        rest = Rest(memory, engine, meaning)
        self._expressions = [rest.of(each) for each in expressions]
        self.kept = list(rest.kept)
        memory.need(self.kept)
        self._few: list[Array] = []

    @cached_property
    def _kernel(self) -> Kernel:
        """The expressions; whatever is the same for every organisation is not read."""
        kept = enumerate(self.memory.stored(self.kept))
        definitions = [each.expression(number) for number, each in kept]
        return Kernel(definitions, self._expressions, engine=self.engine.kernel)

    def run(self, then: Then | None = None) -> list[Array]:
        """Return the values of all organisations; `then` as for `Kernel.run`."""
        if not self._expressions:
            return []
        arrays = [each.array for each in self.memory.stored(self.kept)]
        return self._kernel.run(arrays, self.memory.columns.size, then)

    def run_on(self, some: slice) -> list[Array]:
        """Return the values of the same few organisations, time after time."""
        if not self._expressions:
            return []
        number = len(range(self.memory.columns.size)[some])
        if not self._few:
            self._few = [each.array[some].copy() for each in self.memory.stored(self.kept)]
        return self._kernel.run(self._few, number, apart=True)
