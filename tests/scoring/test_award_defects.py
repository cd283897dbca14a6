"""Direct awards that a cap, a veto, a step or a quota meets; vetoes together; quotas not met."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from factories import Member, level_rules, levels_of, rule_set, score_all

from evaluator.scoring.quotas import QuotaReport
from evaluator.scoring.round import RoundResult
from rules.syntax import RuleSet

HEAD = """
scale: {total: 10}
facts:
  p: {label: 分数, type: decimal, max: 10}
  honour: {label: 表彰, type: boolean}
  medal: {label: 奖章, type: boolean}
  bad: {label: 问题, type: boolean}
  worse: {label: 严重问题, type: boolean}
dimensions:
  - id: d
    title: 维度
    points: 10
    indicators: [{id: x, title: 一, points: 10, rule: {formula: p}}]
"""
LEVELS = """
  measured_on: unrounded
  from_low_to_high:
    - {id: three, title: 三星, at_least: 6}
    - id: four
      title: 四星
      at_least: 8
      gates: [{require: not worse}]
      direct: [{when: medal, because: 奖章}]
    - {id: five, title: 五星, at_least: 9, direct: [{when: honour, because: 表彰}]}
"""
CAP = "  caps: [{when: bad, at_most: four, because: 有问题}]"


@cache
def made(*quotas: str, keys: str = "", promotion: str = "any", more: str = "") -> RuleSet:
    lines = "".join(f"  - {{id: q{number}, {each}}}\n" for number, each in enumerate(quotas))
    levels = f"levels:\n  promotion: {promotion}\n{keys}{LEVELS}"
    return rule_set(HEAD + levels + more + (f"quotas:\n{lines}" if quotas else ""))


def member(name: str, p: Any, previous: str = "none", **facts: Any) -> Member:
    usual = {"honour": False, "medal": False, "bad": False, "worse": False}
    return {"id": name, "previous_level": previous}, {"p": p, **usual, **facts}


def only_report(outcome: RoundResult) -> QuotaReport:
    (report,) = outcome.quotas["demo"]
    return report


def steps(outcome: RoundResult, place: int = 0) -> list[str]:
    decision = outcome.results[place].decision
    assert decision is not None
    return [each.zh for each in decision.steps]


CAPPED = [
    member("capped", 1, honour=True, bad=True),
    member("second", "8.5"),
    member("third", "8.2"),
]


@pytest.mark.parametrize("direct_awards", ["beside", "counted"])
def test_capped_direct_award_takes_a_place_like_everybody(direct_awards: str) -> None:
    quota = f"level: four, kind: at_most, number: 1, ties: exclude, direct_awards: {direct_awards}"
    outcome = score_all(made(quota, keys=CAP), CAPPED)
    assert levels_of(outcome) == {"capped": "none", "second": "four", "third": "three"}
    assert (only_report(outcome).held, only_report(outcome).beside) == (1, 0)


def test_capped_award_is_no_longer_direct_but_known() -> None:
    decision = score_all(made(keys=CAP), CAPPED).results[0].decision
    assert decision is not None
    assert (decision.index, decision.direct, decision.awarded) == (1, False, frozenset({2}))


def test_report_counts_direct_awards_that_come_beside() -> None:
    quota = "level: five, kind: at_most, number: 1, ties: exclude, direct_awards: beside"
    members = [member("a", "9.5"), member("b", 1, honour=True), member("c", 2, honour=True)]
    report = only_report(score_all(made(quota), members))
    assert (report.held, report.beside, report.moved) == (1, 2, 0)


TOP_OF_ONE = "level: five, kind: at_most, number: 1, ties: exclude, direct_awards: counted"


def test_whoever_is_cut_keeps_the_lower_level_that_was_awarded_directly() -> None:
    members = [member("best", "9.9"), member("medal", "9.5", medal=True, worse=True)]
    outcome = score_all(made(TOP_OF_ONE), members)
    assert levels_of(outcome) == {"best": "five", "medal": "four"}
    decision = outcome.results[1].decision
    assert decision is not None
    assert decision.direct


def test_whoever_is_cut_below_a_veto_loses_the_direct_award() -> None:
    down = "vetoes: [{id: v, title: 否决, when: bad, effect: {down: 1}}]\n"
    quota = "level: four, kind: at_most, number: 0, ties: exclude, direct_awards: beside"
    outcome = score_all(made(quota, more=down), [member("a", "9.5", medal=True, bad=True)])
    assert levels_of(outcome) == {"a": "three"}


LOWER = "level: three, kind: at_least, number: 2, ties: exclude"


def test_lower_quota_leaves_direct_awards_alone() -> None:
    members = [
        member("direct", 1, honour=True),
        member("medal", "9.6", medal=True),
        member("strong", "9.5"),
        member("middle", "8.5"),
        member("weak", "8.2"),
    ]
    assert levels_of(score_all(made(LOWER), members)) == {
        "direct": "five",
        "medal": "five",
        "strong": "five",
        "middle": "three",
        "weak": "three",
    }


def test_lower_quota_takes_a_direct_award_that_was_capped() -> None:
    quota = "level: three, kind: at_least, number: 1, ties: exclude"
    members = [member("capped", 1, honour=True, bad=True), member("other", "8.5")]
    found = levels_of(score_all(made(quota, keys=CAP), members))
    assert found == {"capped": "three", "other": "four"}


def test_direct_award_needs_no_single_steps() -> None:
    outcome = score_all(made(promotion="one_step"), [member("a", 1, honour=True)])
    assert levels_of(outcome) == {"a": "five"}
    assert steps(outcome) == ["表彰，直接评定为五星"]


def test_score_above_a_direct_award_goes_no_further_than_the_award() -> None:
    outcome = score_all(made(promotion="one_step"), [member("a", "9.5", medal=True)])
    assert levels_of(outcome) == {"a": "four"}
    assert steps(outcome) == ["逐级晋升：原为不评星级，直接评定为四星，不再越级"]


def test_step_above_the_direct_award_is_still_allowed() -> None:
    members = [member("a", "9.5", "four", medal=True), member("b", "9.5", "three", medal=True)]
    assert levels_of(score_all(made(promotion="one_step"), members)) == {"a": "five", "b": "four"}


def vetoes(*effects: str) -> str:
    found = zip(effects, ("bad", "worse", "honour"), strict=False)
    lines = [
        f"  - {{id: v{number}, title: 否决{number}, when: {fact}, effect: {effect}}}\n"
        for number, (effect, fact) in enumerate(found)
    ]
    return "vetoes:\n" + "".join(lines)


FALLEN = {"bad": True, "worse": True}


@pytest.mark.parametrize(
    ("effects", "reached"),
    [
        (("{down: 1}", "{at_most: four}"), "three"),
        (("{down: 1}", "lowest_level"), "none"),
        (("{down: 1}", "{down: 1}"), "three"),
        (("{down: 1}", "no_promotion"), "three"),
        (("{at_most: four}", "no_level"), "none"),
        (("{down: 1}", "clear_to_zero"), "none"),
    ],
)
def test_order_of_vetoes_in_the_file_makes_no_difference(
    effects: tuple[str, str], reached: str
) -> None:
    for order in (effects, effects[::-1]):
        outcome = score_all(made(more=vetoes(*order)), [member("a", "9.5", "four", **FALLEN)])
        assert levels_of(outcome) == {"a": reached}


FROM_ZERO = """levels:
  measured_on: unrounded
  promotion: any
  from_low_to_high:
    - {id: three, title: 三星, at_least: 0, gates: [{require: honour}]}
    - {id: four, title: 四星, at_least: 8}
