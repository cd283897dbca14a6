"""Decisions of many organisations as rows, by the explaining path and by columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from odd_rule_sets import TEXTS, odd
from published_rules import all_published

from evaluator.scoring.assessment import Assessment
from evaluator.scoring.cohort import fill_cohort
from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.columns import Columns
from evaluator.scoring.columnar.decisions import Decisions, decisions_of
from evaluator.scoring.columnar.kernel import Kernel
from evaluator.scoring.columnar.layout import Layout
from evaluator.scoring.columnar.outcome import Decided
from evaluator.scoring.inputs import FactErrors, Inputs
from evaluator.scoring.levels import Decision, LevelRules
from evaluator.scoring.round import Category
from rules.integers import Int
from rules.syntax import Words


@dataclass(frozen=True)
class Row:
    """What one organisation comes to before quotas."""

    refused: bool = False
    assessed: bool = False
    decided: bool = False
    rated: bool = False
    total: int = 0
    level: int = -1
    awarded: frozenset[int] = frozenset()
    steps: tuple[Words, ...] = ()


@dataclass(frozen=True, repr=False)
class Made:
    """A rule set made ready for both paths."""

    category: Category
    layout: Layout
    decisions: Decisions


def make(category: Category) -> Made:
    """Return a category made ready."""
    layout = Layout(category)
    return Made(category, layout, decisions_of(category, layout))


@cache
def every_rule_set() -> dict[str, Made]:
    """Return the odd rule sets and the published ones."""
    odd_ones = {name: make(Category(odd(name))) for name in TEXTS}
    return odd_ones | {str(each): make(each.category) for each in all_published()}


def row_of(assessment: Assessment | None, decision: Decision) -> Row:
    """Return the row of a decision by the explaining path."""
    return Row(
        False,
        assessment is not None,
        True,
        decision.rated,
        assessment.total if assessment else 0,
        decision.index,
        decision.awarded,
        tuple(decision.steps),
    )


def explained(made: Made, everyone: Sequence[Inputs]) -> list[Row]:
    """Return rows by the explaining path: who is not rated first, then everyone else."""
    category, rows = made.category, {}
    staying = []
    for number, inputs in enumerate(everyone):
        if not inputs.organisation.applied:
            rows[number] = Row()
        elif decision := category.first_pass.not_rated(inputs):
            rows[number] = _left_out(category, inputs, decision)
        else:
            staying.append(number)
    fill_cohort(category.scorer, [everyone[number] for number in staying])
    for number in staying:
        rows[number] = _scored(category, everyone[number])
    return [rows[number] for number in range(len(everyone))]


def _left_out(category: Category, inputs: Inputs, decision: Decision) -> Row:
    try:
        return row_of(category.first_pass.assessment(inputs), decision)
    except FactErrors:
        return Row(refused=True)


def _scored(category: Category, inputs: Inputs) -> Row:
    try:
        assessment = category.scorer.assess(inputs)
    except FactErrors:
        return Row(refused=True)
    return row_of(assessment, category.levels.decide(assessment))


def columns_of(rules: LevelRules, everyone: Sequence[Inputs]) -> Columns:
    """Return the same organisations as columns."""
    size, program = len(everyone), everyone[0]
    slots = [
        np.array([each.slots[number] for each in everyone], np.int64)
        for number in range(len(program.slots))
    ]
    lacked = {name for each in everyone for name in each.missing}
    standing = [each.organisation for each in everyone]
    return Columns(
        size,
        slots,
        {name: np.array([name in each.missing for each in everyone]) for name in lacked},
        np.array([each.applied for each in standing]),
        np.array([rules.index.get(each.previous_level, -1) for each in standing]),
        np.array([each.years_at_level for each in standing]),
        np.array([each.founded for each in everyone]),
        {},
    )


def in_columns(made: Made, everyone: Sequence[Inputs]) -> Decided:
    """Return what organisations come to by columns; slots of the group are filled already."""
    columns = columns_of(made.category.levels, everyone)
    left = left_out(made, columns) if made.decisions.grouped else None
    kernel = Kernel(definitions(made), made.decisions.wanted, made.layout.known(columns))
    arrays = kernel.run(made.layout.arrays(columns, left=left), columns.size)
    return made.decisions.collect(columns, arrays)


def left_out(made: Made, columns: Columns) -> Array:
    """Return the step of whoever is not rated; what is compared is not even looked at."""
    ungrouped = made.layout.ungrouped()
    slots = [None if n in ungrouped else array for n, array in enumerate(columns.slots)]
    kernel = Kernel(
        definitions(made), [made.decisions.left], made.layout.known(columns) | ungrouped
    )
    return kernel.run(made.layout.arrays(replace(columns, slots=slots)), columns.size)[0]


def definitions(made: Made) -> list[Int]:
    """Return the outputs of a program as expressions."""
    return [each.value for each in made.category.scorer.program.outputs]


def rows_of(made: Made, decided: Decided) -> list[Row]:
    """Return rows by columns."""
    words = made.decisions.words
    return [
        Row(
            bool(decided.refused[i]),
            bool(decided.assessed[i]),
            bool(decided.decided[i]),
            bool(decided.rated[i]),
            int(decided.total[i]),
            int(decided.level[i]),
            frozenset(n for n in range(62) if int(decided.awarded[i]) >> n & 1),
            tuple(words[int(stage[i])] for stage in decided.steps if stage[i]),
        )
        for i in range(decided.size)
    ]
