"""What stands in for what: circles, order, slots of which exactly one applies, moved weights."""

from __future__ import annotations

from functools import cache

import pytest
from factories import assess, points, rule_set, total

from evaluator.scoring.inputs import FactErrors
from rules.lowering import lower
from rules.problems import RuleErrors
from rules.syntax import RuleSet


@cache
def two(first: str, second: str, more: str = "", dimension: str = "") -> RuleSet:
    """Return two indicators x and y of 10 points each, for the facts p and q."""
    return rule_set(
        f"""
        scale: {{total: 20}}
        facts:
          p: {{label: 一, type: decimal, max: 10}}
          q: {{label: 二, type: decimal, max: 10}}
          n: {{label: 人数, type: integer, max: 100}}
        dimensions:
          - id: d
            title: 维度
            points: 20
            {dimension}
            indicators:
              - {{id: x, title: 一, points: 10, rule: {{formula: p}}{first}}}
              - {{id: y, title: 二, points: 10, rule: {{formula: q}}{second}}}
        {more}
        """
    )


def test_stand_in_is_settled_first_whatever_the_order() -> None:
    """p and q are missing: y is worth nothing, and so is x that takes y's share."""
    rules = two(", missing: {use: y}", ", missing: zero")
    assert total(rules, {"n": 1}) == "0"


def test_stand_ins_in_a_circle_are_refused() -> None:
    with pytest.raises(RuleErrors, match="x → y → x"):
        lower(two(", missing: {use: y}", ", missing: {use: x}"))


def test_indicator_that_stands_in_for_itself_is_refused() -> None:
    with pytest.raises(RuleErrors, match="x → x"):
        lower(two(", missing: {use: x}", ""))


def test_exempt_stand_in_exempts_both() -> None:
    rules = two(", missing: {use: y}", ", missing: exempt", "blocks: []")
    assert assess(rules, {"n": 1}).value("present", "d") == 0


SLOT = (
    ", applies_when: n <= 50, alternative: s",
    ", applies_when: n >= 50, alternative: s",
)


@pytest.mark.parametrize(("n", "expected"), [("49", "7"), ("51", "3")])
def test_slot_counts_the_one_that_applies(n: str, expected: str) -> None:
    assert total(two(*SLOT), {"p": "7", "q": "3", "n": n}) == expected


def test_slot_of_which_two_apply_is_refused_when_scored() -> None:
    with pytest.raises(FactErrors, match="exactly one must apply"):
        assess(two(*SLOT), {"p": "7", "q": "3", "n": "50"})


def test_slot_that_is_exempt_leaves_its_points_to_the_others() -> None:
    rules = rule_set(
        """
        scale: {total: 20}
        facts:
          p: {label: 一, type: decimal, max: 10}
          q: {label: 二, type: decimal, max: 10}
          shop: {label: 门店, type: boolean}
        dimensions:
          - id: d
            title: 维度
            points: 20
            indicators:
              - {id: x, title: 一, points: 10, missing: exempt, applies_when: shop,
                 alternative: s, rule: {formula: p}}
              - {id: y, title: 二, points: 10, applies_when: not shop,
                 alternative: s, rule: {formula: p}}
              - {id: z, title: 三, points: 10, rule: {formula: q}}
        """
    )
    assert total(rules, {"q": "4", "shop": True}) == "8"


def test_facts_of_a_dimension_that_does_not_apply_are_not_asked_for() -> None:
    rules = rule_set(
        """
        scale: {total: 20}
        facts:
          p: {label: 一, type: decimal, max: 10}
          q: {label: 二, type: decimal, max: 10}
          project: {label: 项目, type: boolean}
        dimensions:
          - id: plain
            title: 日常
            points: 10
            indicators: [{id: x, title: 一, points: 10, rule: {formula: p}}]
          - id: projects
            title: 项目
            points: 10
            applies_when: project
            indicators: [{id: y, title: 二, points: 10, rule: {formula: q}}]
        """
    )
    assert total(rules, {"p": "6", "project": False}) == "12"
    with pytest.raises(FactErrors, match="q: is missing"):
        assess(rules, {"p": "6", "project": True})


