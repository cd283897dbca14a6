"""What stands in for points where a fact is missing or an indicator does not apply."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from factories import assess, points, rule_set, total

from evaluator.scoring.inputs import FactErrors
from rules.syntax import RuleSet


@cache
def pair(keys: str, other: str = "", more: str = "") -> RuleSet:
    """Return two indicators of 6 and 4 points; the first has the keys."""
    return rule_set(
        f"""
        scale: {{total: 10}}
        facts:
          n: {{label: 次数, type: integer, max: 6}}
          m: {{label: 人数, type: integer, max: 4}}
          small: {{label: 小支部, type: boolean}}
          rest: {{label: 酌情, type: decimal, max: 6, reason: required}}
        dimensions:
          - id: d
            title: 维度
            points: 10
            indicators:
              - id: x
                title: 一
                points: 6
                rule: {{award: [{{each: n, points: 1}}]}}
                {keys}
              - id: y
                title: 二
                points: 4
                rule: {{award: [{{each: m, points: 1}}]}}
                {other}
        {more}
        """
    )


@pytest.mark.parametrize(
    ("policy", "x", "all_points"),
    [("zero", "0", "3"), ("full", "6", "9"), ("{use: y}", "4.5", "7.5")],
)
def test_missing_fact_brings_what_the_policy_says(policy: str, x: str, all_points: str) -> None:
    rules = pair(f"missing: {policy}")
    assert (points(rules, {"m": 3}), total(rules, {"m": 3})) == (x, all_points)


@pytest.mark.parametrize("policy", ["zero", "full", "exempt", "peers_mean", "{use: y}"])
def test_policy_for_missing_facts_leaves_given_ones_alone(policy: str) -> None:
    assert total(pair(f"missing: {policy}"), {"n": 5, "m": 3}) == "8"


def test_exempt_indicator_leaves_its_points_to_the_others() -> None:
    rules = pair("missing: exempt")
    assert (points(rules, {"m": 3}), total(rules, {"m": 3})) == ("0", "7.5")


def test_share_carried_by_others_is_rounded_half_up_at_the_fourth_place() -> None:
    rules = pair("", "missing: exempt")
    assert total(rules, {"n": 1}) == "1.6667"  # 1 of 6, times 10


def test_dimension_without_any_indicator_left_counts_nothing() -> None:
    rules = pair("missing: exempt", "missing: exempt")
    assert total(rules, {}) == "0"


def test_missing_fact_without_policy_is_refused() -> None:
    with pytest.raises(FactErrors) as errors:
        total(pair(""), {"m": 3})
    assert [each.fact for each in errors.value.problems] == ["n"]


def test_mean_of_the_peers_is_taken_as_given() -> None:
    rules = pair("missing: peers_mean")
    assert points(rules, {"m": 3}, peers={"x": "4.25"}) == "4.25"


@pytest.mark.parametrize(
    ("given", "zh", "en"),
    [
        ("很多", "填写的是“很多”，应填分数", 'found "很多"; allowed are points'),
        ("6.01", "填写的是“6.01”，应在0至6之间", 'found "6.01"; allowed is 0 to 6'),
        ("-1", "填写的是“-1”，应在0至6之间", 'found "-1"; allowed is 0 to 6'),
        (
            None,
            "要与其他组织比较：请评定整轮（evaluator round），或在“peers:”下写明",
            "is compared within the group; score the whole round, or give it under `peers:`",
        ),
    ],
)
def test_mean_of_the_peers_that_cannot_be_is_refused(given: str | None, zh: str, en: str) -> None:
    with pytest.raises(FactErrors) as errors:
        points(pair("missing: peers_mean"), {"m": 3}, peers={"x": given} if given else {})
    assert [(each.fact, each.zh, each.en) for each in errors.value.problems] == [("x", zh, en)]


def test_policy_covers_a_judged_value_whose_range_excludes_zero() -> None:
    rules = pair(
        "missing: zero",
        "floor: 0",
    )
    assert points(rules, {"m": 1}) == "0"
    judged = rule_set(
        """
        scale: {total: 6}
        facts: {rest: {label: 酌情, type: decimal, max: 6, reason: required}}
        dimensions:
          - id: d
            title: 维度
            points: 6
            indicators:
              - id: x
                title: 一
                points: 6
                missing: zero
                rule: {award: [{discretion: {fact: rest, from: 2, to: 6}}]}
        """
    )
    assert points(judged, {}) == "0"


@pytest.mark.parametrize(
    ("otherwise", "x", "all_points"),
    [("zero", "0", "2"), ("full", "6", "8"), ("exempt", "0", "5"), ("{use: y}", "3", "5")],
)
def test_indicator_that_does_not_apply_brings_what_is_said(
    otherwise: str, x: str, all_points: str
) -> None:
    rules = pair(f"applies_when: not small\n                otherwise: {otherwise}")
    facts = {"small": True, "m": 2, "n": 6}
    assert (points(rules, facts), total(rules, facts)) == (x, all_points)


def test_facts_of_an_indicator_that_does_not_apply_may_be_missing() -> None:
    rules = pair("applies_when: not small\n                otherwise: exempt")
    assert total(rules, {"small": True, "m": 2}) == "5"
    with pytest.raises(FactErrors) as errors:
        total(rules, {"small": False, "m": 2})
    assert [each.fact for each in errors.value.problems] == ["n"]


def test_condition_of_an_indicator_must_be_known() -> None:
    rules = pair("applies_when: not small\n                otherwise: exempt")
    with pytest.raises(FactErrors) as errors:
        total(rules, {"n": 1, "m": 2})
    assert [each.fact for each in errors.value.problems] == ["small"]


def test_not_applying_goes_before_missing() -> None:
    rules = pair(
        "missing: full\n                applies_when: not small\n                otherwise: zero"
    )
    assert points(rules, {"small": True, "m": 0}) == "0"
    assert points(rules, {"small": False, "m": 0}) == "6"


ALTERNATIVES = rule_set(
    """
    scale: {total: 20}
    facts:
      teaching: {label: 教学单位, type: boolean}
      n: {label: 次数, type: integer, max: 20}
      m: {label: 人数, type: integer, max: 20}
    dimensions:
      - id: d
        title: 维度
        points: 20
        indicators:
          - {id: x, title: 教学, points: 20, alternative: work, applies_when: teaching,
             rule: {award: [{each: n, points: 1}]}}
          - {id: y, title: 非教学, points: 20, alternative: work, applies_when: not teaching,
             rule: {award: [{each: m, points: 2}]}}
    """
)


@pytest.mark.parametrize(
    ("facts", "all_points"),
    [({"teaching": True, "n": 7}, "7"), ({"teaching": False, "m": 7}, "14")],
)
def test_one_alternative_counts_with_all_its_points(facts: dict[str, Any], all_points: str) -> None:
    assert total(ALTERNATIVES, facts) == all_points


def test_floor_holds_for_a_stand_in_too() -> None:
    rules = rule_set(
        """
        scale: {total: 10}
        facts:
          n: {label: 次数, type: integer, max: 9}
          m: {label: 人数, type: integer, max: 9}
        dimensions:
          - id: d
            title: 维度
            points: 10
            indicators:
              - {id: x, title: 一, points: 5, floor: 0, missing: {use: y},
                 rule: {deduct: [{each: n, points: 1}]}}
              - {id: y, title: 二, points: 5, floor: -5, rule: {deduct: [{each: m, points: 2}]}}
        """
    )
    assert (points(rules, {"m": 4}, "y"), points(rules, {"m": 4}, "x")) == ("-3", "0")


def test_present_says_which_dimensions_count() -> None:
    rules = pair("missing: exempt", "missing: exempt")
    assert assess(rules, {}).value("present", "d") == 0
    assert assess(rules, {"n": 1}).value("present", "d") == 1
