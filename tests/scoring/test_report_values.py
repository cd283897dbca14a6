"""The report of one organisation: its shape, and no number in it that is a number."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from factories import level_rules, rule_set, scorer, someone
from published_rules import Published, all_published

from evaluator.scoring.report import report
from rules.canonical import digest
from rules.syntax import RuleSet


@cache
def made() -> RuleSet:
    return rule_set(
        """
        scale: {total: 10, ceiling: 12}
        facts:
          n: {label: {zh: 次数, en: Count}, type: integer, max: 10, unit: {zh: 次, en: times}}
          ready: {label: 有项目, type: boolean}
          bad: {label: 问题, type: boolean}
          bonus: {label: 加分, type: decimal, max: 2}
        dimensions:
          - id: d
            title: {zh: 维度, en: Dimension}
            points: 10
            indicators: [{id: x, title: {zh: 指标, en: Indicator}, points: 10, rule: {formula: n}}]
        blocks:
          - id: plus
            title: 加分
            kind: bonus
            cap: 2
            indicators: [{id: z, title: 加, points: 2, rule: {formula: bonus}}]
        vetoes: [{id: v, title: {zh: 否决, en: Veto}, when: bad, effect: {at_most: low}}]
        levels:
          measured_on: unrounded
          promotion: any
          from_low_to_high:
            - {id: low, title: {zh: 三星, en: Three}, at_least: 5}
            - {id: top, title: {zh: 四星, en: Four}, at_least: 8,
               gates: [{require: ready, because: {zh: 须有项目, en: needs a project}}]}
        """
    )


def reported(rules: RuleSet, facts: dict[str, Any], **who: Any) -> dict[str, Any]:
    levels, made_scorer = level_rules(rules), scorer(rules)
    assessment = made_scorer.explain(made_scorer.read(someone(**who), facts))
    return report(assessment, levels.decide(assessment), levels)


def facts(n: int, **given: Any) -> dict[str, Any]:
    return {"n": n, "ready": False, "bad": False, "bonus": "1.5", **given}


def test_report_has_exactly_its_parts() -> None:
    assert list(reported(made(), facts(8))) == [
        "rule_set",
        "version",
        "digest",
        "organisation",
        "total",
        "level",
        "level_title",
        "rated",
        "level_steps",
        "dimensions",
        "blocks",
        "indicators",
        "gates",
        "vetoes",
        "next_level",
    ]


def test_report_says_by_which_rules_and_whom() -> None:
    found = reported(made(), facts(8), committee="区直机关工委")
    assert (found["rule_set"], found["version"], found["digest"]) == ("small", "1", digest(made()))
    assert found["organisation"] == {
        "id": "a",
        "name": "甲支部",
        "category": "demo",
        "committee": "区直机关工委",
    }


def test_report_gives_points_as_decimals_of_two_places() -> None:
    found = reported(made(), facts(8))
    assert found["total"] == "9.50"
    assert found["dimensions"] == [
        {
            "id": "d",
            "title": {"zh": "维度", "en": "Dimension"},
            "points": "8.00",
            "max": "10.00",
            "counts": True,
        }
    ]
    assert found["blocks"] == [
        {
            "id": "plus",
            "title": {"zh": "加分", "en": "加分"},
            "kind": "bonus",
            "points": "1.50",
            "cap": "2.00",
        }
    ]


def test_report_explains_each_indicator() -> None:
    assert reported(made(), facts(8))["indicators"][0] == {
        "id": "x",
        "title": {"zh": "指标", "en": "Indicator"},
        "points": "8.00",
        "max": "10.00",
        "counts": True,
        "deducts": False,
        "facts": [
            {
                "id": "n",
                "label": {"zh": "次数", "en": "Count"},
                "value": {"zh": "8次", "en": "8 times"},
                "source": "asked",
            }
        ],
        "reason": {
            "zh": "按“次数”计算（次数：8次），得8分（满分10分）。",
            "en": 'worked out as "Count" (Count: 8 times): 8 of 10 points.',
        },
    }


def test_report_says_level_gates_and_what_is_missing() -> None:
    found = reported(made(), facts(8))
    assert (found["level"], found["level_title"]) == ("low", {"zh": "三星", "en": "Three"})
    needs = {"zh": "须有项目", "en": "needs a project"}
    assert found["gates"] == [{"level": "top", "holds": False, "condition": needs}]
    assert found["vetoes"] == []
    assert found["next_level"] == {
        "level": "top",
        "title": {"zh": "四星", "en": "Four"},
        "missing": [{"kind": "gate", "text": needs}],
    }


def test_report_names_what_points_are_missing_and_where_to_win_them() -> None:
    found = reported(made(), facts(3, ready=True))
    assert found["level"] is None
    assert found["level_title"] == {"zh": "不评星级", "en": "no level"}
    (missing,) = found["next_level"]["missing"]
    assert (missing["kind"], missing["points"]) == ("points", "0.50")
    assert [(each["indicator"], each["gain"]) for each in missing["cheapest"]] == [("x", "7.00")]


def test_report_names_vetoes_and_steps() -> None:
    found = reported(made(), facts(9, ready=True, bad=True))
    assert found["vetoes"] == [
        {"id": "v", "title": {"zh": "否决", "en": "Veto"}, "effect": "at_most"}
    ]
    assert found["level_steps"] == [{"zh": "一票否决“否决”：三星", "en": 'veto "Veto": Three'}]


def test_report_of_the_highest_level_has_no_next() -> None:
    assert reported(made(), facts(9, ready=True))["next_level"] is None


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each)
    else:
        yield value


@pytest.mark.parametrize("published", all_published(), ids=str)
def test_report_of_a_published_rule_set_holds_no_binary_numbers(published: Published) -> None:
    case, category = published.case, published.category
    inputs = category.scorer.read(someone(**case.organisation), case.facts)
    assessment = category.scorer.explain(inputs, case.group, case.peers)
    found = report(assessment, category.levels.decide(assessment), category.levels)
    kinds = {type(leaf) for leaf in leaves(json.loads(json.dumps(found)))}
    assert kinds <= {str, bool, type(None)}
    assert json.loads(json.dumps(found)) == found
