"""Who counts in a round: refused, not rated, without data; in quotas, ranks and means."""

from __future__ import annotations

from typing import Any

import pytest
from factories import Member, levels_of, rule_set, score_all, totals_of

from evaluator.results.rows import status_of
from evaluator.scoring.round import RoundResult
from rules.syntax import RuleSet

QUOTAS = """
scale: {total: 10}
facts:
  p: {label: 分数, type: decimal, max: 9}
  t: {label: 评语分, type: decimal, max: 1, reason: required}
  kind: {label: 类型, type: choice, options: {shop: 门店, office: 写字楼}}
dimensions:
  - id: d
    title: 维度
    points: 10
    indicators:
      - {id: x, title: 一, points: 9, rule: {formula: p}}
      - {id: y, title: 二, points: 1, rule: {formula: t}}
levels:
  measured_on: unrounded
  promotion: any
  from_low_to_high: [{id: five, title: 五星, at_least: 9}]
quotas:
  - {id: q, level: five, kind: at_most, share: 50%, of: OF, rounding: down, ties: include,
     among: AMONG, tie_break: ['1 if kind == "shop" else 0']}
"""
GOOD = {"value": 1, "reason": "好"}


def with_quota(of: str, among: str) -> RuleSet:
    return rule_set(QUOTAS.replace("OF", of).replace("AMONG", among))


def member(name: str, committee: str = "甲委", **facts: Any) -> Member:
    usual = {"p": 9, "t": GOOD, "kind": "shop"} | facts
    return {"id": name, "committee": committee}, {k: v for k, v in usual.items() if v is not None}


def bases(outcome: RoundResult) -> dict[Any, int]:
    return {each.group: each.base for each in outcome.quotas["demo"]}


@pytest.mark.parametrize("of", ["all", "applied"])
@pytest.mark.parametrize("wrong", [{"p": None}, {"p": 99}, {"t": 1}, {"unknown": 1}])
def test_base_is_the_same_however_somebody_was_refused(of: str, wrong: dict[str, Any]) -> None:
    members = [member("a"), member("b", "乙委", **wrong)]
    outcome = score_all(with_quota(of, "committee"), members)
    assert [each.organisation.id for each in outcome.refused] == ["b"]
    assert bases(outcome) == {"甲委": 1, "乙委": 1}


@pytest.mark.parametrize(
    ("kind", "group"),
    [
        ("写字楼", "office"),
        ({"value": "office", "reason": "x"}, "office"),
        ("市场", "市场"),
        (["x"], None),
    ],
)
def test_refused_organisation_counts_in_its_group_as_far_as_it_is_known(
    kind: Any, group: str | None
) -> None:
    members = [member("a"), member("b", kind=kind, p=99)]
    assert bases(score_all(with_quota("all", "kind"), members)) == {"shop": 1, group: 1}


COMPARED = rule_set(
    """
    scale: {total: 30}
    facts:
      n: {label: 成绩, type: decimal, max: 10}
      m: {label: 培训, type: decimal, max: 10}
      w: {label: 网格, type: decimal, max: 10}
      old: {label: 满一年, type: boolean}
      here: {label: 适用, type: boolean}
    measures:
      place: {label: 名次, rank: {of: n, among: category, best: highest, ties: best_rank}}
      best: {label: 最好, highest: {of: n, among: category}}
    dimensions:
      - id: d
        title: 维度
        points: 20
        indicators:
          - {id: x, title: 一, points: 10, floor: 0, rule: {formula: 11 - place}}
          - {id: y, title: 二, points: 10, missing: peers_mean, rule: {formula: m}}
      - id: e
        title: 维度
        points: 10
        applies_when: here
        indicators: [{id: z, title: 三, points: 10, missing: peers_mean, rule: {formula: w}}]
    eligibility: [{require: old, otherwise: not_rated, because: 不满一年}]
    """
)


def peer(name: str, n: Any, m: Any = 1, w: Any = 0, **facts: Any) -> Member:
    usual = {"n": n, "m": m, "w": w, "old": True, "here": False} | facts
    return {"id": name}, {k: v for k, v in usual.items() if v is not None}


def statuses(outcome: RoundResult) -> dict[str, str]:
    return {each.organisation.id: status_of(each) for each in outcome.results}


def test_whoever_has_no_peers_is_in_no_rank_and_no_mean() -> None:
    lonely = peer("c", 10, m=9, w=None, here=True)  # nobody else is in dimension e
    outcome = score_all(COMPARED, [peer("a", 5), peer("b", 4, m=None), lonely])
    assert totals_of(outcome) == {"a": "16.5", "b": "15"}  # (10 + 1), (9 + mean 1) of 20
    assert statuses(outcome)["c"] == "refused"


def test_peers_whose_dimension_does_not_apply_are_no_peers() -> None:
    members = [
        peer("a", 5, w=8, here=True),
        peer("b", 5, w=0, here=False),
        peer("c", 5, w=None, here=True),
    ]
    assert totals_of(score_all(COMPARED, members)) == {"a": "19", "b": "16.5", "c": "19"}


