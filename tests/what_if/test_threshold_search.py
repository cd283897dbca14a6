"""Bands that meet population targets: no other band on the grid comes closer, by real passes."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from small_round import columns, engine, rules

from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.round import Category
from evaluator.what_if.bands import Bands
from evaluator.what_if.categories import ready
from evaluator.what_if.proposals import proposal
from evaluator.what_if.thresholds import Target, Threshold, moved, own_targets, search, yaml_lines
from rules.checks import check
from rules.syntax import RuleSet

HALF = 5000
FOUR = Target("four_star", Fraction(2, 5))
FIVE = Target("five_star", Fraction(1, 10))


def found(*targets: Target) -> list[Threshold]:
    made = engine()
    tables = made.tables(lambda work: [work(made, columns())])
    return search(Bands(made, columns(), tables), targets, HALF)


def held(rule_set: RuleSet, level: int) -> int:
    """Return how many hold a level or a higher one by a real pass."""
    made = Engine(Category(rule_set))
    tables = made.tables(lambda work: [work(made, columns())])
    return int(np.count_nonzero(made.decide(columns(), tables).level >= level))


def with_band(level: str, at_least: int) -> RuleSet:
    old = {"three_star": "at_least: 12", "four_star": "at_least: 18", "five_star": "at_least: 24"}
    return rules((old[level], f"at_least: {at_least / 10_000}"))


def test_levels_by_the_bands_as_they_are_are_those_of_the_engine() -> None:
    made = engine()
    tables = made.tables(lambda work: [work(made, columns())])
    bands = Bands(made, columns(), tables)
    given = [bands.band(number, int(each.at_least)) for number, each in enumerate(bands.levels)]
    assert np.array_equal(bands.decided(given), made.decide(columns(), tables).level)


@pytest.mark.parametrize(
    ("target", "number", "starts"),
    [(FOUR, 1, range(125_000, 240_000, HALF)), (FIVE, 2, range(185_000, 330_000, HALF))],
)
def test_no_other_start_comes_closer(target: Target, number: int, starts: range) -> None:
    (threshold,) = found(target)
    counts = {each: held(with_band(target.level, each), number) for each in starts}
    closest = min(abs(count - threshold.wanted) for count in counts.values())
    assert abs(threshold.found.count - threshold.wanted) == closest
    assert counts[threshold.found.at_least] == threshold.found.count
    for beside, step in ((threshold.lower, -HALF), (threshold.higher, HALF)):
        assert beside is not None
        at_least = threshold.found.at_least + step
        assert (beside.at_least, beside.count) == (at_least, counts[at_least])


def test_several_targets_hold_together_and_bands_stay_in_order() -> None:
    three = Target("three_star", Fraction(7, 10))
    thresholds = found(FIVE, three, FOUR)
    after = moved(rules(), thresholds)
    assert [each.level.id for each in thresholds] == ["five_star", "four_star", "three_star"]
    assert [each.found.count for each in thresholds] == [held(after, 2 - n) for n in range(3)]
    assert check(after) == []


def test_room_is_left_for_the_bands_below() -> None:
    everyone = Fraction(1)
    thresholds = found(*(Target(each.level.id, everyone) for each in found(FIVE, FOUR)))
    after = moved(rules(), thresholds)
    starts = [each.at_least for each in after.levels.from_low_to_high]
    assert starts == sorted(set(starts))


def test_target_that_gates_and_caps_forbid_cannot_be_met() -> None:
    (threshold,) = found(Target("five_star", Fraction(9, 10)))
    assert (threshold.can_be_met, threshold.most < threshold.wanted) == (False, True)


def test_target_below_the_direct_awards_cannot_be_met() -> None:
    (threshold,) = found(Target("five_star", Fraction(0)))
    assert (threshold.can_be_met, threshold.least > 0) == (False, True)


def test_target_of_a_level_alone_adds_those_above() -> None:
    (alone,) = found(Target("four_star", Fraction(1, 5), alone=True))
    assert alone.above == held(rules(), 2)
    assert alone.wanted == Fraction(1, 5) * alone.rated + alone.above


def test_targets_are_those_that_the_rule_set_watches() -> None:
    assert own_targets(rules()) == [FOUR]


def test_lines_to_change_are_those_of_yaml() -> None:
    before = rules()
    after = rules(("at_least: 24", "at_least: 22.5"), ("below: 24", "below: 22.5"))
    assert yaml_lines(before, after) == [
        "levels:",
        "  from_low_to_high:",
        "    - id: four_star",
        "      below: 22.5  # 24",
        "    - id: five_star",
        "      at_least: 22.5  # 24",
    ]
    assert yaml_lines(before, before) == []


def test_proposal_is_verified_and_counts_what_quotas_leave() -> None:
    said = proposal(ready(engine(), columns()), [FIVE], HALF, quotas=True)
    (level,) = said["levels"]
    assert (level["share"], level["can_be_met"], level["why"]["zh"]) == ("10%", True, "")
    assert level["after_quotas"] <= level["count"]
    assert level["count"] == found(FIVE)[0].found.count
