"""The trimmed mean of agreement is the one that a score is made of."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from factories import points, small
from hypothesis import given
from hypothesis import strategies as st

from evaluator.scoring.agreement import Rating, Unsaid, table_of, trimmed_mean
from evaluator.scoring.reading import reader_of
from rules.lowering.values import scale_of
from rules.numbers import half_up, points_text
from rules.syntax import MeanOf, RuleSet

DROPS = [(0, 0, 1), (1, 1, 3), (2, 1, 5), (0, 1, 2), (1, 0, 4)]


def judged_by(drop_highest: int, drop_lowest: int, at_least: int) -> RuleSet:
    rule = (
        f"ratings: marks, drop_highest: {drop_highest}, drop_lowest: {drop_lowest}, "
        f"at_least: {at_least}"
    )
    return small(
        "formula: judged",
        "marks: {label: 答辩评分, type: ratings, max: 100, source: {panel: defence}}",
        points="100",
        scale=", places: 4",
        keys="floor: 0",
        more=f"measures: {{judged: {{label: 平均分, mean: {{{rule}}}}}}}\n",
    )


RULES = [judged_by(*drop) for drop in DROPS]


@given(st.lists(st.decimals(0, 100, places=2), min_size=5, max_size=9), st.sampled_from(RULES))
def test_trimmed_mean_is_what_the_indicator_has_won(given_: list[Decimal], rules: RuleSet) -> None:
    fact, rule = rules.facts["marks"], rules.measures["judged"].mean
    assert rule is not None
    marks, read = [str(each) for each in given_], reader_of(fact)
    ratings = [Rating("a", f"p{n}", "marks", read(mark)) for n, mark in enumerate(marks)]
    found = trimmed_mean(table_of(ratings, "marks", scale_of(fact)).cells["a"], rule).mean
    assert isinstance(found, Fraction)
    assert points_text(half_up(10_000 * found.numerator, found.denominator)) == points(
        rules, {"marks": marks}
    )


def test_dropped_ratings_are_named() -> None:
    row = {"甲": Fraction(90), "乙": Fraction(60), "丙": Fraction(90), "丁": Fraction(80)}
    found = trimmed_mean(row, MeanOf(ratings="marks", drop_highest=1, drop_lowest=1))
    assert (found.mean, set(found.dropped)) == (Fraction(85), {"乙", max("甲", "丙")})


def test_fewer_ratings_than_the_rule_asks_for_have_no_mean() -> None:
    found = trimmed_mean({"甲": Fraction(90)}, MeanOf(ratings="marks", at_least=2))
    assert (found.mean, found.kept, found.dropped) == (Unsaid.TOO_FEW_FOR_MEAN, (), ())


def test_ratings_of_other_facts_stay_out() -> None:
    ratings = [Rating("a", "p", "brand", 9050), Rating("a", "p", "results", 700)]
    assert table_of(ratings, "brand", 100).cells == {"a": {"p": Fraction(181, 2)}}


def test_two_ratings_of_one_case_by_one_panellist_are_refused() -> None:
    twice = [Rating("a", "p", "brand", 90), Rating("a", "p", "brand", 70)]
    with pytest.raises(ValueError, match='"p" rated "a" twice for "brand"; allowed is one rating'):
        table_of(twice, "brand")
