"""Scoring by changed rules what was scored before: only what the change touches is worked out.

Trying other rules compares meanings, not names: a value that means the same is taken from the
memory, whatever its number or its place in the file. A sum of which one term has changed is the
sum as it was, without what the term was and with what it is; so little is left to work out that
looking for the organisations that a change touches would take longer than doing all of them.
"""

from __future__ import annotations

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.outcome import Decided, Outcome
from evaluator.scoring.quotas import QuotaReport
from evaluator.what_if.at_once import AtOnce
from evaluator.what_if.meanings import Meaning, group_meaning
from evaluator.what_if.memory import Memory, NeedsReading
from evaluator.what_if.work import Work


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
        self._all = Work(memory, engine, meaning, [wanted[each] for each in self.fresh])
        level = [engine.decisions.level] if not memory.has(self._level) else []
        self._levels = Work(memory, engine, meaning, level)
        self.at_once = AtOnce(self._all, self.fresh, self._meanings)

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
        return self.memory.collect(self.engine, self.at_once.all(self._all.run()))

    def score(self) -> tuple[Outcome, list[QuotaReport]]:
        """Return what the organisations come to after quotas."""
        found = self.at_once.score()
        return found or self.memory.near.award(self.engine, self.decide())


def _check(memory: Memory, engine: Engine, meaning: Meaning) -> None:
    amongs = {each.among for each in engine.category.rule_set.quotas}
    amongs -= {"category", "round"}
    if group_meaning(engine, meaning) != memory.group or not amongs <= set(memory.columns.groups):
        raise NeedsReading
