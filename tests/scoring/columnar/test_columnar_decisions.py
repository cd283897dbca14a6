"""Decisions in columns are those of LevelRules.decide, whatever the outputs of a program are."""

from __future__ import annotations

from fractions import Fraction

import pytest
from decided_rows import every_rule_set, row_of, rows_of
from hypothesis import given, settings
from hypothesis import strategies as st
from random_outputs import drawn

from evaluator.scoring.levels import NO_LEVEL

SIZE = 100
MADE = every_rule_set()
of_each = pytest.mark.parametrize("name", MADE)
seeds = st.integers(0, 2**32 - 1)


@of_each
@settings(max_examples=20)
@given(seed=seeds)
def test_decisions_in_columns_are_those_of_the_explaining_path(name: str, seed: int) -> None:
    made = MADE[name]
    assessments, decided = drawn(made, seed, SIZE)
    decide = made.category.levels.decide
    assert rows_of(made, decided) == [row_of(each, decide(each)) for each in assessments]


@of_each
@settings(max_examples=10)
@given(seed=seeds)
def test_upper_quota_moves_to_the_same_level_below(name: str, seed: int) -> None:
    made = MADE[name]
    assessments, decided = drawn(made, seed, SIZE)
    rules = made.category.levels
    decisions = [rules.decide(each) for each in assessments]
    for quota in made.category.rule_set.quotas:
        if quota.kind == "at_most":
            top = rules.index[quota.level]
            assert decided.below[quota.id].tolist() == [
                max(rules.reached_below(each, top), decision.awarded_between(NO_LEVEL, top))
                for each, decision in zip(assessments, decisions, strict=True)
            ]


@of_each
@settings(max_examples=5)
@given(seed=seeds)
def test_ties_are_told_apart_by_the_same_values(name: str, seed: int) -> None:
    made = MADE[name]
    assessments, decided = drawn(made, seed, SIZE)
    for quota in made.category.rule_set.quotas:
        for number, (above, below) in enumerate(decided.ties[quota.id]):
            key = ("tie", quota.id, str(number))
            assert list(map(Fraction, above.tolist(), below.tolist())) == [
                Fraction(each.value(*key), each.value(*key, "denominator")) for each in assessments
            ]
