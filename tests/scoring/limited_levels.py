"""Rule sets with quotas for their levels, and members of a round."""

from __future__ import annotations

from functools import cache
from typing import Any

from factories import Member, rule_set, score_all

from evaluator.scoring.quotas import QuotaReport
from evaluator.scoring.round import RoundResult
from rules.syntax import RuleSet

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