def test_missing_data_of_a_dimension_that_does_not_apply_needs_no_peers() -> None:
    assert totals_of(score_all(COMPARED, [peer("a", 5, w=None)])) == {"a": "16.5"}


def test_whoever_is_not_rated_need_not_give_its_facts() -> None:
    outcome = score_all(COMPARED, [peer("a", 5), peer("b", None, m=None, w=None, old=False)])
    assert statuses(outcome) == {"a": "unrated", "b": "not_rated"}
    decision = outcome.results[1].decision
    assert decision is not None
    assert [each.zh for each in decision.steps] == ["不满一年"]


def test_whoever_is_not_rated_is_compared_with_nobody() -> None:
    outcome = score_all(COMPARED, [peer("a", 5), peer("b", 4, m=None), peer("c", 9, 9, old=False)])
    assert totals_of(outcome) == {"a": "16.5", "b": "15"}


def test_not_rated_is_not_guessed_where_its_own_fact_is_missing() -> None:
    assert statuses(score_all(COMPARED, [peer("a", None, old=None)])) == {"a": "refused"}


def test_wrong_facts_are_refused_even_of_whoever_is_not_rated() -> None:
    assert statuses(score_all(COMPARED, [peer("a", 99, old=False)])) == {"a": "refused"}


ALONE = """
scale: {total: 10}
organisations: {part_year: not_rated, founded: born, merged: mean}
facts:
  p: {label: 分数, type: decimal, max: 10}
  born: {label: 成立, type: date}
  old: {label: 满一年, type: boolean}
  big: {label: 满三人, type: boolean}
dimensions:
  - id: d
    title: 维度
    points: 10
    indicators: [{id: x, title: 一, points: 10, rule: {formula: p}}]
eligibility:
  - {require: big, otherwise: BIG, because: 不满三人}
  - {require: old, otherwise: not_rated, because: 不满一年}
levels:
  measured_on: unrounded
  promotion: any
  from_low_to_high: [{id: three, title: 三星, at_least: 6}]
"""
OLD = {"born": "2000-01-01", "old": True, "big": True}


@pytest.mark.parametrize(
    ("facts", "big", "status"),
    [
        ({"born": "2026-03-01"}, "not_rated", "not_rated"),
        ({"born": "2025-03-01", "old": True, "big": True}, "not_rated", "refused"),
        ({"born": "2000-01-01", "big": False}, "not_rated", "not_rated"),
        ({"born": "2000-01-01", "big": False}, "no_level", "refused"),
        ({"born": "2000-01-01", "old": False}, "not_rated", "not_rated"),
        ({"born": "2000-01-01", "old": False}, "no_level", "refused"),
        ({**OLD, "old": False, "p": 8}, "no_level", "not_rated"),
        ({**OLD, "big": False, "old": False, "p": 8}, "no_level", "unrated"),
    ],
)
def test_conditions_are_looked_at_in_their_order(
    facts: dict[str, Any], big: str, status: str
) -> None:
    outcome = score_all(rule_set(ALONE.replace("BIG", big)), [({"id": "a"}, facts)])
    assert statuses(outcome) == {"a": status}


def test_points_of_whoever_is_not_rated_are_kept_where_they_are_known() -> None:
    outcome = score_all(
        rule_set(ALONE.replace("BIG", "no_level")), [({"id": "a"}, {**OLD, "old": False, "p": 8})]
    )
    assert (totals_of(outcome), levels_of(outcome)) == ({"a": "8"}, {"a": "none"})


BY_POINTS = ALONE.replace("BIG", "not_rated").replace("require: big", "require: total >= 5")


@pytest.mark.parametrize(
    ("facts", "status"), [({"p": 4}, "not_rated"), ({"p": 8}, "rated"), ({}, "refused")]
)
def test_condition_on_points_needs_all_of_them(facts: dict[str, Any], status: str) -> None:
    rules = rule_set(BY_POINTS.replace("  big: {label: 满三人, type: boolean}\n", ""))
    given = {"born": "2000-01-01", "old": True, **facts}
    assert statuses(score_all(rules, [({"id": "a"}, given)])) == {"a": status}


def test_condition_on_a_rank_is_known_after_the_comparison_only() -> None:
    text = """
    scale: {total: 10}
    facts: {n: {label: 成绩, type: decimal, max: 10}}
    measures:
      place: {label: 名次, rank: {of: n, among: category, best: highest, ties: best_rank}}
    dimensions:
      - {id: d, title: 维度, points: 10,
         indicators: [{id: x, title: 一, points: 10, floor: 0, rule: {formula: 11 - place}}]}
    eligibility: [{require: place >= 2, otherwise: not_rated, because: 第一名另行表彰}]
    """
    members: list[Member] = [({"id": "a"}, {"n": 9}), ({"id": "b"}, {"n": 8})]
    outcome = score_all(rule_set(text), members)
    assert (statuses(outcome), totals_of(outcome)) == (
        {"a": "not_rated", "b": "unrated"},
        {"a": "10", "b": "9"},
    )
