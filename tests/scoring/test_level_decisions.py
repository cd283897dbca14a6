"""From points to a level: bands, gates, stars won by dimensions."""

from __future__ import annotations

import pytest
from factories import level, level_rules, rule_set
from hypothesis import given
from hypothesis import strategies as st
from star_levels import BANDS, HEAD, facts, made

from rules.numbers import points_text


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
