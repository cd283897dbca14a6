"""Drafts run by the compiled function against drafts walked through the form, step by step."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from factories import rule_set, someone
from generated_facts import changed
from hypothesis import given, settings
from hypothesis import strategies as st
from published_rules import Published, all_published
from walked_drafts import walked

from evaluator.scoring.explain import Scorer
from evaluator.scoring.inputs import FactErrors, Inputs, Organisation
from evaluator.scoring.partly_known import PartlyKnown, PartProgram
from evaluator.scoring.so_far import SoFarScorer
from rules.syntax import RuleSet

sys.path.append(str(Path(__file__).parents[1] / "agreement"))
from trials import trials

CHAINED = """
scale: {total: 20}
facts:
  n: {label: 数, type: integer, max: 9}
  k: {label: 数二, type: integer, max: 9}
  m: {label: 数三, type: integer, max: 9}
  here: {label: 有, type: boolean}
  taste: {label: 特色, type: decimal, max: 9, reason: required, source: review}
measures:
  place: {label: 名次, rank: {of: n, among: category, best: highest, ties: best_rank}}
dimensions:
  - id: d
    title: 维度
    points: 12
    applies_when: here
    indicators:
      - {id: x, title: 名次, points: 3, applies_when: k > 2 or place < 2, otherwise: {use: z},
         rule: {formula: 'max(4 - place * m, 0)'}}
      - {id: y, title: 同类, points: 4, missing: peers_mean, rule: {formula: 'min(m, 4)'}}
      - {id: z, title: 替代, points: 5, missing: exempt, applies_when: n > 3 or place < 3,
         otherwise: {use: w}, rule: {formula: 'min(k, 5)'}}
  - id: e
    title: 维度二
    points: 8
    indicators:
      - {id: w, title: 特色, points: 8, missing: {use: y},
         rule: {award: [{discretion: {fact: taste, from: 1, to: 8}, because: 好}]}}
"""


def same(found: PartlyKnown, expected: PartlyKnown) -> bool:
    """Return whether two ways come to the same; False is 0 here."""
    return (list(found.outputs), found.waiting, found.missing, found.problems) == (
        expected.outputs,
        expected.waiting,
        expected.missing,
        expected.problems,
    )


def read(scorer: Scorer, organisation: Organisation, facts: Mapping[str, Any]) -> Inputs | None:
    """Return facts as they are read, None where one of them is rubbish."""
    try:
        return scorer.read(organisation, facts)
    except FactErrors:
        return None


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.data())
def test_random_drafts_come_to_what_walking_says(seed: int, data: st.DataObject) -> None:
    trial = next(trials(seed, (12,)))
    parts = PartProgram(trial.category.scorer.program)
    names = sorted(trial.category.rule_set.facts)
    gone = data.draw(st.sets(st.sampled_from(names))) if names else set()
    for who, facts in trial.entries:
        for given_facts in (facts, {each: facts[each] for each in facts if each not in gone}):
            inputs = read(trial.category.scorer, who, given_facts)
            if inputs is None:
                continue
            for group_known in (False, True):
                expected = walked(parts.steps, inputs, group_known)
                assert same(parts.run(inputs, group_known), expected)


@settings(max_examples=60)
@given(st.data())
def test_published_rules_on_drafts_come_to_what_walking_says(data: st.DataObject) -> None:
    published: Published = data.draw(st.sampled_from(all_published()))
    drafts = SoFarScorer(published.category.scorer, published.category.levels)
    facts = data.draw(changed(published.rules, published.case.facts))
    kept = data.draw(st.sets(st.sampled_from(sorted(facts))))
    who = someone(**published.case.organisation)
    inputs = published.category.scorer.read(who, {each: facts[each] for each in kept})
    found = drafts.of(inputs)
    expected = walked(drafts.parts.steps, inputs)
    assert list(found.assessment.outputs) == expected.outputs
    assert (found.waiting, found.missing, list(found.problems)) == (
        expected.waiting,
        expected.missing,
        expected.problems,
    )


FACTS = st.fixed_dictionaries(
    {},
    optional={
        "n": st.integers(0, 9).map(str),
        "k": st.integers(0, 9).map(str),
        "m": st.integers(0, 9).map(str),
        "here": st.sampled_from(["true", "false"]),
        "taste": st.integers(0, 9).map(lambda points: {"value": str(points), "reason": "好"}),
    },
)


@pytest.fixture(scope="module")
def chained() -> RuleSet:
    """Return a rule set whose indicators wait for each other, for facts and for the group."""
    made: RuleSet = rule_set(CHAINED)
    return made


@settings(max_examples=200)
@given(facts=FACTS, group_known=st.booleans())
def test_indicators_that_wait_for_each_other_are_told_as_walking_tells_them(
    chained: RuleSet, facts: dict[str, Any], group_known: bool
) -> None:
    scorer = Scorer(chained)
    parts, inputs = PartProgram(scorer.program), scorer.read(someone(), facts)
    assert same(parts.run(inputs, group_known), walked(parts.steps, inputs, group_known))
