"""Random rounds of two categories that compare their organisations in every way."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

from factories import rule_set

from evaluator.files import Submission
from evaluator.files.flat_writers import write_parquet
from evaluator.results.rows import ResultRow, result_rows
from evaluator.scoring.inputs import Organisation
from evaluator.scoring.quotas import QuotaReport
from evaluator.scoring.round import Category, score_round
from rules.checks import check
from rules.syntax import RuleSet

RULES = """
rule_set: spark_{category}
category: {category}
version: "1"
title: {{zh: 比较, en: Compared}}
period: {{from: 2026-01-01, to: 2026-12-31}}
organisations: {{part_year: in_full, merged: mean}}
scale: {{total: 40, places: 2}}
facts:
  n: {{label: 成绩, type: decimal, places: 1, max: 100, reused: 名次与均值}}
  extra: {{label: 加分次数, type: integer, max: 20}}
  size: {{label: 规模, type: choice, options: {{big: 大, small: 小}}}}
  taste: {{label: 特色, type: decimal, max: 5, reason: required, source: review}}
  honours:
    label: 荣誉
    type: events
    max: 5
    fields: {{giver: {{label: 授予单位, type: choice, options: {{city: 市, town: 镇}}}}}}
measures:
  place: {{label: 名次, rank: {{of: n, among: committee, best: highest, ties: best_rank}}}}
  best: {{label: 最好, highest: {{of: n, among: category}}}}
  mean: {{label: 均值, group_mean: {{of: n, among: size}}}}
  won: {{label: 荣誉数, count: {{events: honours}}}}
dimensions:
  - id: d
    title: 维度
    points: 40
    indicators:
      - id: ranked
        title: 名次
        points: 10
        floor: 0
        rule: {{deduct: [{{each: place - 1, points: "0.5"}}]}}
      - id: shared
        title: 与最好相比
        points: 10
        rule: {{formula: "ratio(n, best, 0) * 10"}}
      - id: above
        title: 高于均值
        points: 5
        rule: {{award: [{{when: n >= mean, points: 5}}]}}
      - id: helped
        title: 次数
        points: 5
        missing: peers_mean
        rule: {{award: [{{each: extra, points: "0.25"}}]}}
      - {{id: honoured, title: 荣誉, points: 5, rule: {{award: [{{each: won, points: 1}}]}}}}
      - {{id: judged, title: 特色, points: 5, missing: zero, rule: {{judgement: taste}}}}
vetoes:
  - {{id: weak, title: 过差, when: n < 60, effect: {{at_most: low}}}}
levels:
  measured_on: {{rounded: 2}}
  promotion: any
  from_low_to_high:
    - {{id: low, title: 低, stars: 1, at_least: 10, certificate: false}}
    - {{id: middle, title: 中, stars: 2, at_least: {middle}}}
    - {{id: high, title: 高, stars: 3, at_least: 25}}
quotas:
  - {{id: top, level: high, kind: at_most, share: 8%, of: rated, among: committee,
     rounding: half_up, ties: exclude, tie_break: [n]}}
  - {{id: some, level: middle, kind: at_most, counts: and_above, share: 18%, of: all,
     rounding: down, ties: include, tie_break: []}}
  - {{id: least, level: low, kind: at_least, share: 88%, of: applied, among: size,
     rounding: up, ties: exclude, tie_break: [n]}}
"""


def rule_sets() -> dict[str, RuleSet]:
    """Return two rule sets whose certificates are counted together: COM and COM."""
    found = {
        category: rule_set(RULES.format(category=category, middle=middle))
        for category, middle in (("community", 18), ("company", 20))
    }
    assert [check(each) for each in found.values()] == [[], []]
    return found


def submissions(number: int, seed: int) -> list[Submission]:
    """Return organisations of which many tie, some lack facts, and some have not applied."""
    random = Random(seed)  # noqa: S311 - test data
    return [_submission(random, each) for each in random.sample(range(10_000), number)]


def _submission(random: Random, number: int) -> Submission:
    organisation = Organisation(
        id=f"{number:04d}",
        name=f"第{number}支部",
        category=random.choice(("community", "company")),
        committee=random.choice(("甲委", "乙委", "丙委")),
        previous_level=random.choice(("", "low", "high")),
        applied=random.random() < 0.9,
    )
    facts: dict[str, Any] = {
        "n": f"{random.randrange(0, 1000, 25) / 10}",
        "extra": str(random.randrange(20)),
        "size": random.choice(("big", "small")),
        "taste": {"value": str(random.randrange(6)), "reason": "评议"},
        "honours": [{"date": "2026-03-01", "giver": "city"}] * random.randrange(3),
    }
    kept = {name: value for name, value in facts.items() if random.random() < 0.95}
    return Submission(organisation, kept, "")


def written(path: Path, everyone: list[Submission]) -> Path:
    """Return the Parquet file of a round."""
    write_parquet(rule_sets(), path, everyone)
    return path


def explained(
    everyone: list[Submission],
) -> tuple[dict[str, ResultRow], dict[str, list[QuotaReport]]]:
    """Return the rows by id, and the quotas, as the explaining path has them on one machine."""
    categories = {name: Category(each) for name, each in rule_sets().items()}
    outcome = score_round(categories, [(each.organisation, each.facts) for each in everyone])
    return {row.id: row for row in result_rows(outcome.results)}, outcome.quotas
