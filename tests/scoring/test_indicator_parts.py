"""The parts of deduct, award and adjust: conditions, counts, distances, discretion, bounds."""

from __future__ import annotations

from functools import cache

import pytest
from factories import points, rule_set, small, total

from evaluator.scoring.inputs import FactErrors
from rules.syntax import RuleSet

FACTS = """
a: {label: 甲, type: boolean}
b: {label: 乙, type: boolean}
n: {label: 次数, type: integer, max: 100}
rate: {label: 比率, type: ratio}
age: {label: 平均年龄, type: decimal, max: 120}
rest: {label: 酌情, type: decimal, max: 10, reason: required}
"""
USUAL = {"a": False, "b": False, "n": 0, "rate": "0", "age": "0"}
USUAL |= {"rest": {"value": "0", "reason": "无"}}  # type: ignore[dict-item]


@cache
def made(way: str, parts: str, keys: str = "floor: 0") -> RuleSet:
    return small(f"{way}: [{parts}]", FACTS, keys=keys)


def lost(parts: str, **facts: object) -> str:
    return points(made("deduct", parts), {**USUAL, **facts})


def won(parts: str, **facts: object) -> str:
    return points(made("award", parts), {**USUAL, **facts})


def test_fixed_deductions_add_up() -> None:
    parts = "{when: a, points: 3}, {when: b, points: 4.5}"
    assert lost(parts) == "10"
    assert lost(parts, a=True) == "7"
    assert lost(parts, a=True, b=True) == "2.5"


def test_deductions_stop_at_the_floor() -> None:
    assert lost("{when: a, points: 30}", a=True) == "0"
    rules = made("deduct", "{when: a, points: 30}", "floor: -2")
    assert points(rules, {**USUAL, "a": True}) == "-2"


def test_one_fact_may_take_all_points() -> None:
    assert lost("{when: a, points: all}", a=True) == "0"


@pytest.mark.parametrize(("n", "left"), [(0, "10"), (1, "9.5"), (3, "8.5"), (20, "0"), (99, "0")])
def test_each_occurrence_takes_its_points(n: int, left: str) -> None:
    assert lost("{each: n, points: 0.5}", n=n) == left


def test_count_below_zero_takes_nothing() -> None:
    assert lost("{each: 12 - n, points: 1}", n=13) == "10"
    assert lost("{each: 12 - n, points: 1}", n=11) == "9"


@pytest.mark.parametrize(
    ("n", "left"), [(0, "10"), (1, "9.5"), (2, "8"), (3, "6.5"), (4, "5"), (8, "0")]
)
def test_list_of_points_is_for_first_and_further_occurrences(n: int, left: str) -> None:
    assert lost("{each: n, points: [0.5, 1.5]}", n=n) == left


@pytest.mark.parametrize(("n", "left"), [(0, "10"), (1, "9.5"), (2, "0"), (3, "0")])
def test_second_occurrence_may_take_all(n: int, left: str) -> None:
    assert lost("{each: n, points: [0.5, all]}", n=n) == left


@pytest.mark.parametrize(("n", "left"), [(3, "7"), (4, "7"), (2, "8")])
def test_part_takes_no_more_than_its_own_bound(n: int, left: str) -> None:
    assert lost("{each: n, points: 1, at_most: 3}", n=n) == left


def test_condition_switches_a_count_off() -> None:
    parts = "{when: a, each: n, points: 1}"
    assert (lost(parts, n=4), lost(parts, n=4, a=True)) == ("10", "6")


@pytest.mark.parametrize(
    ("steps", "rate", "left"),
    [
        ("whole", "55%", "10"),
        ("whole", "54.01%", "10"),
        ("whole", "54%", "9"),
        ("whole", "53.99%", "9"),
        ("started", "54.99%", "9"),
        ("started", "54%", "9"),
        ("started", "53.99%", "8"),
        ("pro_rata", "54.5%", "9.5"),
        ("pro_rata", "54.99%", "9.99"),
        ("pro_rata", "54.01%", "9.01"),
        ("pro_rata", "60%", "10"),
        ("whole", "0%", "0"),
    ],
)
def test_points_short_of_a_target(steps: str, rate: str, left: str) -> None:
    parts = f"{{per: {{measure: rate, below: 55%, every: 1%, steps: {steps}}}, points: 1}}"
    assert lost(parts, rate=rate) == left


@pytest.mark.parametrize(
    ("steps", "age", "left"),
    [
        ("whole", "48", "10"),
        ("whole", "48.99", "10"),
        ("whole", "49", "7"),
        ("started", "48.01", "7"),
        ("pro_rata", "48.5", "8.5"),
        ("pro_rata", "47", "10"),
    ],
)
def test_points_above_a_ceiling(steps: str, age: str, left: str) -> None:
    parts = f"{{per: {{measure: age, above: 48, every: 1, steps: {steps}}}, points: 3}}"
    assert lost(parts, age=age) == left


