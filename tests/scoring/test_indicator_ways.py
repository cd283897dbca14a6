"""Each way in which points follow from facts, at its edges and one step beside them."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from factories import points, small
from hypothesis import given
from hypothesis import strategies as st

from evaluator.scoring.inputs import FactErrors
from rules.numbers import points_text
from rules.syntax import RuleSet

RATE = "rate: {label: 比率, type: ratio, max: 200%}"
COUNT = "n: {label: 次数, type: integer, max: 100}"
TRUTHS = "a: {label: 甲, type: boolean}\nb: {label: 乙, type: boolean}"
CHOSEN = "rest: {label: 酌情, type: decimal, max: 10, reason: required}"


def judged(value: str) -> dict[str, str]:
    return {"value": value, "reason": "有据可查"}


@cache
def made(rule: str, facts: str, full: str = "10", keys: str = "") -> RuleSet:
    return small(rule, facts, points=full, keys=keys)


LADDER = made(
    "ladder: {measure: rate, rungs: [{at_least: 95%, points: 1}, {at_least: 90%, points: 0.5}, "
    "{at_least: 80%, points: 0}], otherwise: -1}",
    RATE,
    "1",
    "floor: -1",
)


@pytest.mark.parametrize(
    ("rate", "won"),
    [
        ("95%", "1"),
        ("94.99%", "0.5"),
        ("90%", "0.5"),
        ("89.99%", "0"),
        ("80%", "0"),
        ("79.99%", "-1"),
        ("0", "-1"),
        ("200%", "1"),
    ],
)
def test_ladder_gives_the_first_rung_that_holds(rate: str, won: str) -> None:
    assert points(LADDER, {"rate": rate}) == won


@pytest.mark.parametrize(
    ("rung", "rate", "won"),
    [
        ("above: 90%", "90%", "0"),
        ("above: 90%", "90.01%", "10"),
        ("at_most: 1%", "1%", "10"),
        ("at_most: 1%", "1.01%", "0"),
        ("below: 1%", "1%", "0"),
        ("below: 1%", "0.99%", "10"),
    ],
)
def test_rung_of_each_kind_holds_up_to_its_edge(rung: str, rate: str, won: str) -> None:
    rule = f"ladder: {{measure: rate, rungs: [{{{rung}, points: 10}}], otherwise: 0}}"
    assert points(made(rule, RATE), {"rate": rate}) == won


def test_ladder_compares_a_quotient_without_rounding() -> None:
    rule = (
        "ladder: {measure: 'ratio(n, m, 0)', rungs: [{at_least: 2 / 3, points: 10}], otherwise: 0}"
    )
    rules = made(rule, COUNT + "\nm: {label: 应到, type: integer, max: 100}")
    assert points(rules, {"n": 2, "m": 3}) == "10"
    assert points(rules, {"n": 66, "m": 100}) == "0"
    assert points(rules, {"n": 0, "m": 0}) == "0"


OPTIONS = made(
    "options: {fact: word, points: {poor: 0, good: 20, fair: 15}}",
    "word: {label: 评价, type: choice, options: {good: 好, fair: 较好, poor: 差}}",
    "20",
)


@pytest.mark.parametrize(("word", "won"), [("good", "20"), ("fair", "15"), ("poor", "0")])
def test_option_has_its_points_whatever_the_order(word: str, won: str) -> None:
    assert points(OPTIONS, {"word": word}) == won


PROPORTIONAL = made("proportional: {measure: rate, full_at: 80%}", RATE, "3")


@pytest.mark.parametrize(
    ("rate", "won"),
    [
        ("0%", "0"),
        ("80%", "3"),
        ("79.99%", "3"),  # 2.999625
        ("79.8%", "2.99"),  # 2.9925
        ("40%", "1.5"),
        ("0.13%", "0"),  # 0.004875
        ("0.14%", "0.01"),  # 0.00525
        ("200%", "3"),
    ],
)
def test_proportional_points_are_rounded_half_up_once(rate: str, won: str) -> None:
    assert points(PROPORTIONAL, {"rate": rate}) == won


@pytest.mark.parametrize(
    ("n", "won"),
    [(1, "0.01"), (3, "0.02"), (99, "0.5"), (2, "0.01"), (0, "0"), (100, "0.5")],
)
def test_exact_half_of_a_hundredth_is_rounded_up(n: int, won: str) -> None:
    # n × 0.005: 1 → 0.005 → 0.01, 3 → 0.015 → 0.02, 99 → 0.495 → 0.5
    assert points(made("proportional: {measure: n, full_at: 100}", COUNT, "0.5"), {"n": n}) == won


def test_loss_of_half_a_hundredth_is_rounded_up_towards_more_points() -> None:
    rules = made(
        "formula: m - n * 0.005",
        COUNT + "\nm: {label: 乙, type: integer, max: 1}",
        "1",
        "floor: -1",
    )
    assert points(rules, {"n": 1, "m": 0}) == "0"  # -0.005 → 0
    assert points(rules, {"n": 3, "m": 0}) == "-0.01"  # -0.015 → -0.01
    assert points(rules, {"n": 1, "m": 1}) == "1"  # 0.995 → 1


@pytest.mark.parametrize(
    ("places", "won"), [("0", "1"), ("1", "0.7"), ("2", "0.67"), ("3", "0.667"), ("4", "0.6667")]
)
def test_scale_decides_the_places(places: str, won: str) -> None:
    rules = small(
        "proportional: {measure: n, full_at: 3}", COUNT, points="1", scale=f", places: {places}"
    )
    assert points(rules, {"n": 2}) == won


@pytest.mark.parametrize(
    ("n", "won"), [(10, "10"), (9, "10"), (30, "5"), (50, "0"), (51, "0"), (49, "0.25")]
)
def test_proportional_may_fall_where_less_is_better(n: int, won: str) -> None:
    rule = "proportional: {measure: n, zero_at: 50, full_at: 10}"
    assert points(made(rule, COUNT), {"n": n}) == won


TARGETS = COUNT + (
    "\nlow: {label: 低, type: integer, max: 100}\nhigh: {label: 高, type: integer, max: 100}"
)


@pytest.mark.parametrize(
    ("n", "low", "high", "won"),
    [(5, 0, 10, "5"), (5, 10, 0, "5"), (7, 5, 5, "4"), (0, 5, 5, "4"), (20, 0, 10, "10")],
)
def test_proportional_between_facts_says_what_equal_ends_bring(
    n: int, low: int, high: int, won: str
) -> None:
    rule = "proportional: {measure: n, zero_at: low, full_at: high, if_equal: 4}"
    assert points(made(rule, TARGETS), {"n": n, "low": low, "high": high}) == won


CASES = made(
    """
    cases:
      first:
        - {when: a and b, points: 10}
        - {when: a, measure: n, zero_at: 10, full_at: 30, from: 4, to: 8}
        - {when: b, judged: rest, from: 1, to: 3}
      otherwise: 0.5
    """,
    f"{TRUTHS}\n{COUNT}\n{CHOSEN}",
)


@pytest.mark.parametrize(
    ("a", "b", "n", "rest", "won"),
    [
        (True, True, 0, "0", "10"),
        (True, False, 0, "0", "4"),
        (True, False, 10, "0", "4"),
        (True, False, 15, "0", "5"),
        (True, False, 30, "0", "8"),
        (True, False, 100, "0", "8"),
        (False, True, 0, "1", "1"),
        (False, True, 0, "2.5", "2.5"),
        (False, True, 0, "3", "3"),
        (False, False, 0, "9", "0.5"),
    ],
)
def test_first_case_that_holds_gives_the_points(
    a: bool, b: bool, n: int, rest: str, won: str
) -> None:
    assert points(CASES, {"a": a, "b": b, "n": n, "rest": judged(rest)}) == won


@pytest.mark.parametrize("rest", ["0.99", "3.01"])
def test_judged_case_outside_its_range_is_refused(rest: str) -> None:
    with pytest.raises(FactErrors) as errors:
        points(CASES, {"a": False, "b": True, "n": 0, "rest": judged(rest)})
    assert [(each.fact, each.zh, each.en) for each in errors.value.problems] == [
        ("rest", "酌情应在1–3分之间", "酌情 must lie within 1–3 points here")
    ]


def test_judgement_is_the_points_themselves() -> None:
    assert points(made("judgement: rest", CHOSEN), {"rest": judged("7.25")}) == "7.25"


def test_judgement_above_the_points_is_refused() -> None:
    with pytest.raises(FactErrors) as errors:
        points(made("judgement: rest", CHOSEN, "6"), {"rest": judged("6.01")})
    assert [each.en for each in errors.value.problems] == ["酌情 must lie within 0–6 points here"]


@pytest.mark.parametrize(
    ("formula", "n", "won"),
    [
        ("n / 3", 1, "0.33"),
        ("n / 3", 2, "0.67"),
        ("round(n / 3, 1) * 2", 1, "0.6"),
        ("min(n, 7)", 100, "7"),
        ("max(n, 2) / 2", 0, "1"),
        ("abs(n - 5)", 1, "4"),
        ("floor(n / 2) + ceil(n / 2)", 3, "3"),
        ("2 if n >= 5 else 1", 5, "2"),
        ("2 if n >= 5 else 1", 4, "1"),
        ("count_true(n > 1, n > 2, n > 3)", 3, "2"),
        ("n * 10%", 5, "0.5"),
        ("n", 100, "10"),
    ],
)
def test_formula_is_worked_out_exactly(formula: str, n: int, won: str) -> None:
    assert points(made(f"formula: {formula}", COUNT, keys="floor: 0"), {"n": n}) == won


def test_distance_is_known_never_to_fall_below_zero() -> None:
    assert points(made("formula: abs(n - 5)", COUNT, "100"), {"n": 1}) == "4"  # needs no floor


@given(st.integers(0, 100), st.integers(1, 100))
def test_proportional_agrees_with_plain_arithmetic(n: int, full: int) -> None:
    rule = "proportional: {measure: n, full_at: m}"
    rules = made(rule, COUNT + "\nm: {label: 满, type: integer, min: 1, max: 100}", "7.5")
    hundredths = min((2 * 750 * n + full) // (2 * full), 750)  # half up, in whole numbers
    facts: dict[str, Any] = {"n": n, "m": full}
    assert points(rules, facts) == points_text(hundredths * 100)
