"""What if one thing were different: the cost against scoring everybody anew.

Only what follows from the change is worked out again. One row moves the band of the highest
level, from what a first pass has left; the other takes every indicator once to be full and once
to be nothing, and gives the time of one such trial, what is kept for all of them included. Both
give the level of every organisation before quotas, and are compared first with what a full pass
makes of changed rules or facts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from benchmarks.columnar import ROWS
from benchmarks.measuring import Measured, interleaved_seconds
from benchmarks.nation.lines import LEVELS, LINES, TOP
from benchmarks.nation.ours import Ours
from benchmarks.nation.population import head, population
from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.tables import Tables
from evaluator.scoring.round import Category
from evaluator.what_if.bands import Bands
from evaluator.what_if.sensitivity import Sensitivity
from rules.syntax.base import POINT, Points

SHARE = 1 / 20
SAMPLE = 20_000
LATER = 3
"""So many points later does the band of the highest level begin."""


class Trial:
    """One band moved, from what is worked out once."""

    def __init__(self, mine: Ours):
        self.bands = Bands(mine.engine, mine.columns, Tables())
        places = range(len(LEVELS))
        self.now = [self.bands.band(each, LEVELS[each].at_least * POINT) for each in places]

    def levels(self) -> Array:
        """Return the levels if the highest began later."""
        moved = list(self.now)
        moved[TOP] = self.bands.band(TOP, (LEVELS[TOP].at_least + LATER) * POINT)
        return self.bands.decided(moved)


def measure(rows: int = ROWS) -> list[dict[str, Any]]:
    """Return the rows of this benchmark for so many organisations."""
    columns = population(rows)
    _check(Ours(head(columns, min(rows, SAMPLE))))
    mine = Ours(columns)
    trial, sensitivity = Trial(mine), Sensitivity(mine.engine)
    whole, band, all_trials = interleaved_seconds(
        mine.score, trial.levels, lambda: sensitivity.of(mine.columns, Tables())
    )
    one = all_trials / (2 * len(LINES))
    return [
        _row(f"what if a band were moved, {rows:,} organisations", band / whole),
        _row(f"what if one indicator were full, {rows:,} organisations", one / whole),
    ]


def _check(mine: Ours) -> None:
    """Compare with a full pass over the rules as they would be."""
    assert np.array_equal(Trial(mine).levels(), _by_changed_rules(mine))
    ids = {each.indicator.id for each in Sensitivity(mine.engine).of(mine.columns, Tables())}
    assert ids == {line.id for line in LINES}


def _by_changed_rules(mine: Ours) -> Array:
    rule_set = mine.engine.category.rule_set
    *lower, top = rule_set.levels.from_low_to_high
    later = replace(top, at_least=Points((LEVELS[TOP].at_least + LATER) * POINT))
    levels = replace(rule_set.levels, from_low_to_high=(*lower, later))
    changed = Engine(Category(replace(rule_set, levels=levels)))
    return changed.decide(mine.columns, Tables()).level


def _row(name: str, share: float) -> dict[str, Any]:
    limit = f"limit: {SHARE:.0%} of a full pass"
    return Measured(
        name, share * 100, SHARE * 100, limit, "% of a pass", SHARE / share, 1.0
    ).as_json()
