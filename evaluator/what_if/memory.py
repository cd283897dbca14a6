"""A category kept in memory: its facts, and every value that trying other rules has needed."""

from __future__ import annotations

from collections.abc import Iterable

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.columns import Columns
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.kernel import Kernel
from evaluator.what_if.meanings import Meanings, group_meaning


class NeedsReading(Exception):
    """The changed rules read facts, or a group, that the columns in memory do not have."""


class Memory:
    """A category in memory, scored by one rule set and ready to be scored by others."""

    def __init__(self, engine: Engine, columns: Columns):
        self.engine, self.columns = engine, columns
        self.tables = engine.tables(lambda work: [work(engine, columns)])
        self.slots = engine.slots(columns, self.tables)
        self.meanings = Meanings()
        self.meaning = self.meanings.of(engine)
        for each in engine.decisions.wanted:
            self.meaning.of(each)
        self.group = group_meaning(engine, self.meaning)
        self._known = engine.layout.known(columns)
        self._definitions = [output.value for output in engine.program.outputs]
        self._slots = dict(zip(self.meaning.slots, self.slots, strict=True))
        self._values: dict[int, Array] = {}

    def has(self, meaning: int) -> bool:
        """Return whether a value can be taken from here."""
        return meaning in self.meaning.expressions

    def need(self, meanings: Iterable[int]) -> None:
        """Raise NeedsReading where there is neither a value nor a slot of some meaning."""
        for each in meanings:
            if not self.has(each) and self._slots.get(each) is None:
                raise NeedsReading

    def values(self, meanings: Iterable[int]) -> list[Array]:
        """Return values by what they mean, working out at once those not asked for before."""
        asked = list(meanings)
        fresh = [each for each in dict.fromkeys(asked) if each not in self._values]
        expressions = {each: self.meaning.expressions[each] for each in fresh if self.has(each)}
        if expressions:
            kernel = Kernel(self._definitions, list(expressions.values()), self._known)
            arrays = kernel.run(self.slots, self.columns.size)
            self._values.update(zip(expressions, arrays, strict=True))
        return [self._value(each) for each in asked]

    def _value(self, meaning: int) -> Array:
        found = self._values[meaning] if self.has(meaning) else self._slots[meaning]
        assert found is not None  # noqa: S101 - `need` has asked for it
        return found
