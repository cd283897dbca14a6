"""Laws that hold for every rule set: on the published ones, and on small generated ones."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from factories import Member, assess, decide, level_rules, rule_set, score_all, small, someone
from generated_facts import changed, value_of
from good_facts import good_facts
from hypothesis import given, settings
from hypothesis import strategies as st
from lawful import ALL, assessed, every_rule_set
from published_rules import Published

from evaluator.scoring.assessment import Assessment
from evaluator.scoring.levels import NO_LEVEL, LevelRules
from evaluator.scoring.quotas import QuotaReport
from evaluator.scoring.round import Result, RoundResult
from rules.lowering.values import bounds_of, scale_of
from rules.numbers import fraction_text, points_text
from rules.syntax import RuleSet, Veto

GOOD = [(each, name) for each in ALL for name in good_facts(each.rules)]


def test_published_rule_sets_have_facts_of_which_more_is_better() -> None:
    assert {str(published) for published, _ in GOOD} >= {
        "s13_village_classification",
        "s01_five_star_plan",
    }


@pytest.mark.parametrize(("published", "name"), GOOD, ids=str)
@settings(max_examples=8)
@given(data=st.data())
def test_more_of_a_good_fact_never_lowers_the_total(
    published: Published, name: str, data: st.DataObject
) -> None:
    rules = published.rules
    facts = data.draw(changed(rules, published.case.facts))
    low, high = data.draw(st.lists(numbers_of(rules, name), min_size=2, max_size=2).map(sorted))
    totals = [
        assessed(published, {**facts, name: given_as(rules, name, each)}).total
        for each in (low, high)
    ]
    assert totals == sorted(totals)


def numbers_of(rules: RuleSet, name: str) -> st.SearchStrategy[int]:
    return st.integers(*bounds_of(rules.facts[name]))


def given_as(rules: RuleSet, name: str, number: int) -> Any:
    fact = rules.facts[name]
    text = fraction_text(Fraction(number, scale_of(fact)), 8)
    return {"value": text, "reason": "依据"} if fact.reason == "required" else text


MEASURES = st.sampled_from(["n", "min(n, 40)", "ratio(n * 30, 50, 0)", "n * 2 + 1", "floor(n / 3)"])
GOOD_RULES = st.one_of(
    st.builds("award: [{{each: 'floor({})', points: {}}}]".format, MEASURES, st.integers(1, 4)),
    st.builds(
        "proportional: {{measure: '{}', zero_at: {}, full_at: {}}}".format,
        MEASURES,
        st.integers(0, 9),
        st.integers(10, 60),
    ),
    st.builds(
        "ladder: {{measure: '{}', rungs: [{{at_least: {}, points: 9}}, "
        "{{above: {}, points: 2.5}}], otherwise: 0}}".format,
        MEASURES,
        st.integers(5, 30),
        st.integers(0, 4),
    ),
    st.builds(
        "deduct: [{{per: {{measure: '{}', below: {}, every: {}, steps: {}}}, points: 0.3}}]".format,
        MEASURES,
        st.integers(1, 99),
        st.integers(1, 7),
        st.sampled_from(["whole", "started", "pro_rata"]),
    ),
)


@settings(max_examples=60)
@given(GOOD_RULES, st.lists(st.integers(0, 100), min_size=2, max_size=5).map(sorted))
def test_more_is_never_less_under_any_rising_rule(rule: str, numbers: list[int]) -> None:
    rules = small(rule, "n: {label: 数, type: integer, max: 100}", keys="floor: 0")
    totals = [assess(rules, {"n": n}).total for n in numbers]
    assert totals == sorted(totals)


def entries(published: Published, size: int) -> st.SearchStrategy[list[Member]]:
    """Return organisations of two committees, each like the ordinary one but for a few facts."""
    facts = st.lists(changed(published.rules, published.case.facts), min_size=2, max_size=size)
    return facts.map(
        lambda found: [
            (
                {**published.case.organisation, "id": f"n{number}", "committee": f"c{number % 2}"},
                each,
            )
            for number, each in enumerate(found)
        ]
    )


def summary(outcome: RoundResult) -> dict[str, Any]:
    return {each.organisation.id: _summary_of(each) for each in outcome.results}


def _summary_of(result: Result) -> tuple[Any, ...]:
    if result.refused:
        return (str(result.refused),)
    assert result.assessment is not None
    assert result.decision is not None
    return (list(result.assessment.outputs), result.decision)


def counts(reports: list[QuotaReport]) -> set[tuple[Any, ...]]:
    return {
        (each.quota.id, each.group, each.base, each.limit, each.held, each.moved)
        for each in reports
    }


@every_rule_set
@settings(max_examples=6)
@given(data=st.data())
def test_order_of_the_organisations_makes_no_difference(
    published: Published, data: st.DataObject
) -> None:
    members = data.draw(entries(published, 7))
    shuffled = data.draw(st.permutations(members))
    first, second = (score_all(published.rules, each) for each in (members, shuffled))
    assert summary(first) == summary(second)
    assert [counts(each) for each in first.quotas.values()] == [
        counts(each) for each in second.quotas.values()
    ]


@every_rule_set
@settings(max_examples=8)
@given(data=st.data())
def test_quota_of_a_published_rule_set_is_never_exceeded(
    published: Published, data: st.DataObject
) -> None:
    outcome = score_all(published.rules, data.draw(entries(published, 9)))
    exceeded = [
        report
        for reports in outcome.quotas.values()
        for report in reports
        if report.quota.kind == "at_most"
        and report.quota.ties == "exclude"
        and report.held > report.limit
    ]
    assert exceeded == []


def highest_after(veto: Veto, rules: LevelRules, assessment: Assessment) -> int:
    """Return the highest level that a veto leaves."""
    bottom = rules.levels[0].at_least <= 0
    return {
        "no_level": NO_LEVEL,
        "lowest_level": 0,
        "at_most": rules.index.get(veto.effect.level, NO_LEVEL),
        "no_promotion": rules.previous(assessment),
        "down": len(rules.levels) - 1 - veto.effect.steps,
        "clear_to_zero": 0 if bottom else NO_LEVEL,
    }[veto.effect.kind]


@pytest.mark.parametrize("published", [each for each in ALL if each.rules.vetoes], ids=str)
@settings(max_examples=25)
@given(data=st.data())
def test_level_never_lies_above_what_a_veto_leaves(
    published: Published, data: st.DataObject
) -> None:
    facts = data.draw(changed(published.rules, published.case.facts, most=12))
    levels, assessment = published.category.levels, assessed(published, facts)
    index = levels.decide(assessment).index
    above = [
        veto.id
        for veto in assessment.fallen_vetoes
        if index > max(highest_after(veto, levels, assessment), NO_LEVEL)
    ]
    assert above == []


EFFECTS = [
    "no_level",
    "lowest_level",
    "clear_to_zero",
    "no_promotion",
    "{at_most: l1}",
    "{down: 1}",
]


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(EFFECTS), min_size=1, max_size=3),
    st.integers(0, 100),
    st.sampled_from(["none", "l0", "l1", "l2"]),
    st.lists(st.booleans(), min_size=3, max_size=3),
)
def test_any_vetoes_together_leave_no_more_than_each_alone(
    effects: list[str], points: int, previous: str, fallen: list[bool]
) -> None:
    vetoes = "".join(
        f"  - {{id: v{number}, title: 否决, when: f{number}, effect: {effect}}}\n"
        for number, effect in enumerate(effects)
    )
    rules = rule_set(
        "scale: {total: 100}\nfacts:\n  p: {label: 分, type: integer, max: 100}\n"
        + "".join(f"  f{number}: {{label: 甲, type: boolean}}\n" for number in range(3))
        + "dimensions: [{id: d, title: 维, points: 100, indicators: "
        "[{id: x, title: 一, points: 100, rule: {formula: p}}]}]\n"
        + f"vetoes:\n{vetoes}"
        + "levels:\n  measured_on: unrounded\n  promotion: any\n  from_low_to_high:\n"
        + "".join(f"    - {{id: l{n}, title: 级, at_least: {n * 30 + 30}}}\n" for n in range(3))
    )
    facts = {"p": points, **{f"f{number}": fell for number, fell in enumerate(fallen)}}
    levels = level_rules(rules)
    decision = decide(rules, facts, previous_level=previous)
    without = decide(rules, {**facts, "f0": False, "f1": False, "f2": False})
    assert decision.index <= without.index
    held = {"none": -1, "l0": 0, "l1": 1, "l2": 2}[previous]
    bounds = {
        "no_level": -1,
        "lowest_level": 0,
        "clear_to_zero": -1,
        "no_promotion": held,
        "{at_most: l1}": 1,
        "{down: 1}": max(without.index - 1, -1),
    }
    for effect, fell in zip(effects, fallen, strict=False):
        if fell:
            assert decision.index <= bounds[effect]
    assert len(levels.levels) == 3


@every_rule_set
@settings(max_examples=10)
@given(data=st.data())
def test_total_is_the_same_however_often_it_is_scored(
    published: Published, data: st.DataObject
) -> None:
    facts = data.draw(changed(published.rules, published.case.facts))
    assert points_text(assessed(published, facts).total) == points_text(
        assessed(published, dict(reversed(facts.items()))).total
    )


@every_rule_set
@settings(max_examples=3)
@given(data=st.data())
def test_generated_values_are_ones_that_readers_accept(
    published: Published, data: st.DataObject
) -> None:
    rules, reader = published.rules, published.category.scorer.reader
    for name, fact in rules.facts.items():
        inputs = reader.read(someone(), {name: data.draw(value_of(name, fact, rules))})
        assert name not in inputs.missing
