"""Scoring by changed rules what was scored before: only what the change touches is worked out.

Trying other rules compares meanings, not names: a value that means the same is taken from the
memory, whatever its number or its place in the file. A sum of which one term has changed is the
sum as it was, without what the term was and with what it is; so little is left to work out that
looking for the organisations that a change touches would take longer than doing all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.kernel import Kernel
from evaluator.scoring.columnar.outcome import Decided, Outcome
from evaluator.scoring.quotas import QuotaReport
from evaluator.what_if.meanings import Meaning, group_meaning
from evaluator.what_if.memory import Memory, NeedsReading
from evaluator.what_if.rest import Rest
from rules.integers import Int


class Trial:
    """Other rules for the organisations of a memory; made once, run as often as is wanted.

    `fresh` are the places among `Decisions.wanted` of what these rules decide otherwise. Raises
    NeedsReading where these rules need facts or groups that the memory lacks, or compare
    organisations in another way.
    """

    def __init__(self, memory: Memory, engine: Engine):
        self.memory, self.engine = memory, engine
        meaning = memory.meanings.of(engine)
        _check(memory, engine, meaning)
        wanted = engine.decisions.wanted
        self._meanings = [meaning.of(each) for each in wanted]
        self.fresh = [place for place, known in enumerate(self._meanings) if not memory.has(known)]
        self._all = _Work(memory, engine, meaning, [wanted[each] for each in self.fresh])
        level = [engine.decisions.level] if not memory.has(self._level) else []
        self._levels = _Work(memory, engine, meaning, level)

    @property
    def _level(self) -> int:
        """Return what the level before quotas means."""
        decisions = self.engine.decisions
        return self._meanings[[id(each) for each in decisions.wanted].index(id(decisions.level))]

    def levels(self) -> Array:
        """Return the level of each organisation before quotas, -1 for none, and nothing else."""
        (found,) = self._levels.run() or self.memory.values([self._level])
        return found

    def decide(self) -> Decided:
        """Return what the organisations come to on their own by these rules."""
        memory = self.memory
        kept = [each for each in self._meanings if memory.has(each)]
        same, fresh = iter(memory.values(kept)), iter(self._all.run())
        arrays = [next(same) if memory.has(each) else next(fresh) for each in self._meanings]
        return memory.collect(self.engine, arrays)

    def score(self) -> tuple[Outcome, list[QuotaReport]]:
        """Return what the organisations come to after quotas."""
        return self.memory.near.award(self.engine, self.decide())


class _Work:
    """Some expressions of other rules, worked out from what a memory has."""

    def __init__(
        self, memory: Memory, engine: Engine, meaning: Meaning, expressions: Sequence[Int]
    ):
        self.memory, self.engine = memory, engine
        rest = Rest(memory, engine, meaning)
        self._expressions = [rest.of(each) for each in expressions]
        self.kept = list(rest.kept)
        memory.need(self.kept)

    @cached_property
    def _kernel(self) -> Kernel:
        """The expressions; whatever is the same for every organisation is not read."""
        kept = enumerate(self.memory.stored(self.kept))
        definitions = [each.expression(number) for number, each in kept]
        return Kernel(definitions, self._expressions, engine=self.engine.kernel)

    def run(self) -> list[Array]:
        """Return the values of all organisations."""
        if not self._expressions:
            return []
        arrays = [each.array for each in self.memory.stored(self.kept)]
        return self._kernel.run(arrays, self.memory.columns.size)


def _check(memory: Memory, engine: Engine, meaning: Meaning) -> None:
    amongs = {each.among for each in engine.category.rule_set.quotas}
    amongs -= {"category", "round"}
    if group_meaning(engine, meaning) != memory.group or not amongs <= set(memory.columns.groups):
        raise NeedsReading
