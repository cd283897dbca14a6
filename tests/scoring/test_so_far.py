"""What a draft comes to while facts are missing, wrong, or known only with everybody's."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from factories import rule_set, small, someone
from generated_facts import changed
from hypothesis import given, settings
from hypothesis import strategies as st
from published_rules import Published, all_published

from evaluator.scoring.explain import Scorer
from evaluator.scoring.inputs import FactErrors
from evaluator.scoring.levels import LevelRules
from evaluator.scoring.next_level import next_level
from evaluator.scoring.partly_known import Waiting
from evaluator.scoring.round import score_round
from evaluator.scoring.so_far import SoFar, SoFarScorer
from rules.describe.words import Labels
from rules.lowering import indicators_of
from rules.numbers import points_text
from rules.syntax import RuleSet

sys.path.append(str(Path(__file__).parents[1] / "agreement"))
from trials import trials

TWO = """
scale: {total: 20}
facts:
  visits: {label: {zh: 走访, en: Visits}, type: integer, max: 9}
  talks: {label: {zh: 谈心, en: Talks}, type: integer, max: 9}
  taste: {label: 特色, type: decimal, max: 5, reason: required, source: review}
  bad: {label: 违纪, type: boolean, source: {office: discipline}}
dimensions:
  - id: d
    title: 维度
    points: 20
    indicators:
      - {id: x, title: 走访, points: 9, rule: {formula: visits}}
      - {id: y, title: 谈心, points: 9, applies_when: talks > 0, otherwise: exempt,
         rule: {formula: talks}}
      - {id: z, title: 特色, points: 2, rule: {formula: 'min(taste, 2)'}}
vetoes:
  - {id: veto, title: 违纪, when: bad, effect: no_level}
levels:
  measured_on: unrounded
  promotion: any
  from_low_to_high:
    - {id: low, title: 低, at_least: 5, below: 9}
    - {id: high, title: 高, at_least: 9}
"""
RANKED = """
scale: {total: 5}
facts:
  n: {label: 数, type: integer, max: 9}
  m: {label: 数二, type: integer, max: 9}
measures:
  place: {label: 名次, rank: {of: n, among: category, best: highest, ties: best_rank}}
dimensions:
  - id: d
    title: 维度
    points: 5
    indicators:
      - {id: x, title: 名次, points: 3, rule: {formula: 'max(4 - place, 0)'}}
      - {id: y, title: 同类, points: 2, missing: peers_mean, rule: {formula: 'min(m, 2)'}}
