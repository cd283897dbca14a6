"""A category kept in memory: its facts, and every value that trying other rules has needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.columns import Columns
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.kernel import Kernel
from evaluator.scoring.columnar.outcome import Decided
from evaluator.what_if.meanings import Meanings, group_meaning
from evaluator.what_if.near import Near
from evaluator.what_if.stored import Stored, stored
from evaluator.what_if.sums import Sums


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
        self.sums = Sums(self.meaning, self._definitions)
        self._slots = dict(zip(self.meaning.slots, self.slots, strict=True))
        self._values: dict[int, Array] = {}
        self._stored: dict[int, Stored] = {}

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
        self._values.update(self._worked_out(each for each in asked if each not in self._values))
        return [self._values[each] for each in asked]

    def stored(self, meanings: Iterable[int]) -> list[Stored]:
        """Return values as they are read by trials; the wide arrays are not kept for that."""
        asked = list(meanings)
        fresh = [each for each in asked if each not in self._stored]
        wide = self._worked_out(each for each in fresh if each not in self._values)
        for each in fresh:
            array = wide.get(each, self._values.get(each))
            assert array is not None  # noqa: S101 - every meaning is in one of them
            self._stored[each] = stored(array)
        return [self._stored[each] for each in asked]

    def _worked_out(self, meanings: Iterable[int]) -> dict[int, Array]:
        """Return the arrays of some meanings; those of slots are there already."""
        asked = dict.fromkeys(meanings)
        expressions = {each: self.meaning.expressions[each] for each in asked if self.has(each)}
        found = {each: self._slot(each) for each in asked if each not in expressions}
        if expressions:
            kernel = Kernel(
                self._definitions,
                list(expressions.values()),
                self._known,
                engine=self.engine.kernel,
            )
            arrays = kernel.run(self.slots, self.columns.size)
            found |= dict(zip(expressions, arrays, strict=True))
        return found

    def _slot(self, meaning: int) -> Array:
        found = self._slots[meaning]
        assert found is not None  # noqa: S101 - `need` has asked for it
        return found

    def collect(self, engine: Engine, arrays: Sequence[Array]) -> Decided:
        """Return the decisions by some rules, from the values of what they decide."""
        decided = engine.decisions.collect(self.columns, arrays)
        if not self.tables.earlier and self.columns.refused is None:
            return decided
        outside = self.slots[self.engine.layout.outside.value]
        assert outside is not None  # noqa: S101 - the layout fills it
        # A new array, for what comes from here is not written to.
        refused = decided.refused | (self.columns.applied & (outside != 0))
        return replace(decided, refused=refused)

    @cached_property
    def decided(self) -> Decided:
        """What the organisations come to on their own by the first rules."""
        meanings = map(self.meaning.of, self.engine.decisions.wanted)
        return self.collect(self.engine, self.values(meanings))

    @cached_property
    def near(self) -> Near:
        """Who is near the quotas."""
        return Near(self.decided)
