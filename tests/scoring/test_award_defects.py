"""Direct awards that a cap, a veto, a step or a quota meets; vetoes together; quotas not met."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from factories import Member, levels_of, rule_set, score_all

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
