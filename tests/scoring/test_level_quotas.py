"""Quotas: how many, of whom, rounding, ties, who moves where; counts that property tests check."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from factories import Member, levels_of, rule_set, score_all
from hypothesis import given
from hypothesis import strategies as st

from evaluator.scoring.quotas import QuotaReport, limit_of
from evaluator.scoring.round import RoundResult
from rules.syntax import Quota, RuleSet

HEAD = """
scale: {total: 100}
facts:
  p: {label: 分数, type: decimal, max: 100}
  s: {label: 满意度, type: ratio}
  kind: {label: 类型, type: choice, options: {shop: 门店, office: 写字楼}}
  honoured: {label: 受表彰, type: boolean}
  gate: {label: 条件, type: boolean}
dimensions:
  - id: d
    title: 维度
    points: 100
    indicators: [{id: x, title: 一, points: 100, rule: {formula: p}}]
levels:
  measured_on: unrounded
  promotion: any
  from_low_to_high:
    - {id: three, title: 三星, at_least: 70}
    - {id: four, title: {zh: 四星, en: Four stars}, at_least: 80, gates: [{require: gate}]}
    - id: five
      title: {zh: 五星, en: Five stars}
      at_least: 90
      direct: [{when: honoured, because: 受表彰}]
quotas:
"""


@cache
def made(*quotas: str) -> RuleSet:
    lines = "".join(f"  - {{id: q{number}, {each}}}\n" for number, each in enumerate(quotas))
    return rule_set(HEAD + lines)


def member(
    name: str, p: Any, committee: str = "甲委", applied: bool = True, **facts: Any
) -> Member:
    usual = {"s": "50%", "kind": "shop", "honoured": False, "gate": True}
    who = {"id": name, "committee": committee, "applied": applied}
    return who, {"p": p, **usual, **facts}


def outcome_of(rules: RuleSet, *members: Member) -> RoundResult:
    return score_all(rules, members)


def reports(outcome: RoundResult) -> list[QuotaReport]:
    return outcome.quotas["demo"]


AT_MOST = "level: five, kind: at_most, of: rated, rounding: down, direct_awards: counted"
TEN = [member(f"m{number}", 90 + number) for number in range(10)]


def quota(**keys: Any) -> Quota:
    return Quota(id="q", level="five", kind="at_most", **keys)


@pytest.mark.parametrize(
    ("share", "rounding", "base", "limit"),
    [
        ("30%", "down", 7, 2),
        ("30%", "up", 7, 3),
        ("30%", "half_up", 7, 2),
        ("35%", "half_up", 10, 4),
        ("34.9%", "half_up", 10, 3),
        ("10%", "down", 9, 0),
        ("10%", "up", 1, 1),
        ("10%", "half_up", 5, 1),
        ("10%", "half_up", 4, 0),
        ("40%", "up", 10, 4),
        ("100%", "down", 7, 7),
        ("2%", "down", 0, 0),
    ],
)
def test_share_is_rounded_as_declared(share: str, rounding: Any, base: int, limit: int) -> None:
    assert limit_of(quota(share=share, rounding=rounding), base) == limit


def test_absolute_number_needs_no_base() -> None:
    assert limit_of(quota(number=4), 2) == 4


def test_best_stay_and_the_others_move_to_the_level_below() -> None:
    outcome = outcome_of(made(f"{AT_MOST}, ties: exclude, share: 30%"), *TEN)
    held = [name for name, level in levels_of(outcome).items() if level == "five"]
    assert (held, set(levels_of(outcome).values())) == (["m7", "m8", "m9"], {"five", "four"})
    (report,) = reports(outcome)
    assert (report.base, report.limit, report.held, report.moved) == (10, 3, 3, 7)


def test_moving_says_why() -> None:
    outcome = outcome_of(
        made(f"{AT_MOST}, ties: exclude, share: 50%"), member("a", 95), member("b", 91)
    )
    decision = outcome.results[1].decision
    assert decision is not None
    assert [(step.zh, step.en) for step in decision.steps] == [
        (
            "名额限制：五星不超过50%，按总分择优，未进入名额，评定为四星",
            "quota: at most 50% of Five stars; beyond the cut, Four stars",
        )
    ]


def test_whoever_moves_reaches_the_next_level_whose_gates_hold() -> None:
    rules = made("level: five, kind: at_most, number: 1, ties: exclude, direct_awards: counted")
    found = levels_of(outcome_of(rules, member("a", 95), member("b", 91, gate=False)))
    assert found == {"a": "five", "b": "three"}


def test_whoever_moves_counts_for_the_level_below() -> None:
    rules = made(
        "level: four, kind: at_most, number: 1, ties: exclude, direct_awards: counted",
        "level: five, kind: at_most, number: 1, ties: exclude, direct_awards: counted",
    )
    members = [member("a", 95), member("b", 91), member("c", 85), member("d", 84)]
    assert levels_of(outcome_of(rules, *members)) == {
        "a": "five",
        "b": "four",
        "c": "three",
        "d": "three",
    }


TIED = [member("a", 95), member("b", 92), member("c", 92), member("d", 91)]


@pytest.mark.parametrize(
    ("ties", "number", "held"),
    [
        ("exclude", 2, ["a"]),
        ("include", 2, ["a", "b", "c"]),
        ("exclude", 3, ["a", "b", "c"]),
        ("include", 3, ["a", "b", "c"]),
        ("exclude", 1, ["a"]),
        ("include", 0, []),
        ("exclude", 4, ["a", "b", "c", "d"]),
    ],
)
def test_those_who_tie_at_the_cut_stay_or_move_together(
    ties: str, number: int, held: list[str]
) -> None:
    rules = made(
        f"level: five, kind: at_most, number: {number}, ties: {ties}, direct_awards: counted"
    )
    found = levels_of(outcome_of(rules, *TIED))
    assert [name for name, level in found.items() if level == "five"] == held


def test_tie_breakers_are_compared_one_after_the_other() -> None:
    rules = made(
        "level: five, kind: at_most, number: 2, ties: exclude, direct_awards: counted, "
        "tie_break: [s, '1 if honoured else 0']"
    )
    members = [
        member("a", 95),
        member("b", 92, s="90%"),
        member("c", 92, s="90.01%"),
        member("d", 92, s="10%"),
    ]
    found = levels_of(outcome_of(rules, *members))
    assert [name for name, level in found.items() if level == "five"] == ["a", "c"]


def test_tie_breaker_that_is_missing_is_refused() -> None:
    rules = made(
        "level: five, kind: at_most, number: 2, ties: exclude, direct_awards: counted, "
        "tie_break: [s]"
    )
    outcome = outcome_of(rules, member("a", 95, s=None))
    assert [problem.fact for problem in outcome.refused[0].problems] == ["s"]


@pytest.mark.parametrize(
    ("direct_awards", "held"), [("counted", ["a", "d"]), ("beside", ["a", "b", "d"])]
)
def test_direct_awards_take_places_or_come_beside(direct_awards: str, held: list[str]) -> None:
    rules = made(
        f"level: five, kind: at_most, number: 2, ties: exclude, direct_awards: {direct_awards}"
    )
    members = [member("a", 95), member("b", 92), member("c", 91), member("d", 10, honoured=True)]
    found = levels_of(outcome_of(rules, *members))
    assert [name for name, level in found.items() if level == "five"] == held


def test_higher_levels_may_be_counted_too() -> None:
    rules = made(
        "level: four, kind: at_most, counts: and_above, number: 2, ties: exclude, "
        "direct_awards: counted"
    )
    members = [member("a", 95), member("b", 85), member("c", 84), member("d", 75)]
    assert levels_of(outcome_of(rules, *members)) == {
        "a": "five",
        "b": "four",
        "c": "three",
        "d": "three",
    }


def test_higher_level_goes_before_a_higher_total() -> None:
    rules = made(
        "level: four, kind: at_most, counts: and_above, number: 1, ties: exclude, "
        "direct_awards: counted"
    )
    members = [member("a", 89), member("b", 20, honoured=True)]
    assert levels_of(outcome_of(rules, *members)) == {"a": "three", "b": "five"}


@pytest.mark.parametrize(("of", "base"), [("rated", 2), ("applied", 2), ("all", 3)])
def test_share_is_of_whom_it_says(of: str, base: int) -> None:
    rules = made(f"level: five, kind: target, share: 50%, of: {of}, rounding: up, ties: include")
    outcome = outcome_of(rules, member("a", 95), member("b", 60), member("c", 95, applied=False))
    (report,) = reports(outcome)
    assert (report.base, report.held, report.moved) == (base, 1, 0)


def test_whoever_is_not_rated_applied_all_the_same() -> None:
    rules = rule_set(
        HEAD + "  - {id: q0, level: five, kind: target, share: 50%, of: rated, rounding: up, "
        "ties: include}\n"
        + "  - {id: q1, level: five, kind: target, share: 50%, of: applied, rounding: up, "
        "ties: include}\n"
        + "eligibility: [{require: gate, otherwise: not_rated, because: 不满一年}]\n"
    )
    outcome = outcome_of(rules, member("a", 95), member("b", 95, gate=False))
    assert [report.base for report in reports(outcome)] == [1, 2]


def test_target_is_watched_and_moves_nobody() -> None:
    rules = made("level: five, kind: target, share: 10%, of: rated, rounding: down, ties: include")
    outcome = outcome_of(rules, *TEN)
    (report,) = reports(outcome)
    assert (report.limit, report.held, report.moved) == (1, 10, 0)


def test_each_committee_has_a_quota_of_its_own() -> None:
    rules = made(f"{AT_MOST}, ties: exclude, share: 50%, among: committee")
    members = [
        member("a", 95),
        member("b", 94),
        member("c", 91, "乙委"),
        member("d", 90, "乙委"),
        member("e", 99, "丙委"),
    ]
    outcome = outcome_of(rules, *members)
    assert levels_of(outcome) == {"a": "five", "b": "four", "c": "five", "d": "four", "e": "four"}
    assert [(each.group, each.base, each.limit) for each in reports(outcome)] == [
        ("甲委", 2, 1),
        ("乙委", 2, 1),
        ("丙委", 1, 0),
    ]


def test_words_of_a_choice_may_make_the_groups() -> None:
    rules = made(
        "level: five, kind: at_most, number: 1, ties: exclude, among: kind, direct_awards: counted"
    )
    members = [member("a", 95), member("b", 94, kind="门店"), member("c", 91, kind="office")]
    assert levels_of(outcome_of(rules, *members)) == {"a": "five", "b": "four", "c": "five"}


def test_whoever_did_not_apply_counts_in_its_group_whatever_its_facts() -> None:
    rules = made(
        "level: five, kind: target, share: 50%, of: all, rounding: up, ties: include, among: kind"
    )
    members = [
        member("a", 95),
        member("b", 500, applied=False, kind="门店"),
        member("c", 1, applied=False, kind={"value": "shop", "reason": "有"}),
        member("d", 1, applied=False, kind=["x"]),
    ]
    outcome = outcome_of(rules, *members)
    assert [(each.group, each.base) for each in reports(outcome)] == [("shop", 3), (None, 1)]
    assert outcome.refused == []


def test_whoever_lacks_the_fact_of_its_group_is_refused() -> None:
    rules = made(
        "level: five, kind: at_most, number: 1, ties: exclude, among: kind, direct_awards: counted"
    )
    outcome = outcome_of(rules, member("a", 95, kind=None))
    assert [problem.fact for problem in outcome.refused[0].problems] == ["kind"]


LOWER = "level: three, kind: at_least, of: rated, rounding: up"


def test_lower_quota_moves_the_weakest_down() -> None:
    rules = made(f"{LOWER}, share: 30%, ties: exclude")
    found = levels_of(outcome_of(rules, *TEN))
    assert [name for name, level in found.items() if level == "three"] == ["m0", "m1", "m2"]


def test_lower_quota_counts_whoever_is_there_already() -> None:
    rules = made(f"{LOWER}, share: 50%, ties: exclude")
    members = [member("a", 95), member("b", 85), member("c", 75), member("d", 60)]
    outcome = outcome_of(rules, *members)
    assert levels_of(outcome) == {"a": "five", "b": "four", "c": "three", "d": "none"}
    assert [(each.held, each.moved) for each in reports(outcome)] == [(2, 0)]


@pytest.mark.parametrize(("ties", "moved"), [("exclude", ["d"]), ("include", ["b", "c", "d"])])
def test_those_who_tie_at_a_lower_cut_move_or_stay_together(ties: str, moved: list[str]) -> None:
    rules = made(f"{LOWER}, share: 50%, ties: {ties}")
    found = levels_of(outcome_of(rules, *TIED))
    assert [name for name, level in found.items() if level == "three"] == moved


def test_lower_quota_says_why() -> None:
    rules = made(f"{LOWER}, share: 50%, ties: exclude")
    outcome = outcome_of(rules, member("a", 95), member("b", 91))
    decision = outcome.results[1].decision
    assert decision is not None
    assert [(step.zh, step.en) for step in decision.steps] == [
        ("末位比例：三星不少于50%", "lower quota: at least 50% of 三星")
    ]


SCORES = st.lists(st.integers(85, 100), min_size=1, max_size=9)


@given(SCORES, st.sampled_from(["10%", "30%", "50%", "99%"]), st.sampled_from(["down", "up"]))
def test_quota_that_excludes_ties_is_never_exceeded(
    scores: list[int], share: str, rounding: str
) -> None:
    quotas = [
        f"level: {level}, kind: at_most, share: {share}, of: rated, rounding: {rounding}, "
        "ties: exclude, direct_awards: counted"
        for level in ("five", "four")
    ]
    outcome = outcome_of(made(*quotas), *[member(str(n), p) for n, p in enumerate(scores)])
    assert [each for each in reports(outcome) if each.held > each.limit] == []


@given(SCORES, st.sampled_from(["10%", "30%", "50%", "99%"]))
def test_quota_that_includes_ties_is_exceeded_by_those_who_tie_alone(
    scores: list[int], share: str
) -> None:
    rules = made(f"{AT_MOST}, ties: include, share: {share}")
    outcome = outcome_of(rules, *[member(str(n), p) for n, p in enumerate(scores)])
    (report,) = reports(outcome)
    found = levels_of(outcome)
    held = sorted((p for n, p in enumerate(scores) if found[str(n)] == "five"), reverse=True)
    assert held == sorted((p for p in scores if p >= 90), reverse=True)[: len(held)]
    if len(held) > report.limit:
        assert set(held[report.limit - 1 :]) == {held[-1]}
        assert report.limit > 0
    elif len(held) < report.limit:
        assert report.moved == 0
