"""Our side: the explaining path, one organisation at a time, and the columnar engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from benchmarks.nation.population import Columns, raw_rows
from benchmarks.nation.rule_set import rule_set_text
from benchmarks.nation.scores import Scores
from evaluator.scoring.columnar import columns as columnar
from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.awards import award
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.outcome import Decided
from evaluator.scoring.columnar.tables import Tables
from evaluator.scoring.inputs import Organisation
from evaluator.scoring.round import Category, score_round
from rules.loader import load_text

NAME = "ours, columns"
UNITS = 100
"""Totals are in 1/10,000 points, and in hundredths here, as all sides give them."""


def category(changed: Mapping[str, dict[str, Any]] | None = None) -> Category:
    """Return the rule set, made ready; `changed` holds other keys for some indicators."""
    return Category(load_text(rule_set_text(changed)))


def explained(columns: Columns) -> Scores:
    """Return what a round of the explaining path comes to: the authority for every side."""
    made = category()
    entries = [
        (Organisation(str(number), str(number), made.rule_set.category), raw)
        for number, raw in enumerate(raw_rows(columns))
    ]
    results = score_round({made.rule_set.category: made}, entries).results
    assessments = [each.assessment for each in results if each.assessment]
    decisions = [each.decision for each in results if each.decision]
    return Scores(
        np.array([each.total // UNITS for each in assessments]),
        np.array([made.levels.decide(each).index for each in assessments]),
        np.array([each.index for each in decisions]),
    )


class Ours:
    """The columnar engine over columns that lie in memory; by NumPy, or by the compiled kernel."""

    def __init__(self, columns: Columns, compiled: bool = False):
        made = category()
        self.engine = Engine(made, kernel="native" if compiled else "numpy")
        self.columns = _columns(made, columns)

    def decide(self) -> Decided:
        """Return points and levels before the quota."""
        return self.engine.decide(self.columns, Tables())

    def final(self, decided: Decided) -> Array:
        """Return the levels after the quota."""
        return award(self.engine, decided)[0].final

    def score(self) -> Scores:
        """Return all of it."""
        decided = self.decide()
        return Scores(decided.total, decided.level, self.final(decided))


def in_hundredths(scores: Scores) -> Scores:
    """Return totals as the other sides give them; done apart, where results are compared."""
    assert not np.any(scores.totals % UNITS)
    return Scores(scores.totals // UNITS, scores.levels, scores.final)


def prepare(columns: Columns) -> Callable[[], Scores]:
    """Make the engine, and return what is timed."""
    return Ours(columns).score


def _columns(made: Category, facts: Columns) -> columnar.Columns:
    """Return the same arrays, without a copy, as the engine takes them."""
    size = len(next(iter(facts.values())))
    slots = [facts.get(slot.name) for slot in made.scorer.program.slots]
    assert all(slot.kind == "fact" for slot in made.scorer.program.slots)
    nobody = np.zeros(size, np.int8)
    everybody = columnar.Group(nobody, [""])
    return columnar.Columns(
        size,
        slots,
        {},
        np.ones(size, np.bool_),
        nobody - np.int8(1),
        nobody,
        np.zeros(size, np.int32),
        {"category": everybody, "round": everybody},
    )
