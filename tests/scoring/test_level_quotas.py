"""Quotas: how many, rounding, ties, who moves where; counts that property tests check."""

from __future__ import annotations

from typing import Any

import pytest
from factories import levels_of
from hypothesis import given
from hypothesis import strategies as st
from limited_levels import AT_MOST, TEN, made, member, outcome_of, reports

from evaluator.scoring.quotas import limit_of
from rules.syntax import Quota


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
