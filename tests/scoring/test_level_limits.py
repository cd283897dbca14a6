"""What lifts a level or holds it down: direct awards, caps, one step at a time."""

from __future__ import annotations

import pytest
from factories import decide, level
from star_levels import BANDS, DIRECT, facts, made


def test_direct_award_needs_no_score() -> None:
    decision = decide(made(DIRECT), facts("10", a=True))
    assert (decision.index, decision.direct) == (3, True)
    assert [(step.zh, step.en) for step in decision.steps] == [
        (
            "省级表彰，直接评定为五星",
            "honoured by the province: awarded Five stars directly",
        )
    ]


def test_direct_award_to_a_level_reached_anyway_moves_nothing() -> None:
    decision = decide(made(DIRECT), facts("95", a=True))
    assert (decision.index, decision.direct, decision.steps) == (3, True, [])


def test_direct_award_never_lowers() -> None:
    bands = BANDS.replace("at_least: 60}", "at_least: 60, direct: [{when: a, because: 表彰}]}")
    decision = decide(made(bands=bands), facts("95", a=True))
    assert (decision.index, decision.direct) == (3, False)


CAPS = """
  caps:
    - {when: b, at_most: four_star, because: {zh: 满意度低, en: satisfaction is low}}
    - {when: c, at_most: two_star, because: 未整改}
"""


@pytest.mark.parametrize(
    ("given_facts", "reached"),
    [
        ({}, "five_star"),
        ({"b": True}, "four_star"),
        ({"c": True}, "two_star"),
        ({"b": True, "c": True}, "two_star"),
    ],
)
def test_cap_keeps_the_level_down(given_facts: dict[str, bool], reached: str) -> None:
    assert level(made(keys=CAPS), facts("95", **given_facts)) == reached


def test_cap_never_raises() -> None:
    decision = decide(made(keys=CAPS), facts("75", b=True))
    assert (decision.index, decision.steps) == (1, [])


def test_cap_holds_for_a_direct_award() -> None:
    decision = decide(made(DIRECT, keys=CAPS), facts("10", a=True, b=True))
    assert [step.zh for step in decision.steps] == [
        "省级表彰，直接评定为五星",
        "满意度低，最高评定为四星",
    ]
    assert decision.steps[1].en == "satisfaction is low: at most Four stars"


@pytest.mark.parametrize(
    ("previous", "total", "reached"),
    [
        ("none", "95", "two_star"),
        ("two_star", "95", "three_star"),
        ("three_star", "95", "four_star"),
        ("four_star", "95", "five_star"),
        ("five_star", "95", "five_star"),
        ("five_star", "61", "two_star"),
        ("two_star", "59", "none"),
    ],
)
def test_one_step_up_at_a_time_and_down_at_once(previous: str, total: str, reached: str) -> None:
    rules = made(promotion="one_step")
    assert level(rules, facts(total), previous_level=previous) == reached


def test_one_step_says_why() -> None:
    decision = decide(made(promotion="one_step"), facts("95"), previous_level="three_star")
    assert [(step.zh, step.en) for step in decision.steps] == [
        (
            "逐级晋升：原为三星，本次最高评定为四星",
            "one step at a time: from 三星 to at most Four stars",
        )
    ]


def test_honour_allows_to_skip() -> None:
    rules = made(promotion="one_step", keys="  skip_when: c")
    reached = [level(rules, facts("95", c=c), previous_level="two_star") for c in (False, True)]
    assert reached == ["three_star", "five_star"]
