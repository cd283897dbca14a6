"""A category under its own rules, read and scored once and ready for others to be tried on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from evaluator.scoring.columnar.awards import award, score
from evaluator.scoring.columnar.columns import Columns
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.outcome import Outcome
from evaluator.scoring.inputs import FactErrors, Inputs
from evaluator.scoring.quotas import QuotaReport
from evaluator.scoring.round import Category, Entry
from evaluator.trials.data import Member
from evaluator.what_if.in_columns import category_round, lacking_everywhere
from evaluator.what_if.inputs_in_columns import ReadEntry, columns_of, read_entries
from evaluator.what_if.memory import Memory
from evaluator.what_if.rounds import CategoryRound, Roster, group_of
from evaluator.what_if.trial import Trial
from rules.syntax import RuleSet, Words

Scores = tuple[Outcome, list[QuotaReport]]
_MOST_TRIALS = 100
"""After so many trials what they have left in the memory is let go."""


@dataclass(frozen=True)
class Incomplete:
    """A participant whose facts do not suffice, and what is missing or wrong in them."""

    code: str
    name: str
    committee: str
    category: str
    lacks: tuple[Words, ...]


@dataclass(frozen=True)
class Read:
    """A category whose facts were read for the rules of an engine."""

    engine: Engine
    entries: Sequence[ReadEntry]
    columns: Columns
    _lacks: dict[int, list[Words]] = field(default_factory=dict)

    @classmethod
    def of(cls, rule_set: RuleSet, members: Sequence[Member], former: Read | None = None) -> Read:
        """Read the facts of all participants of a category.

        Where they were read before by the same rules, only those are read that have changed.
        """
        if former and former.engine.category.rule_set is rule_set:
            engine, known = former.engine, former.entries
        else:
            engine, known = Engine(Category(rule_set)), ()
        entries = read_entries(engine.category, members, known)
        return cls(engine, entries, columns_of(engine.category, entries))

    def seen(self, engine: Engine, scores: Scores) -> CategoryRound:
        """Return what the category comes to by the rules of an engine, to be compared."""
        return category_round(engine, *scores, lacking_everywhere(self.columns))

    def lacks(self, row: int) -> list[Words]:
        """Return what one who was refused lacks; what a group decides is left out of it."""
        if row not in self._lacks:
            each = self.entries[row]
            inputs = None if each.refused else each.inputs
            self._lacks[row] = _lacks_by(self.engine, each.entry, inputs)
        return self._lacks[row]

    def incomplete(self, outcome: Outcome, engine: Engine) -> list[Incomplete]:
        """Return those whom the rules of an engine refused.

        What was read mostly tells what their facts lack, by whichever rules.
        """
        found = []
        for row in np.flatnonzero(outcome.decided.refused).tolist():
            entry = self.entries[row].entry
            who, lacks = entry[0], self.lacks(row) or _lacks_by(engine, entry)
            found.append(Incomplete(who.id, who.name, who.committee, who.category, tuple(lacks)))
        return found


class Scored:
    """A category under its own rules; other rules are tried on what it keeps in memory."""

    def __init__(self, rule_set: RuleSet, members: Sequence[Member], former: Read | None = None):
        self.rule_set = rule_set
        self.read = Read.of(rule_set, members, former)
        self.roster = roster_of(members)
        self.memory = Memory(self.read.engine, self.read.columns)
        scores = award(self.read.engine, self.memory.decided)
        self.seen = self.read.seen(self.read.engine, scores)
        self.incomplete = self.read.incomplete(scores[0], self.read.engine)
        self._tried = 0

    def by(self, engine: Engine) -> Scores:
        """Return the scores by other rules; values that mean the same are not worked out anew.

        Raises NeedsReading where these rules need what was not read.
        """
        if self._tried >= _MOST_TRIALS:
            self.memory, self._tried = Memory(self.read.engine, self.read.columns), 0
        self._tried += 1
        return Trial(self.memory, engine).score()


def scored_anew(read: Read) -> Scores:
    """Return the scores of facts that were read, without any memory."""
    return score(read.engine, read.columns)


def roster_of(members: Sequence[Member]) -> Roster:
    """Return who the organisations of a category are."""
    return Roster(
        pa.array([who.id for who, _ in members], pa.string()),
        pa.array([who.name for who, _ in members], pa.string()),
        group_of([who.committee for who, _ in members]),
    )


def _lacks_by(engine: Engine, entry: Entry, inputs: Inputs | None = None) -> list[Words]:
    """Return which facts one lacks by the rules of an engine, or has wrong."""
    scorer, facts = engine.category.scorer, engine.category.rule_set.facts
    try:
        scorer.assess(inputs or scorer.read(*entry))
    except FactErrors as error:
        names = dict.fromkeys(each.fact for each in error.problems)
        return [facts[each].label if each in facts else Words(each) for each in names]
    return []
