"""Quotas of a trial on those alone who hold a level that some quota limits.

Who held such a level by the first rules is known, and few others have come to one; nobody else
is looked at. Only their number counts, as it did before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.columnar.awards import award, quota_steps
from evaluator.scoring.columnar.census import EVERYONE, groups_of
from evaluator.scoring.columnar.columns import Group
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.moves import moved_to
from evaluator.scoring.columnar.outcome import Decided, Outcome
from evaluator.scoring.columnar.quotas import Quotas
from evaluator.scoring.columnar.standings import Standings, standings_of_decided
from evaluator.scoring.columnar.threads import numbers_of
from evaluator.scoring.quotas import Population, QuotaReport
from evaluator.scoring.reading import Raw
from evaluator.what_if.plain_quotas import are_plain
from rules.syntax import Quota, RuleSet

_WORD = 8
"""So many truths are looked at together where few of them hold."""


def few_numbers(truths: Bools) -> Array:
    """Return where truths hold, as `np.flatnonzero` does, sooner where that is seldom."""
    whole = len(truths) // _WORD * _WORD
    words = np.flatnonzero(truths[:whole].view(np.uint64))
    if len(words) * _WORD * 4 > whole:
        return numbers_of(truths)
    places = (words[:, np.newaxis] * _WORD + np.arange(_WORD)).ravel()
    rest = np.flatnonzero(truths[whole:]) + whole
    return np.concatenate([places[truths[places]], rest])


def settled(engine: Engine, decided: Decided, quotas: Quotas) -> tuple[Outcome, list[QuotaReport]]:
    """Return the levels after quotas on everybody."""
    reports, moves = quotas.apply()
    return Outcome(decided, quotas.standings.level, quota_steps(engine, moves)), reports


class Near:
    """Who is near the quotas by the first rules; `award` gives the levels by others."""

    def __init__(self, decided: Decided):
        self.decided = decided
        self.rated = decided.assessed & decided.decided & decided.rated
        self._totals: dict[int, Array] = {}
        self._holders: dict[int, tuple[Array, Bools]] = {}
        self._counts: dict[tuple[str, ...], _Counts] = {}

    def award(self, engine: Engine, decided: Decided) -> tuple[Outcome, list[QuotaReport]]:
        """Return the levels after quotas, as `awards.award` does."""
        rule_set = engine.category.rule_set
        if not rule_set.quotas or not self._serves(rule_set.quotas, decided):
            return award(engine, decided)
        if are_plain(rule_set):
            return settled(engine, decided, self.quotas(engine, decided))
        rows = self._rows(_least(rule_set), decided.level)
        reports, moves = Quotas(rule_set, self._standings(rule_set.quotas, decided, rows)).apply()
        final, placed = decided.level, []
        for each in moves:
            placed.append(moved_to(each.quota, final, rows[each.who], each.to))
            final = placed[-1].after
        return Outcome(decided, final, quota_steps(engine, placed)), reports

    def quotas(self, engine: Engine, decided: Decided) -> Quotas:
        """Return plain quotas on everybody; the same must be rated as by the first rules."""
        rule_set = engine.category.rule_set
        standings = self._everybody(rule_set.quotas, decided)
        return Quotas(rule_set, standings, engine.rooms, engine.kernel)

    def totals(self, level: int) -> Array:
        """Return the totals of all who hold a level by the first rules, in rising order."""
        if level not in self._totals:
            self._totals[level] = np.sort(self.decided.total[self.decided.level == level])
        return self._totals[level]

    def _serves(self, quotas: Sequence[Quota], decided: Decided) -> bool:
        """Return whether the same are rated, and no quota looks at those below a level."""
        names = ("assessed", "decided", "rated")
        pairs = [(getattr(decided, each), getattr(self.decided, each)) for each in names]
        same = all(np.shares_memory(one, other) for one, other in pairs)
        below = (each.kind == "at_least" or each.counts == "and_below" for each in quotas)
        return same and not any(below)

    def _rows(self, least: int, level: Array) -> Array:
        """Return the rated who held or hold some level or a higher one."""
        if least not in self._holders:
            held = self.rated & (self.decided.level >= least)
            self._holders[least] = numbers_of(held), self.rated & ~held
        rows, others = self._holders[least]
        gained = others & (level >= least)
        return np.concatenate([rows, few_numbers(gained)]) if gained.any() else rows

    def _everybody(self, quotas: Sequence[Quota], decided: Decided) -> _Counted:
        counts = self._counted(quotas)
        return _Counted(
            (self.rated,),
            decided.level,
            decided.awarded,
            decided.total,
            decided.below,
            decided.ties,
            {},
            counts.everyone,
            counts.applied,
            populated=counts.populations,
        )

    def _standings(self, quotas: Sequence[Quota], decided: Decided, rows: Array) -> _Counted:
        counts, picked = self._counted(quotas), _Picking(rows, self._everywhere)
        return _Counted(
            (np.ones(len(rows), np.bool_),),
            np.take(decided.level, rows),
            picked.of(decided.awarded),
            picked.of(decided.total),
            {name: picked.of(each) for name, each in decided.below.items()},
            {
                name: [(picked.of(over), picked.of(under)) for over, under in pairs]
                for name, pairs in decided.ties.items()
            },
            {
                among: Group(decided.groups[among].codes[rows], decided.groups[among].words)
                for among in groups_of(quotas)
            },
            counts.everyone,
            counts.applied,
            populated=counts.populations,
        )

    @cached_property
    def _everywhere(self) -> dict[int, Array]:
        """The arrays of the first rules that hold one value, by their ids, as that value."""
        each = self.decided
        ties = [side for pairs in each.ties.values() for pair in pairs for side in pair]
        arrays = [each.awarded, *each.below.values(), *ties]
        same = [array for array in arrays if len(array) and (array == array[0]).all()]
        return {id(array): array[:1] for array in same}

    def _counted(self, quotas: Sequence[Quota]) -> _Counts:
        key = tuple(groups_of(quotas))
        if key not in self._counts:
            # Values that differ between quotas are not looked at here.
            part = standings_of_decided(self.decided, quotas)
            self._counts[key] = _Counts(
                part.everyone,
                part.applied,
                {among: part.populations(among) for among in (EVERYONE, *key)},
            )
        return self._counts[key]


@dataclass(frozen=True)
class _Counts:
    """How many organisations there are in each group, by what makes the groups."""

    everyone: Mapping[str, Array]
    applied: Mapping[str, Array]
    populations: Mapping[str, dict[Raw, Population]]


@dataclass
class _Counted(Standings):
    """Organisations of a category, or some of them, with the populations of all."""

    populated: Mapping[str, dict[Raw, Population]] = field(default_factory=dict)

    def populations(self, among: str) -> dict[Raw, Population]:
        """Return how many there are in each group: given, applied and rated."""
        return self.populated[among]


@dataclass(frozen=True)
class _Picking:
    """Takes some rows of arrays; of those that hold one value, that value alone is looked at."""

    rows: Array
    everywhere: Mapping[int, Array]

    def of(self, array: Array) -> Array:
        """Return what stands for the rows of an array."""
        value = self.everywhere.get(id(array))
        if value is not None:
            return np.broadcast_to(value, len(self.rows))
        return np.take(array, self.rows)


def _least(rule_set: RuleSet) -> int:
    """Return the lowest level that a quota is about."""
    levels = [each.id for each in rule_set.levels.from_low_to_high]
    return min(levels.index(each.level) for each in rule_set.quotas)
