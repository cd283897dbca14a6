"""Ballots to facts: exact, anonymous in their order, and nothing from too few."""

from __future__ import annotations

from collections import Counter

import pytest
from district import RULES
from hypothesis import given
from hypothesis import strategies as st

from evaluator.appraisals.counting import (
    GRADES,
    Question,
    questions_of,
    refusal,
    results_of,
    share_of,
)
from evaluator.rule_sets.reading import read_files

GRADE = Question("satisfied", "grade", "ratio", "满意率", "Satisfied")
MARK = Question("mark", "number", "decimal", "评分", "Mark", "0", "10", 1)
RATINGS = Question("ratings", "number", "ratings", "评分", "Ratings", "0", "100", 1)


def test_questions_are_the_facts_of_the_appraisal() -> None:
    rule_set = read_files("rules.yaml", {"rules.yaml": RULES})
    assert [each.fact for each in questions_of(rule_set)] == ["satisfied"]


def test_share_leaves_out_those_who_are_unsure() -> None:
    counts = {"satisfied": 1, "rather_satisfied": 1, "not_satisfied": 1, "unsure": 7}
    assert share_of(counts, 3) == "66.67%"


def test_share_of_too_few_who_judged_is_not_told() -> None:
    assert share_of({"satisfied": 2, "unsure": 20}, 3) is None


def test_nothing_comes_of_fewer_ballots_than_the_minimum() -> None:
    assert results_of([GRADE], [{"satisfied": "satisfied"}] * 4, 5) == {}


def test_mean_is_rounded_half_up_once() -> None:
    ballots = [{"mark": mark} for mark in ("9.5", "9.6", "9.5", "9.6")]
    assert results_of([MARK], ballots, 1) == {"mark": "9.6"}


def test_ratings_are_given_in_order_of_size() -> None:
    ballots = [{"ratings": mark} for mark in ("95", "9.5", "100")]
    assert results_of([RATINGS], ballots, 1) == {"ratings": ["9.5", "95", "100"]}


@pytest.mark.parametrize("choice", ["", "11", "-1", "9.55", "95%", "nine", "1e1"])
def test_number_out_of_its_bounds_is_refused(choice: str) -> None:
    assert refusal(MARK, choice)


@pytest.mark.parametrize("choice", ["0", "10", "9.5"])
def test_number_within_its_bounds_is_taken(choice: str) -> None:
    assert not refusal(MARK, choice)


@given(st.lists(st.sampled_from(GRADES), min_size=1))
def test_share_does_not_depend_on_the_order(choices: list[str]) -> None:
    ballots = [{"satisfied": choice} for choice in choices]
    assert results_of([GRADE], ballots, 1) == results_of([GRADE], ballots[::-1], 1)
    assert results_of([GRADE], ballots, 1).get("satisfied") == share_of(Counter(choices), 1)
