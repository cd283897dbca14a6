"""Drawn facts to facts as files hold them, and what the rules say about them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from believable import Drawing

from evaluator.files.plans import NO_LEVEL
from evaluator.scoring.inputs import Organisation
from evaluator.scoring.round import Category, Result, score_round
from rules.lowering.values import bounds_of, scale_of
from rules.syntax import Fact

_REASONS = (
    "进展缓慢，材料与现场核查情况不一致",
    "有部署无落实，仅有零星成效",
    "基本落实，个别环节有缺项",
    "落实较好，成效可查",
    "举措扎实，经验在全区推广",
)
_REASONS_OFF = ("现场未发现问题", "轻微，当场改正", "个别问题，已通报提醒", "问题较多，限期整改")


def facts_of(drawing: Drawing) -> dict[str, Any]:
    """Return every fact that is not an attribute of the organisation; judged ones with reasons."""
    found = {}
    for name, fact in drawing.rule_set.facts.items():
        if fact.source.kind == "organisation":
            continue
        value = drawing.value(name)
        if fact.reason == "required" and value is not None:
            value = {"value": value, "reason": _reason(name, fact, value)}
        found[name] = value
    return {name: value for name, value in found.items() if value is not None}


def _reason(name: str, fact: Fact, value: str) -> str:
    words = _REASONS_OFF if "deduct" in name or "flaw" in name else _REASONS
    low, high = (each / scale_of(fact) for each in bounds_of(fact))
    place = (float(value) - low) / (high - low or 1)
    return words[min(int(place * len(words)), len(words) - 1)]


def attributes_of(drawing: Drawing, organisation: Organisation) -> dict[str, Any]:
    """Return the attributes that facts read; what the organisation itself says stays as it is."""
    own = {
        "previous_level": organisation.previous_level or NO_LEVEL,
        "years_at_level": organisation.years_at_level,
        "name": organisation.name,
        "category": organisation.category,
        "committee": organisation.committee,
    }
    return {
        fact.source.detail: own.get(fact.source.detail, drawing.value(name))
        for name, fact in drawing.rule_set.facts.items()
        if fact.source.kind == "organisation"
    }


def result_alone(category: Category, organisation: Organisation, facts: dict[str, Any]) -> Result:
    """Return the result of one organisation as if it were the only one of the round."""
    name = category.rule_set.category
    return score_round({name: category}, [(organisation, facts)]).results[0]


def usable_facts(
    category: Category, organisation: Organisation, drawing: Drawing
) -> tuple[dict[str, Any], int]:
    """Return drawn facts, and their total in 1/10,000 points.

    Facts that the rules refuse are left out, such as points that lie out of their range.
    """
    facts = facts_of(drawing)
    result = result_alone(category, organisation, facts)
    if result.refused:
        wrong = {each.fact for each in result.refused.problems}
        facts = {name: value for name, value in facts.items() if name not in wrong}
        result = result_alone(category, organisation, facts)
    if result.assessment is None:
        raise SystemExit(f"drawn facts are refused: {result.refused}")
    return facts, result.assessment.total


def with_attributes(organisation: Organisation, drawing: Drawing) -> Organisation:
    """Return the organisation with its drawn attributes."""
    return replace(organisation, attributes=attributes_of(drawing, organisation))
