"""A trial's first quota applied on the way: each block of rows while what it came to is in cache.

A sample of the organisations is scored first; it says how far the cut of the quota has moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.holders import Bracket
from evaluator.scoring.columnar.kernel.blocks import Block
from evaluator.scoring.columnar.outcome import Outcome
from evaluator.scoring.columnar.quotas import Quotas
from evaluator.scoring.columnar.sifting import sampled
from evaluator.scoring.quotas import QuotaReport
from evaluator.what_if.near import settled
from evaluator.what_if.plain_quotas import are_plain
from evaluator.what_if.shifted import Sample, shifted
from evaluator.what_if.work import Work

Scores = tuple[Outcome, list[QuotaReport]]


class AtOnce:
    """The levels after quotas of a trial in one pass; where it does not serve `score` is None.

    `work` is what its rules decide otherwise, at the places `fresh` of `Decisions.wanted`, and
    `meanings` what each of the wanted means.
    """

    def __init__(self, work: Work, fresh: Sequence[int], meanings: Sequence[int]):
        self.memory, self.engine = work.memory, work.engine
        self._work, self._fresh, self._meanings = work, fresh, meanings

    @cached_property
    def serves(self) -> bool:
        """Whether the same are rated as before, and all quotas are plain and the first cuts."""
        decisions, rule_set = self.engine.decisions, self.engine.category.rule_set
        fresh = {id(decisions.wanted[place]) for place in self._fresh}
        rated = (decisions.assessed, decisions.decided, decisions.rated)
        changed = {id(each) for each in rated} & fresh
        return bool(fresh and not changed and rule_set.quotas and are_plain(rule_set))

    def score(self) -> Scores | None:
        """Return what the organisations come to after quotas; None where that is for another."""
        if not self.serves:
            return None
        begun: list[Quotas] = []

        def begin(found: Sequence[Array]) -> Block:
            decided = self.engine.decisions.collect(self.memory.columns, self.all(found))
            quotas = self.memory.near.quotas(self.engine, decided)
            begun.append(quotas)
            sieve = quotas.begin(self._guess)
            return sieve.sift if sieve else _nothing

        found = self._work.run(begin)
        decided = self.memory.collect(self.engine, self.all(found))
        return settled(self.engine, decided, begun[0])

    def all(self, found: Sequence[Array]) -> list[Array]:
        """Return the arrays of everything wanted, given those of what is decided otherwise."""
        fresh = dict(zip(self._fresh, found, strict=True))
        kept = [each for place, each in enumerate(self._meanings) if place not in fresh]
        same = iter(self.memory.values(kept))
        return [fresh[each] if each in fresh else next(same) for each in range(len(self._meanings))]

    def _guess(self, held: int, room: int) -> Bracket:
        """Return where a cut lies, by where it was and by what a sample comes to."""
        memory = self.memory
        totals = memory.near.totals(held)
        return shifted(self._before, self._after(), totals, held, room, memory.columns.size)

    @cached_property
    def _before(self) -> Sample:
        """The sample by the first rules."""
        decided = self.memory.decided
        return Sample(decided.level[self._some].copy(), decided.total[self._some].copy())

    def _after(self) -> Sample:
        """Return the sample by these rules."""
        decisions = self.engine.decisions
        wanted = [id(each) for each in decisions.wanted]
        places = [wanted.index(id(each)) for each in (decisions.level, decisions.total)]
        fresh = dict(zip(self._fresh, self._work.run_on(self._some), strict=True))
        level, total = (
            fresh[place] if place in fresh else self._same(place)[self._some] for place in places
        )
        return Sample(level, total)

    @property
    def _some(self) -> slice:
        return sampled(self.memory.columns.size)

    def _same(self, place: int) -> Array:
        (found,) = self.memory.values([self._meanings[place]])
        return found


def _nothing(_start: int, _stop: int) -> None:
    pass
