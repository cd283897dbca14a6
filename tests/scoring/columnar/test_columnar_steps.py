"""Steps in words from columns of numbers: whole sequences, each once, and the moves of quotas."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from decided_rows import make
from factories import level_rules, rule_set
from hypothesis import given
from hypothesis import strategies as st
from odd_rule_sets import FIVE_LEVELS, HEAD
from random_outputs import drawn

from evaluator.scoring.columnar.steps import StepWords, joined, step_sequences
from evaluator.scoring.quotas import Population, Standing, apply_quotas
from evaluator.scoring.round import Category
from rules.syntax import Words

SAID = [Words(""), Words("一", "one"), Words("二"), Words("三", "three"), Words("二")]
ROWS = st.integers(0, 4).flatmap(
    lambda stages: st.lists(
        st.lists(st.integers(0, 4), min_size=stages, max_size=stages), min_size=1, max_size=30
    )
)


def test_steps_are_numbered_from_one_on() -> None:
    words = StepWords()
    assert (words.add(SAID[1]), words.add(SAID[2], SAID[3]), words.add()) == (1, 2, 4)
    assert words.words == SAID[:4]


MANY = [*SAID, *(Words(str(number)) for number in range(70_000))]


@pytest.mark.parametrize("words", [SAID, MANY], ids=["few", "many"])
@given(rows=ROWS)
def test_each_organisation_has_its_own_steps_in_order(
    words: list[Words], rows: list[list[int]]
) -> None:
    stages = [np.array(column, np.int8) for column in zip(*rows, strict=True)]
    numbers, sequences = step_sequences(stages, words, len(rows))
    assert [sequences[number] for number in numbers] == [
        tuple(SAID[step] for step in row if step) for row in rows
    ]
    assert sorted(set(numbers.tolist())) == list(range(len(sequences)))
    assert len(set(sequences)) == len(sequences)


def test_nobody_has_no_sequences() -> None:
    numbers, sequences = step_sequences([np.zeros(0, np.int8)], SAID, 0)
    assert (numbers.tolist(), sequences) == ([], [])


def test_steps_are_joined_in_both_languages() -> None:
    sequences = [(), (SAID[1], SAID[2]), (SAID[3],)]
    assert joined(sequences, "zh") == ["", "一；二", "三"]
    assert joined(sequences, "en") == ["", "one; 二", "three"]


MOVING = make(
    Category(
        rule_set(
            HEAD
            + FIVE_LEVELS.replace("PROMOTION", "any")
            + "quotas:\n"
            + "  - {id: few, level: two, kind: at_least, share: 100%, of: rated, rounding: up,\n"
            + "     ties: include}\n"
            + "  - {id: least, level: two, kind: at_least, number: 70, ties: include}\n"
            + "  - {id: none, level: four, kind: at_most, counts: and_above, number: 0,\n"
            + "     ties: exclude, direct_awards: counted}\n"
            + "  - {id: share, level: three, kind: at_most, share: 5%, of: all, rounding: down,\n"
            + "     ties: exclude, direct_awards: counted}\n"
            + "  - {id: aim, level: four, kind: target, number: 1}\n"
        )
    )
)


@given(st.integers(0, 2**32 - 1))
def test_moves_of_a_quota_have_the_words_of_the_explaining_path(seed: int) -> None:
    rules, decisions = MOVING.category.levels, MOVING.decisions
    assessments, decided = drawn(MOVING, seed, 40)
    for quota in rules.rule_set.quotas:
        alone = level_rules(replace(rules.rule_set, quotas=(quota,)))
        standings = [Standing(each, rules.decide(each)) for each in assessments]
        before = [len(each.decision.steps) for each in standings]
        apply_quotas(standings, {quota.id: {"": Population(40, 40, 40)}}, alone)
        said = [each.decision.steps[n:] for each, n in zip(standings, before, strict=True)]
        numbers = decisions.moved(quota, np.array([bool(each) for each in said]), decided.below)
        assert [[decisions.words[number]] if number else [] for number in numbers] == said
