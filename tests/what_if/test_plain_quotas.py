"""Plain quotas come to the same as quotas of any kind, whoever ties and wherever the limits are."""

from __future__ import annotations

import numpy as np
import pytest
from small_round import rules

from evaluator.scoring.columnar.census import EVERYONE
from evaluator.scoring.columnar.quotas import Quotas
from evaluator.scoring.columnar.standings import Standings
from evaluator.what_if.plain_quotas import PlainQuotas
from rules.syntax import RuleSet

SIZE = 400
LOWEST, HIGHEST = 1, 2


def limited(fives: int, fours: int, counts: str) -> RuleSet:
    return rules(
        ("share: 20%, of: rated", f"number: {fives}"),
        ("     rounding: up, ties", "     ties"),
        (
            "kind: target, counts: and_above, share: 40%, of: rated,\n     rounding: half_up",
            f"kind: at_most, counts: {counts}, number: {fours},\n     direct_awards: counted, "
            "ties: exclude, tie_break: [people]",
        ),
    )


def standings(seed: int) -> Standings:
    chance = np.random.default_rng(seed)
    level = chance.integers(-1, HIGHEST, SIZE, np.int8, endpoint=True)
    ones = np.ones(SIZE, np.int8)
    return Standings(
        rated=np.ones(SIZE, np.bool_),
        level=level,
        awarded=np.zeros(SIZE, np.int8),
        total=chance.integers(0, 12, SIZE, np.int32) * 10_000,
        below={
            name: chance.integers(-1, top, SIZE, np.int8)
            for name, top in (("fives", HIGHEST), ("fours", LOWEST))
        },
        ties={name: [(chance.integers(0, 9, SIZE), ones)] for name in ("fives", "fours")},
        groups={},
        everyone={EVERYONE: np.array([SIZE])},
        applied={EVERYONE: np.array([SIZE])},
    )


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("counts", ["this_level", "and_above"])
@pytest.mark.parametrize(("fives", "fours"), [(0, 0), (30, 50), (37, 90), (80, 81), (399, 400)])
def test_plain_quotas_move_the_same_as_all_quotas(
    fives: int, fours: int, counts: str, seed: int
) -> None:
    rule_set = limited(fives, fours, counts)
    expected, found = standings(seed), standings(seed)
    population = found.populations(EVERYONE)[EVERYONE]
    rows = np.flatnonzero(found.level >= LOWEST)
    reports, moves = Quotas(rule_set, expected).apply()
    mine, moved = PlainQuotas(rule_set, found, rows, population).apply()
    assert mine == reports
    assert np.array_equal(found.level, expected.level)
    for one, other in zip(moved, moves, strict=True):
        assert one.quota is other.quota
        assert np.array_equal(one.who, other.who)
        assert np.array_equal(one.to, other.to)
