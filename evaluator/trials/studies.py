"""A round under its own rules and under others: who moves, and who cannot be scored yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from evaluator.scoring.columnar.awards import award, score
from evaluator.scoring.columnar.columns import Columns
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.outcome import Outcome
from evaluator.scoring.inputs import FactErrors, Inputs
from evaluator.scoring.quotas import QuotaReport
from evaluator.scoring.round import Category
from evaluator.trials.data import Member, RoundData, without_collecting
from evaluator.what_if.in_columns import category_round, lacking_everywhere
from evaluator.what_if.inputs_in_columns import columns_from_entries
from evaluator.what_if.memory import Memory, NeedsReading
from evaluator.what_if.rounds import CategoryRound, Roster, group_of
from evaluator.what_if.study import Study
from evaluator.what_if.trial import Trial
from rules.syntax import RuleSet, Words

RuleSets = Mapping[str, RuleSet]


@dataclass(frozen=True)
class Incomplete:
    """A participant whose facts do not suffice, and what is missing or wrong in them."""

    code: str
    name: str
    committee: str
    category: str
    lacks: tuple[Words, ...]


@dataclass(frozen=True)
class Tried:
    """A what-if over a round, with those whom the rules could not score yet.

    `lacking` counts by category and fact how many lack it; `incomplete` are those refused by the
    rules that were tried.
    """

    study: Study
    incomplete: Sequence[Incomplete] = ()
    lacking: Mapping[tuple[str, Words], int] = field(default_factory=dict)


def tried(data: RoundData, before: RuleSets, after: RuleSets) -> Tried:
    """Return what other rules would change; both sides have the same categories."""
    with without_collecting():
        sides = [_Side(data, name, before[name], after[name]) for name in before]
    study = Study(
        {each.name: each.before for each in sides},
        {each.name: each.after for each in sides},
        {each.name: each.roster for each in sides},
    )
    incomplete = [one for each in sides for one in each.incomplete]
    lacking = Counter((one.category, lack) for one in incomplete for lack in one.lacks)
    return Tried(study, incomplete, dict(lacking.most_common()))


@dataclass(frozen=True)
class _Read:
    """A category whose facts were read for the rules of an engine."""

    engine: Engine
    entries: Sequence[Member]
    columns: Columns
    inputs: Sequence[Inputs]

    @classmethod
    def of(cls, engine: Engine, entries: Sequence[Member]) -> _Read:
        return cls(engine, entries, *columns_from_entries(engine.category, entries))

    def lacks(self, row: int) -> list[Words]:
        """Return what one who was refused lacks; what a group decides is left out of it."""
        unread = self.columns.refused is not None and bool(self.columns.refused[row])
        return lacks_by(self.engine, self.entries[row], None if unread else self.inputs[row])


class _Side:
    """One category under both rules."""

    def __init__(self, data: RoundData, name: str, before: RuleSet, after: RuleSet):
        self.name = name
        self.read = _Read.of(Engine(Category(before)), data.entries(name, before))
        self.roster = roster_of(self.read.entries)
        memory = Memory(self.read.engine, self.read.columns)
        scored = award(self.read.engine, memory.decided)
        self.before = self.after = self._seen(self.read.engine, scored)
        self.engine, entries = self.read.engine, self.read.entries
        if after is not before:
            entries = data.entries(name, after)
            scored = self._by_other_rules(memory, after, entries)
        self.incomplete = self._incomplete(scored[0], entries)

    def _by_other_rules(
        self, memory: Memory, rule_set: RuleSet, entries: Sequence[Member]
    ) -> tuple[Outcome, list[QuotaReport]]:
        """Score by other rules; values that mean the same are not worked out anew."""
        self.engine = Engine(Category(rule_set))
        try:
            scored = Trial(memory, self.engine).score()
        except NeedsReading:
            self.read = _Read.of(self.engine, entries)
            scored = score(self.engine, self.read.columns)
        self.after = self._seen(self.engine, scored)
        return scored

    def _seen(self, engine: Engine, scored: tuple[Outcome, list[QuotaReport]]) -> CategoryRound:
        return category_round(engine, *scored, lacking_everywhere(self.read.columns))

    def _incomplete(self, outcome: Outcome, entries: Sequence[Member]) -> list[Incomplete]:
        """Return those refused; what is read already mostly tells what their facts lack."""
        found = []
        for row in np.flatnonzero(outcome.decided.refused).tolist():
            who, _ = entries[row]
            lacks = self.read.lacks(row) or lacks_by(self.engine, entries[row])
            found.append(Incomplete(who.id, who.name, who.committee, who.category, tuple(lacks)))
        return found


def lacks_by(engine: Engine, entry: Member, inputs: Inputs | None = None) -> list[Words]:
    """Return which facts one lacks by the rules of an engine, or has wrong."""
    scorer, facts = engine.category.scorer, engine.category.rule_set.facts
    try:
        scorer.assess(inputs or scorer.read(*entry))
    except FactErrors as error:
        names = dict.fromkeys(each.fact for each in error.problems)
        return [facts[each].label if each in facts else Words(each) for each in names]
    return []


def roster_of(entries: Sequence[Member]) -> Roster:
    """Return who the organisations of a category are."""
    return Roster(
        pa.array([who.id for who, _ in entries], pa.string()),
        pa.array([who.name for who, _ in entries], pa.string()),
        group_of([who.committee for who, _ in entries]),
    )


def columns_for(rule_set: RuleSet, entries: Sequence[Member]) -> tuple[Engine, Columns]:
    """Return the participants of a category as columns, with the engine that scores them."""
    engine = Engine(Category(rule_set))
    return engine, columns_from_entries(engine.category, entries)[0]
