"""A small rule set in several versions, and organisations for it, in memory."""

from __future__ import annotations

import random
from functools import cache

from evaluator.files import Submission
from evaluator.scoring.columnar.columns import Columns
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.inputs import Organisation
from evaluator.scoring.round import Category
from evaluator.what_if.inputs_in_columns import columns_from_entries
from rules.loader import load_text
from rules.syntax import RuleSet

TEXT = """\
rule_set: branch
category: branch
version: "1"
title: {zh: 支部, en: Branches}
period: {from: 2026-01-01, to: 2026-12-31}
organisations: {part_year: in_full, merged: mean}
scale: {total: 30, ceiling: 33}
facts:
  meetings: {label: 会议次数, type: integer, max: 12}
  lessons: {label: 党课次数, type: integer, max: 4}
  share: {label: 满意度, type: ratio}
  elected: {label: 按期换届, type: boolean}
  deeds: {label: 好事, type: integer, max: 3}
  faults: {label: 问题, type: integer, max: 3, reused: 既扣分又否决}
  honoured: {label: 受表彰, type: boolean}
dimensions:
  - id: life
    title: 组织生活
    points: 20
    indicators:
      - id: meetings
        title: {zh: 会议, en: Meetings}
        points: 12
        rule: {award: [{each: meetings, points: 1}]}
      - id: lessons
        title: {zh: 党课, en: Lessons}
        points: 8
        applies_when: elected
        otherwise: exempt
        rule: {award: [{each: lessons, points: 2}]}
  - id: people
    title: 群众
    points: 10
    indicators:
      - id: satisfaction
        title: {zh: 满意度, en: Satisfaction}
        points: 10
        rule: {proportional: {measure: share, full_at: 100%}}
blocks:
  - id: bonus
    title: 加分
    kind: bonus
    cap: 3
    indicators:
      - {id: deeds, title: 好事, points: 3, rule: {award: [{each: deeds, points: 1}]}}
  - id: deduction
    title: 扣分
    kind: deduction
    cap: 6
    indicators:
      - {id: faults, title: 问题, points: 6, rule: {award: [{each: faults, points: 2}]}}
eligibility:
  - {require: meetings > 0, otherwise: not_rated, because: 没有开过会}
  - {require: lessons > 0 or elected, otherwise: no_level, because: 没有党课}
vetoes:
  - {id: serious, title: 严重问题, when: faults >= 3, effect: no_level}
levels:
  measured_on: unrounded
  promotion: one_step
  skip_when: deeds >= 3
  caps:
    - {when: share < 40%, at_most: three_star, because: 满意度低}
  from_low_to_high:
    - {id: three_star, title: 三星级, at_least: 12, below: 18}
    - id: four_star
      title: 四星级
      at_least: 18
      below: 24
      gates: [{every_dimension: 50%}]
    - id: five_star
      title: 五星级
      at_least: 24
      gates: [{require: people >= 7}]
      direct: [{when: honoured, because: 受表彰}]
quotas:
  - {id: fives, level: five_star, kind: at_most, direct_awards: counted, share: 20%, of: rated,
     rounding: up, ties: exclude, tie_break: [life]}
  - {id: fours, level: four_star, kind: target, counts: and_above, share: 40%, of: rated,
     rounding: half_up}
"""


@cache
def rules(*changes: tuple[str, str]) -> RuleSet:
    """Return the rule set with some of its text replaced."""
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return load_text(text)


@cache
def engine(*changes: tuple[str, str]) -> Engine:
    """Return the engine of the rule set with some of its text replaced."""
    return Engine(Category(rules(*changes)))


def submission(number: int, chance: random.Random) -> Submission:
    """Return an organisation with facts drawn by chance."""
    facts: dict[str, object] = {
        "meetings": chance.randint(0, 12),
        "lessons": chance.randint(0, 4),
        "share": f"{chance.randint(20, 100)}%",
        "elected": chance.random() < 0.8,
        "deeds": chance.choice([0, 0, 1, 2, 3]),
        "faults": chance.choice([0, 0, 0, 0, 1, 2, 3]),
        "honoured": chance.random() < 0.03,
    }
    if chance.random() < 0.02:
        del facts["share"]
    who = Organisation(
        f"b{number}",
        f"第{number}支部",
        "branch",
        chance.choice(["甲工委", "乙工委", "丙工委"]),
        chance.choice(["", "three_star", "four_star", "five_star"]),
        1,
        chance.random() < 0.95,
    )
    return Submission(who, facts, f"row {number}")


@cache
def submissions(size: int = 300) -> list[Submission]:
    """Return organisations, the same each time."""
    chance = random.Random(2026)  # noqa: S311 - no secret
    return [submission(number, chance) for number in range(size)]


def columns() -> Columns:
    """Return the organisations as columns."""
    return columns_by()


@cache
def columns_by(*changes: tuple[str, str]) -> Columns:
    """Return the organisations as columns for the rule set with some of its text replaced."""
    entries = [(each.organisation, each.facts) for each in submissions()]
    return columns_from_entries(engine(*changes).category, entries)[0]
