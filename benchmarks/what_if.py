"""What if one thing were different: the cost against scoring everybody anew.

The organisations and what they came to lie in memory; other rules are tried on them, and only what
the change touches is worked out again: sums less one term, and quotas for those near them. One
change moves the threshold of a ladder, which touches some of all organisations; one takes more
points for each missing meeting, which touches most of them. Both are timed up to the levels before
quotas, and the first with the quota as well. A band that is moved has a way of its own, for the
search of thresholds. Each is compared first with what a full pass comes to by the changed rules.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from benchmarks.columnar import ROWS
from benchmarks.measuring import Measured, interleaved_seconds
from benchmarks.nation.lines import LEVELS, TOP
from benchmarks.nation.ours import Ours, category
from benchmarks.nation.population import population
from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.awards import score
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.tables import Tables
from evaluator.scoring.round import Category
from evaluator.what_if.bands import Bands
from evaluator.what_if.memory import Memory
from evaluator.what_if.trial import Trial
from rules.syntax.base import POINT, Points

SHARE = 1 / 20
LATER = 3
"""So many points later does the band of the highest level begin."""
RUNGS = [
    {"at_least": "97", "points": "1"},
    {"at_least": "90", "points": "0.5"},
    {"below": "80", "points": "-1"},
]
LADDER = {"ladder": {"measure": "cover_0", "rungs": RUNGS, "otherwise": "0"}}
MISSED = {"deduct": [{"each": "12 - meetings_0", "points": "0.6"}]}


class MovedBand:
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
    mine = Ours(population(rows))
    memory = Memory(mine.engine, mine.columns)
    band = MovedBand(mine)
    ladder = _trial(mine, memory, {"ladder_points_0": {"rule": LADDER}})
    missed = _trial(mine, memory, {"missed_points_0": {"rule": MISSED}})
    changed = Engine(_later(mine.engine.category))
    assert np.array_equal(changed.decide(mine.columns, Tables()).level, band.levels())
    whole, *times = interleaved_seconds(
        mine.score, band.levels, ladder.levels, missed.levels, ladder.score
    )
    names = (
        "a band moved, levels before quotas",
        "a threshold of one indicator moved, levels before quotas",
        "the points of one indicator changed for most, levels before quotas",
        "a threshold of one indicator moved, levels after quotas",
    )
    return [_row(name, time / whole) for name, time in zip(names, times, strict=True)]


def _trial(mine: Ours, memory: Memory, changes: dict[str, Any]) -> Trial:
    """Return a trial of changed rules that comes to the same as a full pass by them."""
    changed = Engine(category(changes))
    trial = Trial(memory, changed)
    expected, found = score(changed, mine.columns)[0], trial.score()[0]
    assert np.array_equal(expected.decided.total, found.decided.total)
    assert np.array_equal(expected.final, found.final)
    assert np.array_equal(expected.decided.level, trial.levels())
    assert not np.array_equal(found.decided.total, mine.decide().total)
    return trial


def _later(made: Category) -> Category:
    """Return the rules with a highest level that begins later."""
    levels = made.rule_set.levels
    *lower, top = levels.from_low_to_high
    later = replace(top, at_least=Points((LEVELS[TOP].at_least + LATER) * POINT))
    moved = replace(levels, from_low_to_high=(*lower, later))
    return Category(replace(made.rule_set, levels=moved))


def _row(name: str, share: float) -> dict[str, Any]:
    limit = f"limit: {SHARE:.0%} of a full pass"
    allowed = SHARE * 100
    return Measured(
        f"what if: {name}", share * 100, allowed, limit, "% of a pass", SHARE / share, 1.0
    ).as_json()
