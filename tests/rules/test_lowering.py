"""What lowering itself must find, and the ranges that it works out."""

import pytest
from language import SMALL, small

from rules.checks import check
from rules.integers import LIMIT
from rules.loader import load_text
from rules.lowering import indicators_of, lower
from rules.problems import RuleErrors

AWARD = "rule: {award: [{when: elected, points: 10}]}"


def with_rule(rule: str, more: str = ""):
    return load_text(SMALL.replace(AWARD, rule).replace("dimensions:", more + "dimensions:"))


def codes(rule: str, more: str = "") -> list[str]:
    with pytest.raises(RuleErrors) as caught:
        lower(with_rule(rule, more))
    return [each.code for each in caught.value.problems]


def bounds(rule: str, *key: str, more: str = "") -> tuple[int, int]:
    program = lower(with_rule(rule, more))
    value = program.outputs[program.index[key]].value
    return value.low, value.high


@pytest.mark.parametrize(
    ("rule", "low", "high"),
    [
        ("rule: {award: [{when: elected, points: 4}]}", 0, 4),
        (
            "rule: {ladder: {measure: share, rungs: [{at_least: 50%, points: 7}], otherwise: 2}}",
            2,
            7,
        ),
        ("rule: {proportional: {measure: share, full_at: 50%}}", 0, 10),
        ("rule: {proportional: {measure: (members - 3) / (members + 1), full_at: 1}}", 0, 10),
        ("rule: {formula: 'min(members, 8)'}", 3, 8),
        ("rule: {options: {fact: kind, points: {shop: 3, office: 9, site: 5}}}", 3, 9),
    ],
)
def test_points_have_the_range_that_the_rule_allows(rule, low, high):
    assert bounds(rule, "points", "i") == (low * 10_000, high * 10_000)


def test_case_placed_by_a_quotient_stays_inside_its_range():
    rule = (
        "rule: {cases: {first: [{when: elected, from: 2, to: 10, zero_at: 0, full_at: 1, "
        "measure: 'ratio(members, members + 1, 0)'}], otherwise: 0}}"
    )
    assert bounds(rule, "points", "i") == (0, 100_000)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("rule: {deduct: [{each: members, points: 5}]}", "no-floor"),
        ("rule: {deduct: []}", "empty"),
        ("rule: {award: [{each: members / 2, points: 1}]}", "type"),
        ("rule: {award: [{when: elected, points: -1}]}", "sign"),
        ("rule: {adjust: [{when: elected, points: all}]}", "part-points"),
        ("rule: {award: [{when: elected}]}", "part-points"),
        ("rule: {award: [{when: elected, points: [1, 2]}]}", "part-points"),
        ("rule: {judgement: members}", "reason"),
        ("rule: {judgement: nobody}", "unknown-name"),
        ("rule: {options: {fact: kind, points: {shop: 3}}}", "option"),
        (
            "rule: {options: {fact: kind, points: {shop: 3, office: 1, site: 2, sight: 1}}}",
            "option",
        ),
        ("rule: {options: {fact: members, points: {}}}", "type"),
        ("rule: {formula: members * 1}\n        applies_when: elected", "otherwise"),
        ("rule: {proportional: {measure: share, full_at: share}}", "division"),
        (
            "rule: {ladder: {measure: share, rungs: [{at_least: 1, points: 11}], otherwise: 0}}",
            "above-points",
        ),
        ("rule: {award: [{per: {measure: share, every: 1%, steps: whole}, points: 1}]}", "one-way"),
        (
            "rule: {award: [{per: {measure: share, below: 1, every: 0, steps: whole}, points: 1}]}",
            "division",
        ),
    ],
)
def test_rule_that_cannot_be_meant_is_refused(rule, code):
    assert codes(rule) == [code]


def test_problems_of_several_indicators_are_reported_together():
    rule = "rule: {formula: a + 1}\n      - {id: j, title: x, points: 1, rule: {formula: b}}"
    assert codes(rule) == ["unknown-name", "unknown-name"]


def test_bounds_that_are_missing_are_reported_once_and_at_the_fact():
    text = SMALL.replace("min: 3, max: 60", "min: 3").replace(
        AWARD,
        "rule: {formula: members}\n        applies_when: members > 4\n        otherwise: zero",
    )
    with pytest.raises(RuleErrors) as caught:
        lower(load_text(text))
    assert [(each.code, each.where.line, each.where.column) for each in caught.value.problems] == [
        ("bounds", 9, 12)
    ]


def test_sum_of_hundreds_of_indicators_is_not_nested_deep():
    indicators = "".join(
        f"\n      - {{id: i{number}, title: x, points: 1, rule: {{formula: 1 if elected else 0}}}}"
        for number in range(500)
    )
    program = lower(with_rule(AWARD + indicators))
    node, depth = program.outputs[program.index["dimension", "d"]].value, 0
    while node.args:
        node, depth = node.args[0], depth + 1
    assert depth < 12


def test_every_output_lies_inside_63_bits():
    for output in lower(small()).outputs:
        assert -LIMIT <= output.value.low <= output.value.high <= LIMIT


def test_indicators_come_in_the_order_of_the_file():
    assert [each.id for each in indicators_of(small())] == ["i"]


@pytest.mark.parametrize(("count", "found"), [(1_000, []), (1_001, ["too-large"])])
def test_ladder_has_a_bounded_number_of_rungs(count, found):
    rungs = ", ".join(f"{{at_least: {1_200 - each}, points: {each % 11}}}" for each in range(count))
    rule = f"rule: {{ladder: {{measure: members * 20, rungs: [{rungs}], otherwise: 0}}}}"
    problems = check(with_rule(rule))
    assert [each.code for each in problems if each.code not in ("unused", "unreachable")] == found


def with_facts(facts: str, formula: str) -> list[str]:
    rule = f"rule: {{formula: {formula}}}"
    return [
        each.code
        for each in check(
            load_text(SMALL.replace("facts:\n", "facts:\n" + facts).replace(AWARD, rule))
        )
        if each.code not in ("unused", "unreachable")
    ]


def means(weights: str) -> list[str]:
    """Return what is wrong with a weighted sum of means of ratings up to 100, named a, b, …"""
    names = weights.split()
    ratings = "".join(
        f"  r{n}: {{label: 评分, type: ratings, max: 100}}\n" for n in range(len(names))
    )
    measures = "measures:\n" + "".join(
        f"  m{n}: {{label: 均值, mean: {{ratings: r{n}}}}}\n" for n in range(len(names))
    )
    head, tail = SMALL.split("dimensions:\n")
    text = head + ratings + measures + "dimensions:\n" + tail
    formula = " + ".join(f"m{n} * {weight}" for n, weight in enumerate(names))
    problems = check(load_text(text.replace(AWARD, f"rule: {{formula: ({formula}) / 10}}")))
    return [each.code for each in problems if each.code not in ("unused", "unreachable")]


@pytest.mark.parametrize("weights", ["40% 30% 30%", "40% 30% 20% 10%", "35% 25% 40%"])
def test_weighted_means_of_ratings_stay_within_63_bits(weights):
    assert means(weights) == []


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ('"min(ratio(profit, goal, 0), 1) * 10"', []),
        ('"profit * goal"', ["overflow"]),
    ],
)
def test_share_of_large_sums_of_money_stays_within_63_bits(formula, found):
    facts = "".join(
        f"  {name}: {{label: 元, type: decimal, max: 100000000000}}\n"
        for name in ("profit", "goal")
    )
    assert with_facts(facts, formula) == found
