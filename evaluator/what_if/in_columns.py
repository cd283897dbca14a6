"""A round under one set of rules, scored as columns."""

from __future__ import annotations

from collections.abc import Mapping

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.awards import score
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.outcome import Outcome
from evaluator.scoring.columnar.steps import joined, step_sequences
from evaluator.scoring.round import Category
from evaluator.what_if.gathering import Gathered
from evaluator.what_if.rounds import CategoryRound, Texts
from evaluator.what_if.standings import Standings
from rules.syntax import RuleSet


def scored(
    rule_sets: Mapping[str, RuleSet], gathered: Mapping[str, Gathered]
) -> dict[str, CategoryRound]:
    """Return what the organisations of each category come to."""
    return {
        name: category_round(Engine(Category(rule_sets[name])), each)
        for name, each in gathered.items()
    }


def category_round(engine: Engine, gathered: Gathered) -> CategoryRound:
    """Return what the organisations of one category come to."""
    outcome, reports = score(engine, gathered.columns)
    return CategoryRound(
        engine.category.rule_set, Standings.of(outcome), reports, _steps(engine, outcome)
    )


def _steps(engine: Engine, outcome: Outcome) -> Texts:
    def texts(rows: Array) -> list[str]:
        stages = [stage[rows] for stage in outcome.stages]
        numbers, sequences = step_sequences(stages, engine.decisions.words, len(rows))
        words = joined(sequences, "zh")
        return [words[each] for each in numbers.tolist()]

    return texts
