"""From points to a level: bands, gates, direct awards, caps, steps, vetoes, eligibility."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from factories import decide, level, level_rules, rule_set
from hypothesis import given
from hypothesis import strategies as st

from evaluator.scoring.inputs import FactErrors
from rules.numbers import points_text, read_points
from rules.syntax import RuleSet

HEAD = """
scale: {total: 100}
facts:
  p: {label: 分数, type: decimal, max: 80, places: 4}
  q: {label: 其余, type: decimal, max: 20, places: 4}
  a: {label: {zh: 有项目, en: Has a project}, type: boolean}
  b: {label: 乙, type: boolean}
  c: {label: 丙, type: boolean}
  founded: {label: 成立, type: date, source: {organisation: founded}}
dimensions:
  - id: first
    title: 一
    points: 80
    indicators: [{id: x, title: 一, points: 80, rule: {formula: p}}]
  - id: second
    title: 二
    points: 20
    indicators: [{id: y, title: 二, points: 20, rule: {formula: q}}]
"""
BANDS = """
    - {id: two_star, title: 二星, stars: 2, at_least: 60}
    - {id: three_star, title: 三星, stars: 3, at_least: 70}
    - {id: four_star, title: {zh: 四星, en: Four stars}, stars: 4, at_least: 80}
"""


@cache
def made(
    top: str = "",
    *,
    measured: str = "unrounded",
    promotion: str = "any",
    keys: str = "",
    bands: str = BANDS,
    more: str = "",
) -> RuleSet:
    """Return a rule set with levels from two to five stars; `top` holds keys of the highest."""
    return rule_set(
        f"{HEAD}\nlevels:\n  measured_on: {measured}\n  promotion: {promotion}\n{keys}\n"
        f"  from_low_to_high:{bands}"
        f"    - id: five_star\n      title: {{zh: 五星, en: Five stars}}\n      stars: 5\n"
        f"      at_least: 90\n{top}\n{more}"
    )


def facts(total: str, **given: Any) -> dict[str, Any]:
    """Return facts that come to a total, the second dimension full where that is possible."""
    points = read_points(total)
    rest = min(points, 200_000)
    usual = {"a": False, "b": False, "c": False, "founded": "2000-01-01"}
    return {"p": points_text(points - rest), "q": points_text(rest), **usual, **given}


@pytest.mark.parametrize(
    ("total", "reached"),
    [
        ("59.9999", "none"),
        ("60", "two_star"),
        ("69.9999", "two_star"),
        ("70", "three_star"),
        ("89.5", "four_star"),
        ("89.9999", "four_star"),
        ("90", "five_star"),
        ("100", "five_star"),
        ("0", "none"),
    ],
)
def test_unrounded_bands_look_at_the_total_as_it_is(total: str, reached: str) -> None:
    rules = rule_set(
        HEAD.replace("scale: {total: 100}", "scale: {total: 100, places: 4}")
        + "\nlevels:\n  measured_on: unrounded\n  promotion: any\n  from_low_to_high:"
        + BANDS
        + "    - {id: five_star, title: 五星, at_least: 90}\n"
    )
    assert level(rules, facts(total)) == reached


@pytest.mark.parametrize(
    ("places", "total", "reached"),
    [
        ("2", "89.9949", "four_star"),
        ("2", "89.995", "five_star"),
        ("1", "89.94", "four_star"),
        ("1", "89.95", "five_star"),
        ("0", "89.49", "four_star"),
        ("0", "89.5", "five_star"),
        ("0", "79.5", "four_star"),
        ("0", "59.4999", "none"),
    ],
)
def test_rounded_bands_look_at_the_rounded_total(places: str, total: str, reached: str) -> None:
    rules = rule_set(
        HEAD.replace("scale: {total: 100}", "scale: {total: 100, places: 4}")
        + f"\nlevels:\n  measured_on: {{rounded: {places}}}\n  promotion: any\n  from_low_to_high:"
        + BANDS
        + "    - {id: five_star, title: 五星, at_least: 90}\n"
    )
    assert level(rules, facts(total)) == reached


def test_gate_that_fails_leaves_the_next_level_down() -> None:
    rules = made("      gates: [{require: a}]")
    assert level(rules, facts("95")) == "four_star"
    assert level(rules, facts("95", a=True)) == "five_star"


def test_every_gate_of_a_level_must_hold() -> None:
    rules = made("      gates: [{require: a}, {require: b or c}]")
    reached = [level(rules, facts("95", a=True, c=c)) for c in (False, True)]
    assert reached == ["four_star", "five_star"]


def test_gate_may_compare_totals_of_dimensions() -> None:
    rules = made("      gates: [{require: first >= 75 and total >= 92}]")
    reached = [level(rules, facts(each)) for each in ("91.99", "95", "94.99")]
    assert reached == ["four_star", "five_star", "four_star"]


@pytest.mark.parametrize(
    ("p", "q", "reached"),
    [("78", "16", "five_star"), ("78.02", "15.98", "four_star"), ("80", "20", "five_star")],
)
def test_every_dimension_must_reach_its_share(p: str, q: str, reached: str) -> None:
    rules = made("      gates: [{every_dimension: 80%}]")
    assert level(rules, {**facts("0"), "p": p, "q": q}) == reached


@pytest.mark.parametrize(
    ("previous", "years", "reached"),
    [
        ("four_star", 2, "five_star"),
        ("four_star", 1, "four_star"),
        ("five_star", 2, "five_star"),
        ("three_star", 9, "four_star"),
        ("none", 9, "four_star"),
    ],
)
def test_prior_standing_must_have_been_held(previous: str, years: int, reached: str) -> None:
    rules = made("      gates: [{held: {level: four_star, years: 2}}]")
    given_standing = {"previous_level": previous, "years_at_level": years}
    assert level(rules, facts("95"), **given_standing) == reached


DIRECT = "      direct: [{when: a, because: {zh: 省级表彰, en: honoured by the province}}]"


def test_direct_award_needs_no_score() -> None:
    decision = decide(made(DIRECT), facts("10", a=True))
    assert (decision.index, decision.direct) == (3, True)
    assert [(step.zh, step.en) for step in decision.steps] == [
        (
            "省级表彰，直接评定为五星",
            "honoured by the province: awarded Five stars directly",
        )
    ]


def test_direct_award_to_a_level_reached_anyway_moves_nothing() -> None:
    decision = decide(made(DIRECT), facts("95", a=True))
    assert (decision.index, decision.direct, decision.steps) == (3, True, [])


def test_direct_award_never_lowers() -> None:
    bands = BANDS.replace("at_least: 60}", "at_least: 60, direct: [{when: a, because: 表彰}]}")
    decision = decide(made(bands=bands), facts("95", a=True))
    assert (decision.index, decision.direct) == (3, False)


CAPS = """
  caps:
    - {when: b, at_most: four_star, because: {zh: 满意度低, en: satisfaction is low}}
    - {when: c, at_most: two_star, because: 未整改}
