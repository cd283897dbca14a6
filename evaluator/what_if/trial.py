"""Scoring by changed rules what was scored before: only what the change touches is worked out.

Trying other rules compares meanings, not names: a value that means the same is taken from the
memory, whatever its number or its place in the file. Where the change begins at a few outputs that
both rule sets have, such as the points of one indicator or a band, and all that follows from them
is the same, only the organisations for which one of these changes are worked out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evaluator.scoring.columnar.arrays import Array, Bools, narrow
from evaluator.scoring.columnar.awards import award
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.kernel import Kernel
from evaluator.scoring.columnar.outcome import Decided, Outcome
from evaluator.scoring.columnar.threads import numbers_of, shared_out
from evaluator.scoring.quotas import QuotaReport
from evaluator.what_if.dependence import Dependence
from evaluator.what_if.meanings import Meaning, group_meaning
from evaluator.what_if.memory import Memory, NeedsReading
from evaluator.what_if.rest import Rest
from rules.integers import Int

_FEW = 4
"""Where fewer than one in so many organisations are touched, they are worked out alone."""


class Trial:
    """Other rules for the organisations of a memory; made once, run as often as is wanted.

    Raises NeedsReading where these rules need facts or groups that the memory lacks, or compare
    organisations in another way.
    """

    def __init__(self, memory: Memory, engine: Engine):
        self.memory, self.engine = memory, engine
        meaning = memory.meanings.of(engine)
        _check(memory, engine, meaning)
        self._meanings = [meaning.of(each) for each in engine.decisions.wanted]
        self.fresh = [place for place, known in enumerate(self._meanings) if not memory.has(known)]
        self._all = _Work(memory, engine, meaning, [self._wanted[each] for each in self.fresh])
        self.origins = _origins(memory, engine, meaning)
        changed = [engine.program.outputs[new].value for new, _ in self.origins]
        self._first = _Work(memory, engine, meaning, changed)
        self._needed = self._all_needed()

    @property
    def _wanted(self) -> list[Int]:
        return self.engine.decisions.wanted

    def decide(self) -> Decided:
        """Return what the organisations come to on their own by these rules."""
        memory = self.memory
        memory.values(self._needed)  # at once, because each time a kernel is made
        same = iter(memory.values(each for each in self._meanings if memory.has(each)))
        fresh = iter(self._fresh())
        arrays = [next(same) if memory.has(each) else next(fresh) for each in self._meanings]
        decided = self.engine.decisions.collect(memory.columns, arrays)
        if memory.tables.earlier or memory.columns.refused is not None:
            outside = memory.slots[memory.engine.layout.outside.value]
            assert outside is not None  # noqa: S101 - the layout fills it
            decided.refused[memory.columns.applied & (outside != 0)] = True
        return decided

    def score(self) -> tuple[Outcome, list[QuotaReport]]:
        """Return what the organisations come to after quotas."""
        return award(self.engine, self.decide())

    def _all_needed(self) -> list[int]:
        """Return the meanings of everything that is taken from the memory."""
        memory = self.memory
        needed = [*self._all.kept, *self._first.kept]
        needed += [each for each in self._meanings if memory.has(each)]
        needed += [memory.meaning.outputs[old] for _, old in self.origins]
        if self.origins:
            wanted = memory.engine.decisions.wanted
            needed += [memory.meaning.of(wanted[place]) for place in self.fresh]
        return needed

    def _fresh(self) -> list[Array]:
        """Return what these rules decide otherwise, in the order of `fresh`."""
        if not self.fresh or not self.origins:
            return self._all.run()
        touched = self._touched()
        if _FEW * np.count_nonzero(touched) > len(touched):
            return self._all.run()
        rows = numbers_of(touched)
        return [
            self._patched(place, rows, values)
            for place, values in zip(self.fresh, self._all.run(rows), strict=True)
        ]

    def _touched(self) -> Bools:
        """Return the organisations for which a change begins."""
        old = self.memory.values(self.memory.meaning.outputs[each] for _, each in self.origins)
        found = np.zeros(self.memory.columns.size, np.bool_)
        for before, after in zip(old, self._first.run(), strict=True):
            _mark(found, before, after)
        return found

    def _patched(self, place: int, rows: Array, values: Array) -> Array:
        """Return what the first rules decided, with the organisations that are touched anew."""
        wanted = self.memory.engine.decisions.wanted[place]
        (before,) = self.memory.values([self.memory.meaning.of(wanted)])
        after = self._wanted[place]
        array: Array = np.empty(len(before), narrow(after.low, after.high))
        shared_out(lambda part: np.copyto(array[part], before[part], "same_kind"), len(array))
        array[rows] = values
        return array


class _Work:
    """Some expressions of other rules, worked out from what a memory has."""

    def __init__(
        self, memory: Memory, engine: Engine, meaning: Meaning, expressions: Sequence[Int]
    ):
        self.memory = memory
        rest = Rest(memory, engine, meaning)
        self.kernel = Kernel([], [rest.of(each) for each in expressions], {})
        self.kept = list(rest.kept)
        memory.need(self.kept)

    def run(self, rows: Array | None = None) -> list[Array]:
        """Return the values of all organisations, or of some rows."""
        kept = self.memory.values(self.kept)
        if rows is None:
            return self.kernel.run(kept, self.memory.columns.size)
        return self.kernel.run([np.take(each, rows) for each in kept], len(rows))


def _mark(found: Bools, before: Array, after: Array) -> None:
    """Add to those that were found where two arrays differ."""

    def compare(part: slice) -> None:
        found[part] |= before[part] != after[part]

    shared_out(compare, len(found))


def _check(memory: Memory, engine: Engine, meaning: Meaning) -> None:
    amongs = {each.among for each in engine.category.rule_set.quotas}
    amongs -= {"category", "round"}
    if group_meaning(engine, meaning) != memory.group or not amongs <= set(memory.columns.groups):
        raise NeedsReading


def _origins(memory: Memory, engine: Engine, meaning: Meaning) -> list[tuple[int, int]]:
    """Return the outputs at which a change begins, as they are numbered now and in the memory.

    Nothing where some of them are new, or where what follows from them has changed too.
    """
    before, after = memory.engine.program, engine.program
    changed = {each for each, known in enumerate(meaning.outputs) if not memory.has(known)}
    dependence = Dependence(after)
    changed &= dependence.reached(engine.decisions.wanted, changed)
    first = [each for each in sorted(changed) if not dependence.direct[each] & changed]
    keys = [after.outputs[each].key for each in first]
    if not all(key in before.index for key in keys):
        return []
    found = [(each, before.index[key]) for each, key in zip(first, keys, strict=True)]
    new, old = (
        memory.meanings.of(engine_of, {pair[side]: ("origin", pair) for pair in found})
        for side, engine_of in enumerate((engine, memory.engine))
    )
    sides = (
        [side.of(each) for each in rules.decisions.wanted]
        for side, rules in ((new, engine), (old, memory.engine))
    )
    return found if next(sides) == next(sides) else []
