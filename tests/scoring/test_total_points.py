"""Dimensions, weights, blocks, ceiling and composition."""

from __future__ import annotations

from functools import cache

import pytest
from factories import assess, rule_set, total

from rules.numbers import points_text
from rules.syntax import RuleSet


@cache
def made(scale: str, p: str = "", q: str = "", more: str = "") -> RuleSet:
    """Return two dimensions of 100 and 50 points; facts p, q, bonus, minus are points."""
    return rule_set(
        f"""
        scale: {{{scale}}}
        facts:
          p: {{label: 一, type: decimal, max: 100, places: 4}}
          q: {{label: 二, type: decimal, max: 50, places: 4}}
          bonus: {{label: 加, type: decimal, min: -30, max: 30}}
          minus: {{label: 减, type: decimal, min: -30, max: 30}}
          here: {{label: 适用, type: boolean}}
        dimensions:
          - id: first
            title: 一
            points: 100
            {p}
            indicators: [{{id: x, title: 一, points: 100, rule: {{formula: p}}}}]
          - id: second
            title: 二
            points: 50
            {q}
            indicators: [{{id: y, title: 二, points: 50, rule: {{formula: q}}}}]
        {more}
        """
    )


BLOCKS = """blocks:
          - id: plus
            title: 加分
            kind: bonus
            cap: 10
            indicators: [{id: b, title: 加, points: 30, floor: -30, rule: {formula: bonus}}]
          - id: less
            title: 减分
            kind: deduction
            cap: 5
            indicators: [{id: l, title: 减, points: 30, floor: -30, rule: {formula: minus}}]
"""
PLAIN = {"p": "80", "q": "40", "bonus": "0", "minus": "0", "here": True}


def of(rules: RuleSet, **facts: object) -> str:
    return total(rules, {**PLAIN, **facts})


def test_dimensions_add_up() -> None:
    assert of(made("total: 150")) == "120"


def test_weights_take_shares() -> None:
    rules = made("total: 100", "weight: 70%", "weight: 60%")
    assert of(rules) == "80"
    assert of(rules, p="0.01", q="0") == "0.007"


def test_weighted_base_is_rounded_half_up_at_the_fourth_place() -> None:
    # 0.01 × 12.345 % = 0.0012345 → 0.0012; 0.1 × 12.345 % = 0.012345 → 0.0123; ×5: 0.00617 → 0.0062
    rules = made("total: 100", "weight: 12.345%", "weight: 60%")
    assert of(rules, p="0.01", q="0") == "0.0012"
    assert of(rules, p="0.05", q="0") == "0.0062"


def test_weight_of_an_absent_dimension_moves_to_the_rest() -> None:
    rules = made("total: 100", "weight: 70%", "weight: 60%\n            applies_when: here")
    assert of(rules) == "80"
    # the first alone: 80 × 70 % of possible 70, out of 100
    assert of(rules, here=False) == "80"
    assert of(rules, here=False, p="100") == "100"
    assert of(rules, here=False, p="0.01") == "0.01"


def test_base_without_any_dimension_is_nothing() -> None:
    rules = made("total: 150", "applies_when: here", "applies_when: here")
    assert of(rules, here=False) == "0"


def test_alternative_dimensions_share_one_place() -> None:
    rules = made(
        "total: 100",
        "alternative: work\n            applies_when: here",
        "weight: 200%\n            alternative: work\n            applies_when: not here",
    )
    assert (of(rules), of(rules, here=False)) == ("80", "80")
    assert of(rules, here=False, q="12.5") == "25"


def test_dimension_that_does_not_count_is_no_part_of_the_base() -> None:
    rules = made("total: 100", q="counts: false")
    assert of(rules) == "80"
    assert points_text(assess(rules, PLAIN).value("dimension", "second")) == "40"


@pytest.mark.parametrize(
    ("bonus", "minus", "expected"),
    [
        ("0", "0", "120"),
        ("3.5", "0", "123.5"),
        ("10.01", "0", "130"),
        ("0", "2", "118"),
        ("0", "30", "115"),
        ("-4", "0", "116"),
        ("-30", "0", "110"),
        ("0", "-2", "122"),
        ("0", "-30", "125"),
        ("30", "30", "125"),
    ],
)
def test_blocks_are_capped_on_both_sides(bonus: str, minus: str, expected: str) -> None:
    assert of(made("total: 150", more=BLOCKS), bonus=bonus, minus=minus) == expected


def test_total_never_exceeds_the_ceiling() -> None:
    rules = made("total: 150, ceiling: 152", more=BLOCKS)
    assert of(rules, p="100", q="50", bonus="1") == "151"
    assert of(rules, p="100", q="50", bonus="9") == "152"


def test_total_never_falls_below_zero() -> None:
    assert of(made("total: 150", more=BLOCKS), p="1", q="1", minus="30") == "0"


def test_composition_says_how_the_total_follows() -> None:
    rules = made(
        "total: 150", more=BLOCKS + '        composition: "(base - less) * 70% + second"\n'
    )
    assert of(rules, minus="5") == "120.5"  # (120 − 5) × 0.7 + 40


def test_composition_is_rounded_half_up_at_the_fourth_place() -> None:
    rules = made("total: 150", more='composition: "first / 3 + plus - less"\n        ' + BLOCKS)
    assert of(rules, p="100") == "33.3333"
    assert of(rules, p="50") == "16.6667"


def test_ceiling_holds_for_a_composition() -> None:
    rules = made(
        "total: 150, ceiling: 100", more=BLOCKS + '        composition: "first + plus - less"\n'
    )
    assert of(rules, p="95", bonus="10") == "100"
