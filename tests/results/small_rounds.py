"""Small rounds of several categories."""

from __future__ import annotations

from functools import cache

from factories import rule_set, someone

from evaluator.scoring.round import Category, RoundResult, score_round

RULES = """
rule_set: small
category: {category}
version: "1"
title: 小规则
period: {{from: 2026-01-01, to: 2026-12-31}}
scale: {{total: 10}}
facts:
  p: {{label: 分数, type: decimal, max: 10}}
  honour: {{label: 表彰, type: boolean}}
dimensions:
  - id: d
    title: 维度
    points: 10
    indicators: [{{id: x, title: 一, points: 10, rule: {{formula: p}}}}]
levels:
  measured_on: unrounded
  promotion: any
  from_low_to_high:
    - {{id: three, title: 三星, at_least: 6}}
    - {{id: five, title: 五星, at_least: 9, direct: [{{when: honour, because: 表彰}}]}}
quotas:
  - {{id: q, level: five, kind: at_most, number: 1, ties: exclude, direct_awards: beside}}
  - {{id: w, level: five, kind: target, number: 9, ties: exclude,
     among: committee}}
"""


@cache
def category(name: str) -> Category:
    return Category(rule_set(RULES.format(category=name)))


def score(*members: tuple[str, str, str, bool]) -> RoundResult:
    """Score organisations given by id, category, points, and whether they are honoured."""
    categories = {name: category(name) for _, name, _, _ in members}
    entries = [
        (someone(id=who, category=name, committee="甲委"), {"p": points, "honour": honour})
        for who, name, points, honour in members
    ]
    return score_round(categories, entries)
