"""What needs the whole group: ranks, the best, the lowest, the mean, the mean of the peers."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from factories import Member, points, rule_set, score_all, small, totals_of

from evaluator.scoring.cohort import ranks
from evaluator.scoring.inputs import FactErrors
from evaluator.scoring.round import RoundResult
from rules.syntax import Formula, RankIn, RuleSet

FACTS = """
n: {label: 成绩, type: decimal, max: 100}
size: {label: 规模, type: choice, options: {big: 大, small: 小}}
"""


@cache
def compared(measure: str, rule: str = "formula: min(found, 100)") -> RuleSet:
    return small(
        rule,
        FACTS,
        points="100",
        keys="floor: -100",
        more=f"measures: {{found: {{label: 组内, {measure}}}}}\n",
    )


def member(name: str, n: Any, committee: str = "甲委", size: str | None = "big") -> Member:
    facts = {"n": n, "size": size}
    who = {"id": name, "committee": committee}
    return who, {key: value for key, value in facts.items() if value is not None}


def of(measure: str, *members: Member, rule: str = "formula: min(found, 100)") -> dict[str, str]:
    return totals_of(score_all(compared(measure, rule), members))


def refused(outcome: RoundResult) -> dict[str, list[str]]:
    return {
        each.organisation.id: [problem.fact for problem in each.refused.problems]
        for each in outcome.results
        if each.refused
    }


FOUR = [member("a", "90"), member("b", "80"), member("c", "80"), member("d", "70")]


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("best: highest, ties: best_rank", ["1", "2", "2", "4"]),
        ("best: highest, ties: worst_rank", ["1", "3", "3", "4"]),
        ("best: lowest, ties: best_rank", ["4", "2", "2", "1"]),
        ("best: lowest, ties: worst_rank", ["4", "3", "3", "1"]),
    ],
)
def test_equal_values_share_the_best_or_the_worst_rank(way: str, expected: list[str]) -> None:
    found = of(f"rank: {{of: n, among: category, {way}}}", *FOUR)
    assert list(found.values()) == expected


def test_rank_of_one_alone_is_the_first() -> None:
    way = RankIn(of=Formula("n"), among="category", best="highest", ties="worst_rank")
    assert ranks([7], way) == [1]


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("highest: {of: n, among: category}", "90"),
        ("lowest: {of: n, among: category}", "70"),
        ("group_mean: {of: n, among: category}", "80"),
        ("highest: {of: 'round(n / 8, 1)', among: category}", "11.3"),
    ],
)
def test_figure_of_the_group_is_the_same_for_all(measure: str, expected: str) -> None:
    assert of(measure, *FOUR) == dict.fromkeys("abcd", expected)


def test_mean_of_the_group_is_exact_until_the_points_are_rounded() -> None:
    three = [member("a", "0"), member("b", "0"), member("c", "0.02")]
    mean = "group_mean: {of: n, among: category}"
    assert of(mean, *three, rule="formula: found * 100") == dict.fromkeys("abc", "0.67")


def test_committees_are_groups_of_their_own() -> None:
    members = [member("a", "90"), member("b", "80"), member("c", "70", "乙委")]
    found = of("rank: {of: n, among: committee, best: highest, ties: best_rank}", *members)
    assert found == {"a": "1", "b": "2", "c": "1"}


def test_words_of_a_choice_make_groups_however_they_were_given() -> None:
    members = [
        member("a", "90", size="big"),
        member("b", "80", size="大"),
        member("c", "70", size="small"),
        member("d", "60", size="小"),
    ]
    found = of("rank: {of: n, among: size, best: highest, ties: best_rank}", *members)
    assert found == {"a": "1", "b": "2", "c": "1", "d": "2"}


def test_whoever_lacks_the_fact_of_its_group_is_refused() -> None:
    rules = compared("rank: {of: n, among: size, best: highest, ties: best_rank}")
    outcome = score_all(rules, [member("a", "90"), member("b", "80", size=None)])
    assert (totals_of(outcome), refused(outcome)) == ({"a": "1"}, {"b": ["size"]})


def test_whoever_lacks_the_fact_is_compared_with_nobody() -> None:
    rules = compared("rank: {of: n, among: category, best: highest, ties: worst_rank}")
    outcome = score_all(rules, [member("a", None), member("b", "80"), member("c", "90")])
    assert (totals_of(outcome), refused(outcome)) == ({"b": "2", "c": "1"}, {"a": ["n"]})


def test_whoever_is_refused_for_another_reason_is_compared_with_nobody_either() -> None:
    rules = small(
        "formula: found + size_points",
        FACTS + "size_points: {label: 加, type: integer, max: 5}",
        points="100",
        more="measures: {found: {label: 组内, rank: "
        "{of: n, among: category, best: highest, ties: best_rank}}}\n",
    )
    members: list[Member] = [
        ({"id": "a"}, {"n": "90"}),
        ({"id": "b"}, {"n": "80", "size_points": 0}),
    ]
    assert totals_of(score_all(rules, members)) == {"b": "1"}


def test_whoever_did_not_apply_is_compared_with_nobody() -> None:
    who, facts = member("a", "90")
    members = [({**who, "applied": "false"}, facts), member("b", "80")]
    assert of("highest: {of: n, among: category}", *members) == {"b": "80"}


def test_measure_may_build_on_another_of_the_group() -> None:
    rules = small(
        "formula: share * 10",
        FACTS,
        points="10",
        more="""
        measures:
          best: {label: 最好, highest: {of: n, among: category}}
          share: {label: 占最好之比, formula: "ratio(n, best, 0)"}
        """,
    )
    assert totals_of(score_all(rules, FOUR)) == {"a": "10", "b": "8.89", "c": "8.89", "d": "7.78"}


@pytest.mark.parametrize(
    ("measure", "given", "expected"),
    [
        ("rank: {of: n, among: category, best: highest, ties: best_rank}", "3", "3"),
        ("highest: {of: n, among: category}", "95.5", "95.5"),
        ("lowest: {of: n, among: category}", "0", "0"),
        ("group_mean: {of: n, among: category}", "80.125", "80.13"),
    ],
)
def test_one_organisation_is_compared_with_what_is_given(
    measure: str, given: str, expected: str
) -> None:
    assert points(compared(measure), {"n": 1, "size": "big"}, group={"found": given}) == expected


RANK = "rank: {of: n, among: category, best: highest, ties: best_rank}"
BEST = "highest: {of: n, among: category}"
MEAN = "group_mean: {of: n, among: category}"


@pytest.mark.parametrize(
    ("measure", "given"),
    [
        (RANK, "0"),
        (RANK, "1.5"),
        (RANK, "10000001"),
        (BEST, "100.01"),
        (BEST, "95.555"),
        (BEST, "-1"),
        (MEAN, "100.01"),
        (MEAN, "-0.5"),
        (MEAN, "0.000000000001"),
    ],
)
def test_figure_that_no_group_can_have_is_refused(measure: str, given: str) -> None:
    with pytest.raises(FactErrors) as errors:
        points(compared(measure), {"n": 1, "size": "big"}, group={"found": given})
    assert [(each.fact, each.zh, each.en) for each in errors.value.problems] == [
        ("found", f"填写的是“{given}”，组内不可能有此值", f'found "{given}", which no group has')
    ]


@pytest.mark.parametrize("measure", [RANK, BEST, MEAN])
def test_figure_of_the_group_that_is_not_given_is_asked_for_once(measure: str) -> None:
    with pytest.raises(FactErrors) as errors:
        points(compared(measure), {"n": 1, "size": "big"})
    assert [(each.fact, each.zh, each.en) for each in errors.value.problems] == [
        (
            "found",
            "要与其他组织比较：请评定整轮（evaluator round），或在“group:”下写明",
            "is compared within the group; score the whole round, or give it under `group:`",
        )
    ]


def test_figure_of_the_group_that_is_no_number_is_refused() -> None:
    with pytest.raises(FactErrors) as errors:
        points(compared(BEST), {"n": 1, "size": "big"}, group={"found": "最好"})
    assert [each.en for each in errors.value.problems] == ['found "最好"; allowed is a number']


PEERS = rule_set(
    """
    scale: {total: 20}
    facts:
      n: {label: 新进人员, type: decimal, max: 10}
      m: {label: 培训, type: decimal, max: 10}
      here: {label: 适用, type: boolean}
    dimensions:
      - id: d
        title: 维度
        points: 20
        indicators:
          - {id: x, title: 一, points: 10, missing: peers_mean, applies_when: here,
             otherwise: zero, rule: {formula: n}}
          - {id: y, title: 二, points: 10, missing: peers_mean, rule: {formula: m}}
    """
)


def peer(name: str, n: str | None, m: str | None = "0", here: bool = True) -> Member:
    facts = {"n": n, "m": m, "here": here}
    return {"id": name}, {key: value for key, value in facts.items() if value is not None}


def test_mean_of_the_peers_stands_in_rounded_half_up() -> None:
    outcome = score_all(PEERS, [peer("a", "5"), peer("b", "5.01"), peer("c", None)])
    assert totals_of(outcome) == {"a": "5", "b": "5.01", "c": "5.01"}  # 5.005 → 5.01


def test_peers_to_whom_the_indicator_does_not_apply_are_no_peers() -> None:
    members = [peer("a", "8"), peer("b", "0", here=False), peer("c", None)]
    assert totals_of(score_all(PEERS, members)) == {"a": "8", "b": "0", "c": "8"}


def test_missing_fact_of_an_indicator_that_does_not_apply_takes_no_mean() -> None:
    members = [peer("a", "8"), peer("b", None, here=False)]
    assert totals_of(score_all(PEERS, members)) == {"a": "8", "b": "0"}


def test_everyone_without_peers_is_refused_and_nobody_else() -> None:
    members = [peer("a", None, "3"), peer("b", None, "4"), peer("c", "1", "5", here=False)]
    outcome = score_all(PEERS, members)
    assert (totals_of(outcome), refused(outcome)) == ({"c": "5"}, {"a": ["x"], "b": ["x"]})
    assert [each.decision is None for each in outcome.results] == [True, True, False]
    assert outcome.refused[0].problems[0].zh == "全类别都没有数据，无法取平均分"


def test_two_indicators_without_peers_are_reported_together() -> None:
    assert refused(score_all(PEERS, [peer("a", None, None)])) == {"a": ["x", "y"]}
