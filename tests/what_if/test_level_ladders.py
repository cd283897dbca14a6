"""Levels of two rule sets on one ladder."""

from __future__ import annotations

from factories import rule_set

from evaluator.what_if.ladder import joined, ladder_of
from rules.syntax import RuleSet

WITHOUT = ["refused", "not_applied", "not_rated", "no_level"]


def rules(*levels: str) -> RuleSet:
    items = "".join(
        f"    - {{id: {each}, title: {each}, at_least: {place}}}\n"
        for place, each in enumerate(levels, 1)
    )
    return rule_set(
        "scale: {total: 10}\nfacts: {}\ndimensions: []\n"
        f"levels:\n  measured_on: unrounded\n  promotion: any\n  from_low_to_high:\n{items}"
    )


def test_levels_of_the_same_id_are_the_same() -> None:
    ladder = ladder_of(rules("low", "high"), rules("low", "high"))
    assert [each.id for each in ladder.states] == [*WITHOUT, "low", "high"]
    assert (ladder.before, ladder.after) == ((4, 5), (4, 5))


def test_level_that_was_dropped_stands_above_the_one_below_it() -> None:
    ladder = ladder_of(rules("low", "middle", "high"), rules("low", "high"))
    assert [each.id for each in ladder.states] == [*WITHOUT, "low", "middle", "high"]
    assert (ladder.before, ladder.after) == ((4, 5, 6), (4, 6))


def test_level_that_is_new_stands_where_the_new_rules_have_it() -> None:
    ladder = ladder_of(rules("low", "high"), rules("lowest", "low", "high", "top"))
    assert (ladder.before, ladder.after) == ((5, 6), (4, 5, 6, 7))


def test_order_of_the_new_rules_holds() -> None:
    assert joined(["a", "b"], ["b", "a"]) == ["b", "a"]
    assert joined(["x", "a"], ["a"]) == ["x", "a"]
