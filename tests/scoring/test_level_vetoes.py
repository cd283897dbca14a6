"""Who gets no level, or a lower one: vetoes, conditions for being rated, part of a year."""

from __future__ import annotations

import pytest
from factories import decide, level, rule_set
from star_levels import BANDS, DIRECT, HEAD, facts, made

from evaluator.scoring.inputs import FactErrors
from rules.syntax import RuleSet


def veto(effect: str) -> RuleSet:
    return made(
        more=f"vetoes: [{{id: v, title: {{zh: 弄虚作假, en: Fraud}}, when: b, effect: {effect}}}]"
    )


@pytest.mark.parametrize(
    ("effect", "total", "previous", "reached"),
    [
        ("no_level", "95", "none", "none"),
        ("lowest_level", "95", "none", "two_star"),
        ("lowest_level", "50", "none", "none"),
        ("clear_to_zero", "95", "none", "none"),
        ("{at_most: three_star}", "95", "none", "three_star"),
        ("{at_most: three_star}", "61", "none", "two_star"),
        ("no_promotion", "95", "three_star", "three_star"),
        ("no_promotion", "95", "none", "none"),
        ("no_promotion", "61", "five_star", "two_star"),
        ("no_promotion", "95", "five_star", "five_star"),
        ("{down: 1}", "95", "none", "four_star"),
        ("{down: 3}", "95", "none", "two_star"),
        ("{down: 4}", "95", "none", "none"),
        ("{down: 9}", "61", "none", "none"),
    ],
)
def test_veto_has_its_effect(effect: str, total: str, previous: str, reached: str) -> None:
    rules = veto(effect)
    assert level(rules, facts(total, b=True), previous_level=previous) == reached


@pytest.mark.parametrize(
    "effect",
    [
        "no_level",
        "lowest_level",
        "clear_to_zero",
        "{at_most: two_star}",
        "no_promotion",
        "{down: 2}",
    ],
)
def test_veto_that_does_not_fall_changes_nothing(effect: str) -> None:
    decision = decide(veto(effect), facts("95"))
    assert (decision.index, decision.steps) == (3, [])


def test_veto_says_which_and_what_it_leaves() -> None:
    decision = decide(veto("{at_most: four_star}"), facts("95", b=True))
    assert [(step.zh, step.en) for step in decision.steps] == [
        ("一票否决“弄虚作假”：四星", 'veto "Fraud": Four stars')
    ]


def test_cleared_total_reaches_a_band_that_begins_at_zero() -> None:
    bands = BANDS.replace("at_least: 60", "at_least: 0")
    rules = made(bands=bands, more="vetoes: [{id: v, title: 否决, when: b, effect: clear_to_zero}]")
    assert level(rules, facts("95", b=True)) == "two_star"


def test_veto_in_a_rule_set_without_levels_has_nothing_to_lower() -> None:
    rules = rule_set(HEAD + "vetoes: [{id: v, title: 否决, when: b, effect: clear_to_zero}]\n")
    assert level(rules, facts("95", b=True)) == "none"


def test_several_vetoes_all_hold() -> None:
    rules = made(
        more="vetoes:\n  - {id: v, title: 一, when: b, effect: {at_most: four_star}}\n"
        "  - {id: w, title: 二, when: c, effect: {down: 2}}\n"
    )
    assert level(rules, facts("95", b=True, c=True)) == "two_star"


ELIGIBILITY = (
    "eligibility: [{require: 'years_between(founded, period_end) >= 1', otherwise: OTHERWISE, "
    "because: {zh: 成立不满一年, en: younger than a year}}]\n"
)


@pytest.mark.parametrize(
    ("otherwise", "founded", "reached", "rated"),
    [
        ("not_rated", "2025-12-31", "five_star", True),
        ("not_rated", "2026-01-01", "none", False),
        ("no_level", "2026-01-01", "none", True),
    ],
)
def test_condition_for_being_rated(otherwise: str, founded: str, reached: str, rated: bool) -> None:
    rules = made(more=ELIGIBILITY.replace("OTHERWISE", otherwise))
    decision = decide(rules, facts("95", founded=founded))
    title = "none" if decision.index < 0 else rules.levels.from_low_to_high[decision.index].id
    assert (title, decision.rated) == (reached, rated)


def test_condition_for_being_rated_goes_before_a_direct_award() -> None:
    rules = made(DIRECT, more=ELIGIBILITY.replace("OTHERWISE", "no_level"))
    decision = decide(rules, facts("95", a=True, founded="2026-01-01"))
    assert decision.index == -1
    assert [step.zh for step in decision.steps] == ["成立不满一年"]


@pytest.mark.parametrize(
    ("founded", "index", "rated"),
    [("2026-01-01", 3, True), ("2026-01-02", -1, False), ("2000-01-01", 3, True)],
)
def test_organisation_of_part_of_the_year_is_not_rated(
    founded: str, index: int, rated: bool
) -> None:
    rules = made(more="organisations: {part_year: not_rated, founded: founded, merged: mean}\n")
    decision = decide(rules, facts("95", founded=founded))
    assert (decision.index, decision.rated) == (index, rated)
    assert [step.zh for step in decision.steps] == (
        [] if rated else ["评定周期内新成立，本轮不参加评定"]
    )


@pytest.mark.parametrize("part_year", ["not_rated", "pro_rata"])
def test_founding_day_must_be_known_where_it_decides(part_year: str) -> None:
    rules = made(
        more=f"organisations: {{part_year: {part_year}, founded: founded, merged: mean}}\n"
    )
    with pytest.raises(FactErrors) as errors:
        decide(rules, {**facts("95"), "founded": None})
    assert [each.fact for each in errors.value.problems] == ["founded"]