"""


def drafted(rules: RuleSet, **facts: Any) -> SoFar:
    scorer = SoFarScorer(Scorer(rules), LevelRules(Labels(rules)))
    return scorer.so_far(someone(), facts)


def points(found: SoFar) -> dict[str, str]:
    program = found.assessment.program
    return {
        each.id: points_text(found.assessment.points(each))
        for each in indicators_of(program.rule_set)
    }


def test_nothing_given_brings_nothing_yet() -> None:
    found = drafted(rule_set(TWO))
    assert points(found) == {"x": "0", "y": "0", "z": "0"}
    assert (found.assessment.total, found.decision.index) == (0, -1)
    assert found.missing == {"visits", "talks", "taste", "bad"}
    assert found.problems == ()


def test_an_indicator_waits_for_its_own_facts_alone() -> None:
    found = drafted(rule_set(TWO), visits="7")
    assert points(found) == {"x": "7", "y": "0", "z": "0"}
    assert found.waiting == {
        "y": Waiting(frozenset({"talks"})),
        "z": Waiting(frozenset({"taste"})),
    }
    assert found.decision.index == 0


def test_what_waits_is_not_exempt_so_that_others_do_not_carry_its_points() -> None:
    without = drafted(rule_set(TWO), visits="9")
    exempt = drafted(rule_set(TWO), visits="9", talks="0")
    assert points_text(without.assessment.value("dimension", "d")) == "9"
    assert points_text(exempt.assessment.value("dimension", "d")) == "16.3636"


def test_a_veto_holds_nothing_against_a_draft_until_its_fact_is_known() -> None:
    unknown = drafted(rule_set(TWO), visits="9")
    fallen = drafted(rule_set(TWO), visits="9", bad="true")
    assert (unknown.decision.index, fallen.decision.index) == (1, -1)


def test_rubbish_counts_as_missing_and_is_told_in_words() -> None:
    found = drafted(rule_set(TWO), visits="七次", talks="3")
    assert points(found) == {"x": "0", "y": "3", "z": "0"}
    assert [(each.fact, each.zh) for each in found.problems] == [
        ("visits", "填写的是“七次”，应填整数")
    ]
    assert found.waiting["x"] == Waiting(frozenset({"visits"}))


def test_a_judgement_without_its_reason_does_not_count() -> None:
    bare = drafted(rule_set(TWO), taste="2")
    reasoned = drafted(rule_set(TWO), taste={"value": "2", "reason": "好"})
    assert (points(bare)["z"], points(reasoned)["z"]) == ("0", "2")
    assert [each.fact for each in bare.problems] == ["taste"]


def test_a_fact_of_no_rule_and_an_unknown_level_are_problems_only() -> None:
    scorer = SoFarScorer(Scorer(rule_set(TWO)), LevelRules(Labels(rule_set(TWO))))
    found = scorer.so_far(someone(previous_level="ghost"), {"visits": "5", "other": "1"})
    assert [each.fact for each in found.problems] == ["other", "previous_level"]
    assert points(found)["x"] == "5"


def test_ranks_and_means_of_others_are_not_known_yet() -> None:
    found = drafted(rule_set(RANKED), n="9")
    assert points(found) == {"x": "0", "y": "0"}
    assert found.waiting == {"x": Waiting(compared=True), "y": Waiting(compared=True)}
    assert found.missing == set()


def test_peers_are_not_needed_by_whoever_has_the_fact() -> None:
    found = drafted(rule_set(RANKED), n="9", m="2")
    assert points(found) == {"x": "0", "y": "2"}


def test_who_stands_in_for_an_indicator_lends_it_what_is_missing() -> None:
    rules = small(
        "formula: n",
        "n: {label: 数, type: integer, max: 9}\nk: {label: 数二, type: integer, max: 9}\n"
        "here: {label: 有, type: boolean}",
        keys="applies_when: here\notherwise: {use: other}",
        more="blocks:\n- {id: b, title: 加分, kind: bonus, cap: 9, indicators: [\n"
        "  {id: other, title: 另一项, points: 9, rule: {formula: k}}]}\n",
    )
    found = drafted(rules, here="false")
    assert found.waiting["x"] == found.waiting["other"] == Waiting(frozenset({"k"}))


def test_advice_asks_for_facts_where_they_are_missing() -> None:
    above = drafted(rule_set(TWO), talks="0", bad="false").above
    assert above is not None
    (missing,) = above.missing
    assert (missing.gap, [each.how.zh for each in missing.chances]) == (
        50_000,
        ["尚缺数据：走访"],
    )


def test_a_demand_that_is_broken_takes_the_points_back() -> None:
    rules = small(
        "award: [{discretion: {fact: n, from: 1, to: 3}, because: 好}]",
        "n: {label: 数, type: decimal, max: 9, reason: required}",
    )
    found = drafted(rules, n={"value": "8", "reason": "好"})
    assert [each.zh for each in found.problems] == ["数应在1–3分之间"]
    assert (points(found), found.waiting) == ({"x": "0"}, {"x": Waiting(frozenset({"n"}))})


@settings(max_examples=25)
@given(st.integers(0, 2**32))
def test_complete_facts_come_to_what_explain_says_and_incomplete_ones_are_told(seed: int) -> None:
    trial = next(trials(seed, (20,)))
    category = trial.category
    drafts = SoFarScorer(category.scorer, category.levels)
    for entry in trial.entries if not category.scorer.grouped else ():
        found = drafts.so_far(*entry)
        try:
            expected = category.scorer.explain(category.scorer.read(*entry))
        except FactErrors as error:
            wrong = {each.fact for each in error.problems}
            told = found.missing | {each.fact for each in found.problems}
            assert (found.complete, wrong - told) == (False, set())
            continue
        decision = category.levels.decide(expected)
        assert found.complete
        assert list(found.assessment.outputs) == [int(each) for each in expected.outputs]
        assert (found.decision, found.above) == (
            decision,
            next_level(expected, decision, category.levels),
        )


@settings(max_examples=15)
@given(st.integers(0, 2**32))
def test_where_the_group_is_known_ranks_count_as_in_the_round(seed: int) -> None:
    trial = next(trials(seed, (20,)))
    category = trial.category
    drafts = SoFarScorer(category.scorer, category.levels)
    for result in score_round({"demo": category}, trial.entries).results:
        if result.assessment and result.decision and result.decision.rated:
            found = drafts.of(result.assessment.inputs, group_known=True)
            assert found.complete
            expected = [int(each) for each in result.assessment.outputs]
            assert list(found.assessment.outputs) == expected


@settings(max_examples=20)
@given(st.data())
def test_a_fact_that_is_taken_away_moves_no_other_indicator(data: st.DataObject) -> None:
    published: Published = data.draw(st.sampled_from(all_published()))
    rules, scorer = published.rules, published.category.scorer
    drafts = SoFarScorer(scorer, published.category.levels)
    who = someone(**published.case.organisation)
    facts = data.draw(changed(rules, published.case.facts))
    gone = data.draw(st.sampled_from(sorted(facts)))
    before = drafts.so_far(who, facts)
    after = drafts.so_far(who, {name: each for name, each in facts.items() if name != gone})
    for name in after.waiting.keys() - before.waiting.keys():
        assert after.waiting[name].facts <= {gone}
        assert points(after)[name] == "0"