def test_fraction_of_a_point_per_unit_is_rounded_with_the_whole_item() -> None:
    # 0.33 short by 1 % steps of 0.05: 10 − 0.33 × 0.05 = 9.9835 → 9.98
    parts = "{per: {measure: rate, below: 55%, every: 1%, steps: pro_rata}, points: 0.05}"
    assert lost(parts, rate="54.67%") == "9.98"


def test_rest_at_discretion_shares_the_cap_of_the_item() -> None:
    parts = "{when: a, points: 8}, {discretion: {fact: rest, from: 0, to: 10}}"
    rest = {"value": "1.5", "reason": "资料不全"}
    assert lost(parts, rest=rest) == "8.5"
    assert lost(parts, rest=rest, a=True) == "0.5"
    assert lost(parts, rest={**rest, "value": "5"}, a=True) == "0"


PICKED = "{when: a, discretion: {fact: rest, from: 2, to: 5}}"


@pytest.mark.parametrize("value", ["2", "5"])
def test_choice_at_the_ends_of_its_range_counts(value: str) -> None:
    rest = {"value": value, "reason": "依据"}
    assert lost(PICKED, a=True, rest=rest) == str(10 - int(value))


@pytest.mark.parametrize("value", ["1.99", "5.01"])
def test_choice_outside_its_range_is_refused(value: str) -> None:
    with pytest.raises(FactErrors) as errors:
        lost(PICKED, a=True, rest={"value": value, "reason": "依据"})
    assert [(each.fact, each.zh) for each in errors.value.problems] == [
        ("rest", "酌情应在2–5分之间")
    ]


def test_choice_outside_its_range_does_not_matter_where_its_condition_fails() -> None:
    assert lost(PICKED, a=False, rest={"value": "9", "reason": "依据"}) == "10"


@pytest.mark.parametrize(("n", "score"), [(0, "0"), (3, "6"), (5, "10"), (6, "10")])
def test_awards_stop_at_the_points(n: int, score: str) -> None:
    assert won("{each: n, points: 2}", n=n) == score


def test_alternatives_that_count_once() -> None:
    parts = "{when: a or b, points: 1}"
    assert [won(parts), won(parts, a=True), won(parts, a=True, b=True)] == ["0", "1", "1"]


def test_adjust_adds_and_takes_in_one_row() -> None:
    rules = made("adjust", "{when: a, points: 5}, {each: n, points: -2}", "floor: -4")
    scores = [
        points(rules, {**USUAL, "a": a, "n": n}) for a, n in [(True, 0), (True, 1), (False, 9)]
    ]
    assert scores == ["5", "3", "-4"]


def test_bound_of_a_part_holds_below_zero_too() -> None:
    rules = made("adjust", "{when: a, points: 5}, {each: n, points: -2, at_most: 3}", "floor: -9")
    assert points(rules, {**USUAL, "n": 4}) == "-3"


ONCE = rule_set(
    """
    scale: {total: 20}
    facts:
      late: {label: 迟缴次数, type: integer, max: 20}
      other: {label: 其他, type: boolean}
      gross: {label: 严重, type: boolean}
    dimensions:
      - id: d
        title: 维度
        points: 20
        indicators:
          - id: x
            title: 一
            points: 10
            floor: 0
            rule: {deduct: [{each: late, points: 1}, {when: other, points: 2}]}
          - id: y
            title: 二
            points: 10
            floor: 0
            rule: {deduct: [{when: late >= 3, points: 4}]}
    count_once:
      - {fact: late, among: [x, y, v]}
    vetoes:
      - {id: v, title: 否决, when: gross and late > 0, effect: no_level}
    """
)


@pytest.mark.parametrize(
    ("late", "x", "y"),
    [
        (0, "10", "10"),
        (2, "8", "10"),
        (3, "10", "6"),  # 3 against 4: the second alone counts
        (4, "6", "10"),  # equal: the first alone counts
        (6, "4", "10"),
    ],
)
def test_fact_counts_once_where_it_weighs_most(late: int, x: str, y: str) -> None:
    facts = {"late": late, "other": False, "gross": False}
    assert (points(ONCE, facts, "x"), points(ONCE, facts, "y")) == (x, y)


def test_fact_in_a_veto_that_falls_takes_no_points() -> None:
    facts = {"late": 6, "other": False, "gross": True}
    assert total(ONCE, facts) == "20"


def test_other_parts_count_where_a_fact_counts_elsewhere() -> None:
    assert points(ONCE, {"late": 3, "other": True, "gross": False}, "x") == "8"
