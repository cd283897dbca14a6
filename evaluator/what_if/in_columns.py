"""A round under two sets of rules, scored as columns that are read once where that will do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.awards import award, score
from evaluator.scoring.columnar.columns import Columns
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.outcome import Outcome
from evaluator.scoring.columnar.steps import joined, step_sequences
from evaluator.scoring.quotas import QuotaReport
from evaluator.scoring.round import Category
from evaluator.what_if.gathering import Gathered, gather
from evaluator.what_if.memory import Memory, NeedsReading
from evaluator.what_if.rounds import CategoryRound, Roster, Texts
from evaluator.what_if.stages import Begin
from evaluator.what_if.standings import Standings
from evaluator.what_if.trial import Trial
from rules.syntax import RuleSet

RuleSets = Mapping[str, RuleSet]
Rounds = dict[str, CategoryRound]


class BothSides:
    """What the organisations of a file come to by the first rules and by the others.

    Where the others need no more than the first have read, they are tried on the columns in
    memory; the other categories are read once more, when the columns of the first are gone.
    """

    def __init__(self, data: Path, sides: tuple[RuleSets, RuleSets], others: RuleSets):
        """Take the rules of both sides for the same categories, and those of other rows."""
        self.data, self.sides, self.others = data, sides, others
        self.before: Rounds = {}
        self.after: Rounds = {}
        self.rosters: dict[str, Roster] = {}

    def read(self, begin: Begin) -> None:
        """Read the file and score both sides; raises TableErrors."""
        first, second = self.sides
        gathered = gather(self.data, {**self.others, **first}, list(first), begin)
        self.rosters = {name: each.roster for name, each in gathered.items()}
        advance = begin("Scoring", len(gathered))
        for name in list(gathered):
            self._score(name, gathered.pop(name))
            advance(1)
        again = [name for name in self.before if name not in self.after]
        if again:
            found = gather(self.data, {**self.others, **second}, again, begin, "Reading again")
            for name, each in found.items():
                engine = Engine(Category(second[name]))
                self.after[name] = category_round(
                    engine, *score(engine, each.columns), lacking_everywhere(each.columns)
                )
            self.after = {name: self.after[name] for name in self.before}

    def _score(self, name: str, gathered: Gathered) -> None:
        """Score a category by the first rules, and by the others if that can be done here."""
        first, second = (Engine(Category(side[name])) for side in self.sides)
        memory = Memory(first, gathered.columns)
        absent = lacking_everywhere(gathered.columns)
        self.before[name] = category_round(first, *award(first, memory.decided), absent)
        try:
            trial = Trial(memory, second)
        except NeedsReading:
            return
        self.after[name] = category_round(second, *trial.score(), absent)


def lacking_everywhere(columns: Columns) -> frozenset[str]:
    """Return the facts that nobody who applied has."""
    return frozenset(
        name for name, lacking in columns.missing.items() if lacking[columns.applied].all()
    )


def category_round(
    engine: Engine, outcome: Outcome, reports: list[QuotaReport], absent: frozenset[str]
) -> CategoryRound:
    """Return what a category came to, as whatever compares it needs to see it."""
    rule_set = engine.category.rule_set
    return CategoryRound(
        rule_set,
        Standings.of(outcome),
        reports,
        _steps(engine, outcome),
        tuple(name for name in rule_set.facts if name in absent),
    )


def _steps(engine: Engine, outcome: Outcome) -> Texts:
    def texts(rows: Array) -> list[str]:
        stages = [stage[rows] for stage in outcome.stages]
        numbers, sequences = step_sequences(stages, engine.decisions.words, len(rows))
        words = joined(sequences, "zh")
        return [words[each] for each in numbers.tolist()]

    return texts