COMPOSED = """
        scale: {total: 10}
        facts:
          p: {label: 一, type: decimal, max: 10}
          here: {label: 适用, type: boolean}
        composition: a + b
        dimensions:
          - {id: a, title: 甲, points: 5, indicators: [
              {id: x, title: 一, points: 5, rule: {formula: p / 2}}]}
          - {id: b, title: 乙, points: 5, applies_when: here, indicators: [
              {id: y, title: 二, points: 5, rule: {award: [{when: p > 5, points: 5}]}}]}
"""


def test_composition_that_names_what_may_be_absent_is_refused() -> None:
    with pytest.raises(RuleErrors, match='"b" may be absent'):
        lower(rule_set(COMPOSED))


def test_guard_excuses_a_fact_only_behind_it() -> None:
    rules = two(", missing: error", "", "composition: base + (p if given(p) else 0) * 0")
    with pytest.raises(FactErrors, match="p: is missing"):
        assess(rules, {"q": "1", "n": "1"})


@pytest.mark.parametrize(
    "formula",
    ["p if given(p) else 3", "3 if not given(p) else p", "3 if not given(p) or p < 1 else p"],
)
def test_guarded_fact_may_be_missing(formula: str) -> None:
    rules = rule_set(
        f"""
        scale: {{total: 10}}
        facts: {{p: {{label: 一, type: decimal, max: 10}}}}
        dimensions:
          - id: d
            title: 维度
            points: 10
            indicators: [{{id: x, title: 一, points: 10, rule: {{formula: "{formula}"}}}}]
        """
    )
    assert points(rules, {}) == "3"
    assert points(rules, {"p": "4"}) == "4"


def test_band_looks_at_the_exact_total() -> None:
    """A third of 100 three times is 100, whatever 33.3333 three times may be."""
    rules = rule_set(
        """
        scale: {total: 100, places: 4}
        facts: {p: {label: 一, type: decimal, max: 100}}
        dimensions:
          - {id: a, title: 甲, points: 100, weight: 100%, indicators: [
              {id: x, title: 一, points: 100, rule: {formula: p}}]}
        composition: a / 3 + a / 3 + a / 3
        levels:
          measured_on: unrounded
          promotion: any
          from_low_to_high: [{id: full, title: 满, at_least: 100}]
        """
    )
    assert assess(rules, {"p": "100"}).value("band", "full") == 1


def test_percentage_is_not_compared_with_a_whole_number() -> None:
    rules = two("", "", "composition: base + (1 if n >= 90% else 0)")
    with pytest.raises(RuleErrors, match="Write 90"):
        lower(rules)


def test_fact_that_counts_once_counts_where_its_indicator_applies() -> None:
    rules = rule_set(
        """
        scale: {total: 20}
        facts:
          f: {label: 次数, type: integer, max: 9}
          big: {label: 大支部, type: boolean}
        count_once: [{fact: f, among: [x, y]}]
        dimensions:
          - id: d
            title: 维度
            points: 20
            indicators:
              - {id: x, title: 一, points: 10, floor: 0, applies_when: big, otherwise: full,
                 rule: {deduct: [{each: f, points: 2}]}}
              - {id: y, title: 二, points: 10, floor: 0, rule: {deduct: [{each: f, points: 1}]}}
        """
    )
    assert total(rules, {"f": "3", "big": True}) == "14"
    assert total(rules, {"f": "3", "big": False}) == "17"


def test_peers_are_not_asked_for_where_the_missing_choice_does_not_count() -> None:
    rules = rule_set(
        """
        scale: {total: 10}
        facts:
          late: {label: 迟报, type: boolean}
          cut: {label: 扣分, type: decimal, max: 5, source: review, reason: required}
        dimensions:
          - id: d
            title: 维度
            points: 10
            indicators:
              - {id: x, title: 一, points: 10, missing: peers_mean,
                 rule: {deduct: [{when: late, discretion: {fact: cut, from: 1, to: 5}}]}}
        """
    )
    assert total(rules, {"late": False}) == "10"
    assert total(rules, {"late": True}, peers={"x": "7"}) == "7"
    with pytest.raises(FactErrors, match="x: is compared within the group"):
        assess(rules, {"late": True})
