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
from evaluator.scoring.inputs import FactErrors
from evaluator.scoring.round import Category
from evaluator.trials.data import Member, RoundData
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
    sides = [_Side(data, name, before[name], after[name]) for name in before]
    study = Study(
        {each.name: each.before for each in sides},
        {each.name: each.after for each in sides},
        {each.name: each.roster for each in sides},
    )
    incomplete = [one for each in sides for one in each.incomplete]
    lacking = Counter((one.category, lack) for one in incomplete for lack in one.lacks)
    return Tried(study, incomplete, dict(lacking.most_common()))


class _Side:
    """One category under both rules."""

    def __init__(self, data: RoundData, name: str, before: RuleSet, after: RuleSet):
        self.name = name
        entries = data.entries(name, before)
        self.roster = roster_of(entries)
        first = _Scored(before, entries)
        self.before = first.round
        if after == before:
            self.after, self.incomplete = first.round, first.incomplete()
            return
        self.after, self.incomplete = first.by_other_rules(after, data.entries(name, after))


class _Scored:
    """A category read and scored by one rule set, its values kept for others."""

    def __init__(self, rule_set: RuleSet, entries: Sequence[Member]):
        self.engine = Engine(Category(rule_set))
        self.entries = entries
        self.columns, _ = columns_from_entries(self.engine.category, entries)
        self.memory = Memory(self.engine, self.columns)
        self.outcome, reports = award(self.engine, self.memory.decided)
        self.round = category_round(
            self.engine, self.outcome, reports, lacking_everywhere(self.columns)
        )

    def incomplete(self) -> list[Incomplete]:
        """Return those who could not be scored."""
        return _incomplete(self.engine.category, self.entries, self.outcome)

    def by_other_rules(
        self, rule_set: RuleSet, entries: Sequence[Member]
    ) -> tuple[CategoryRound, list[Incomplete]]:
        """Return what other rules come to; values that mean the same are not worked out anew."""
        engine = Engine(Category(rule_set))
        columns = self.columns
        try:
            outcome, reports = Trial(self.memory, engine).score()
        except NeedsReading:
            columns, _ = columns_from_entries(engine.category, entries)
            outcome, reports = score(engine, columns)
        found = category_round(engine, outcome, reports, lacking_everywhere(columns))
        return found, _incomplete(engine.category, entries, outcome)


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


def _incomplete(
    category: Category, entries: Sequence[Member], outcome: Outcome
) -> list[Incomplete]:
    """Return those refused, with what their facts lack."""
    rows = np.flatnonzero(outcome.decided.refused).tolist()
    return [
        Incomplete(
            entries[row][0].id,
            entries[row][0].name,
            entries[row][0].committee,
            entries[row][0].category,
            tuple(_lacks(category, entries[row])),
        )
        for row in rows
    ]


def _lacks(category: Category, entry: Member) -> list[Words]:
    """Return what one who was refused lacks; what a group decides is left out of it."""
    scorer, facts = category.scorer, category.rule_set.facts
    try:
        scorer.assess(scorer.read(*entry))
    except FactErrors as error:
        return [
            facts[each.fact].label if each.fact in facts else Words(each.fact)
            for each in error.problems
        ]
    return []