"""


@pytest.mark.parametrize(("honour", "reached"), [(True, "three"), (False, "none")])
def test_cleared_total_reaches_the_lowest_level_where_its_gates_hold(
    honour: bool, reached: str
) -> None:
    rules = rule_set(HEAD + FROM_ZERO + vetoes("clear_to_zero"))
    found = levels_of(score_all(rules, [member("a", 9, bad=True, honour=honour)]))
    assert found == {"a": reached}


TIED = [member("a", "9.5"), member("b", "9.5"), member("c", "9.5")]


def came_to(quota: str, members: list[Member]) -> tuple[int, int, bool]:
    report = only_report(score_all(made(quota), members))
    return report.held, report.moved, report.met


@pytest.mark.parametrize(
    ("quota", "came"),
    [
        ("level: three, kind: at_least, number: 1, ties: exclude", (0, 0, False)),
        ("level: three, kind: at_least, number: 1, ties: include", (3, 3, True)),
        ("level: three, kind: at_least, number: 4, ties: include", (3, 3, False)),
        (f"{TOP_OF_ONE.replace('exclude', 'include')}", (3, 0, True)),
        (TOP_OF_ONE, (0, 3, True)),
        ("level: five, kind: target, number: 3, ties: include", (3, 0, True)),
        ("level: five, kind: target, number: 4, ties: include", (3, 0, False)),
    ],
)
def test_report_says_whether_a_quota_is_met(quota: str, came: tuple[int, int, bool]) -> None:
    assert came_to(quota, TIED) == came


def test_upper_limit_of_all_below_a_level_moves_nobody_and_is_not_met() -> None:
    quota = "level: four, kind: at_most, counts: and_below, number: 1, ties: exclude"
    assert came_to(quota, [member("a", "8.5"), member("b", "8.6"), member("c", 6)]) == (3, 0, False)


def test_report_counts_who_holds_a_level_after_all_quotas() -> None:
    upper = "level: three, kind: at_most, number: 1, ties: exclude"
    lower = "level: three, kind: at_least, number: 2, ties: exclude"
    outcome = score_all(made(upper, lower), [member("a", "9.5"), member("b", 8), member("c", 7)])
    found = [(each.held, each.limit, each.met) for each in outcome.quotas["demo"]]
    assert found == [(2, 1, False), (2, 2, True)]


HELD = """levels:
  measured_on: unrounded
  promotion: any
  from_low_to_high:
    - {id: three, title: 三星, at_least: 6}
    - {id: four, title: 四星, at_least: 8}
    - {id: five, title: 五星, at_least: 9, gates: [{held: {level: three, years: 2}}]}
"""


@pytest.mark.parametrize(
    ("previous", "years", "reached"),
    [
        ("three", 1, "four"),
        ("three", 2, "five"),
        ("four", 0, "four"),
        ("four", 1, "five"),
        ("five", 1, "five"),
        ("none", 9, "four"),
    ],
)
def test_higher_level_held_a_year_stands_for_the_years_at_a_lower_one(
    previous: str, years: int, reached: str
) -> None:
    who, facts = member("a", "9.5", previous)
    outcome = score_all(rule_set(HEAD + HELD), [({**who, "years_at_level": years}, facts)])
    assert levels_of(outcome) == {"a": reached}


def test_prior_standing_says_what_stands_for_its_years() -> None:
    rules = level_rules(rule_set(HEAD + HELD))
    words = rules.gate_words(rules.levels[2].gates[0])
    assert (words.zh, words.say("en")) == (
        "已保持“三星”满2年，或已保持更高等级满1年",
        "held 三星 for 2 years, or a higher level for 1 year",
    )