"""


@pytest.mark.parametrize(
    ("given_facts", "reached"),
    [
        ({}, "five_star"),
        ({"b": True}, "four_star"),
        ({"c": True}, "two_star"),
        ({"b": True, "c": True}, "two_star"),
    ],
)
def test_cap_keeps_the_level_down(given_facts: dict[str, bool], reached: str) -> None:
    assert level(made(keys=CAPS), facts("95", **given_facts)) == reached


def test_cap_never_raises() -> None:
    decision = decide(made(keys=CAPS), facts("75", b=True))
    assert (decision.index, decision.steps) == (1, [])


def test_cap_holds_for_a_direct_award() -> None:
    decision = decide(made(DIRECT, keys=CAPS), facts("10", a=True, b=True))
    assert [step.zh for step in decision.steps] == [
        "省级表彰，直接评定为五星",
        "满意度低，最高评定为四星",
    ]
    assert decision.steps[1].en == "satisfaction is low: at most Four stars"


@pytest.mark.parametrize(
    ("previous", "total", "reached"),
    [
        ("none", "95", "two_star"),
        ("two_star", "95", "three_star"),
        ("three_star", "95", "four_star"),
        ("four_star", "95", "five_star"),
        ("five_star", "95", "five_star"),
        ("five_star", "61", "two_star"),
        ("two_star", "59", "none"),
    ],
)
def test_one_step_up_at_a_time_and_down_at_once(previous: str, total: str, reached: str) -> None:
    rules = made(promotion="one_step")
    assert level(rules, facts(total), previous_level=previous) == reached


def test_one_step_says_why() -> None:
    decision = decide(made(promotion="one_step"), facts("95"), previous_level="three_star")
    assert [(step.zh, step.en) for step in decision.steps] == [
        (
            "逐级晋升：原为三星，本次最高评定为四星",
            "one step at a time: from 三星 to at most Four stars",
        )
    ]


def test_honour_allows_to_skip() -> None:
    rules = made(promotion="one_step", keys="  skip_when: c")
    reached = [level(rules, facts("95", c=c), previous_level="two_star") for c in (False, True)]
    assert reached == ["three_star", "five_star"]


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


STARS = """
scale: {total: 30}
facts:
  p: {label: 一, type: decimal, max: 10}
  q: {label: 二, type: decimal, max: 10}
  r: {label: 三, type: decimal, max: 10}
