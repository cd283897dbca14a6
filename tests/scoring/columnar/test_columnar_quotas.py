"""Quotas on standings: what holders are ordered by before points are."""

from __future__ import annotations

import numpy as np
import pytest
from factories import rule_set
from three_levels import THREE_LEVELS

from evaluator.scoring.columnar.census import EVERYONE
from evaluator.scoring.columnar.quotas import Quotas
from evaluator.scoring.columnar.standings import Standings

RULES = (
    THREE_LEVELS
    + """\
quotas:
  - {id: q, level: four, kind: at_most, counts: COUNTS, number: 1, ties: include}
"""
)


@pytest.mark.parametrize(
    ("counts", "levels", "after", "met"),
    [
        ("this_level", [1, 1, 2], [1, 1, 2], True),
        ("this_level", [1, 0, -1], [1, 0, -1], True),
        ("and_above", [1, 2, 0], [0, 2, 0], True),
        ("and_below", [0, 1, 2], [0, 1, 2], False),
        ("and_below", [1, 1, 2], [1, 1, 2], True),
    ],
)
def test_equal_points_tie_only_at_the_same_level(
    counts: str, levels: list[int], after: list[int], met: bool
) -> None:
    everyone = {EVERYONE: np.array([3])}
    standings = Standings(
        rated=[np.array([True, True, True])],
        level=np.array(levels, np.int8),
        awarded=np.zeros(3, np.int8),
        total=np.full(3, 850_000, np.int32),
        below={"q": np.zeros(3, np.int8)},
        ties={"q": []},
        groups={},
        everyone=everyone,
        applied=everyone,
    )
    (report,), _ = Quotas(rule_set(RULES.replace("COUNTS", counts)), standings).apply()
    assert (standings.level.tolist(), report.met) == (after, met)
