"""A rule set of three levels, to which tests of quotas add theirs."""

from __future__ import annotations

THREE_LEVELS = """
scale: {total: 100}
facts: {p: {label: 分数, type: decimal, max: 100}}
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
    - {id: four, title: 四星, at_least: 80}
    - {id: five, title: 五星, at_least: 90}
"""