dimensions:
  - {id: d1, title: 一, points: 10,
     indicators: [{id: x, title: 一, points: 10, rule: {formula: p}}]}
  - {id: d2, title: 二, points: 10,
     indicators: [{id: y, title: 二, points: 10, rule: {formula: q}}]}
  - {id: d3, title: 三, points: 10,
     indicators: [{id: z, title: 三, points: 10, rule: {formula: r}}]}
levels:
  measured_on: unrounded
  promotion: any
  stars: {won_at: 85%}
  from_low_to_high:
    - {id: one, title: 一星, at_least: 1}
    - {id: two, title: 二星, at_least: 2}
    - {id: three, title: 三星, at_least: 3}
"""


@pytest.mark.parametrize(
    ("p", "q", "r", "reached"),
    [
        ("8.5", "8.5", "8.5", "three"),
        ("8.49", "10", "8.5", "two"),
        ("0", "0", "10", "one"),
        ("8.49", "8.49", "8.49", "none"),
    ],
)
def test_each_dimension_is_a_star_won_separately(p: str, q: str, r: str, reached: str) -> None:
    assert level(rule_set(STARS), {"p": p, "q": q, "r": r}) == reached


def test_band_may_be_of_one_dimension() -> None:
    rules = made("      of: second", bands=BANDS.replace("at_least: 80", "at_least: 80"))
    assert level(rules, {**facts("0"), "p": "80", "q": "15"}) == "four_star"


def test_gates_in_words_for_whoever_reads_the_result() -> None:
    rules = made(
        "      gates: [{every_dimension: 80%}, {held: {level: four_star, years: 2}}, "
        "{require: b, because: {zh: 有创新, en: innovates}}]"
    )
    gates = [level_rules(rules).gate_words(each) for each in rules.levels.from_low_to_high[3].gates]
    assert [(each.zh, each.en) for each in gates] == [
        ("每个维度得分率不低于80%", "every dimension reaches 80% of its points"),
        (
            "已保持“四星”满2年，或已保持更高等级满1年",
            "held Four stars for 2 years, or a higher level for 1 year",
        ),
        ("有创新", "innovates"),
    ]


@given(st.integers(0, 1_000_000), st.integers(0, 1_000_000))
def test_more_points_never_reach_a_lower_level(first: int, second: int) -> None:
    rules, order = made(), ["none", "two_star", "three_star", "four_star", "five_star"]
    low, high = sorted([first // 100 * 100, second // 100 * 100])
    reached = [order.index(level(rules, facts(points_text(each)))) for each in (low, high)]
    assert reached == sorted(reached)
