"""An assessment as plain values: what `evaluator score --format json` prints.

Every number is a decimal string, so that no reader turns it into a binary fraction.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from evaluator.scoring.assessment import Assessment
from evaluator.scoring.inputs import Organisation
from evaluator.scoring.levels import NO_LEVEL, Decision, LevelRules
from evaluator.scoring.next_level import Chance, Missing, gap_text, next_level
from evaluator.scoring.reasons import Reasons
from rules.describe.words import Labels
from rules.lowering import Program, indicators_of
from rules.numbers import decimal_text
from rules.syntax import Block, Dimension, Fact, Indicator, Words

Json = dict[str, Any]
_FACTS: WeakKeyDictionary[Labels, dict[str, list[tuple[str, Fact]]]] = WeakKeyDictionary()


def report(assessment: Assessment, decision: Decision, rules: LevelRules) -> Json:
    """Return the whole explanation of one organisation."""
    rule_set = rules.rule_set
    reasons = Reasons(assessment, rules.labels)
    return {
        **_head(assessment.program, assessment.organisation, decision, rules),
        "total": decimal_text(assessment.total),
        "dimensions": [_group(each, "dimension", assessment) for each in rule_set.dimensions],
        "blocks": [_block(each, assessment) for each in rule_set.blocks],
        "indicators": [_indicator(each, assessment, reasons) for each in indicators_of(rule_set)],
        "gates": [
            {"level": each.level, "holds": each.holds, "condition": both(each.words)}
            for each in rules.gates(assessment)
        ],
        "vetoes": [
            {"id": veto.id, "title": both(veto.title), "effect": veto.effect.kind}
            for veto in assessment.fallen_vetoes
        ],
        "next_level": _next(assessment, decision, rules),
    }


def report_unrated(
    program: Program, organisation: Organisation, decision: Decision, rules: LevelRules
) -> Json:
    """Return the report of an organisation that is not rated, so that nobody asks for its facts."""
    nothing: dict[str, list[Json]] = {
        key: [] for key in ("dimensions", "blocks", "indicators", "gates", "vetoes")
    }
    head = _head(program, organisation, decision, rules)
    return {**head, **nothing, "next_level": None}


def _head(
    program: Program, organisation: Organisation, decision: Decision, rules: LevelRules
) -> Json:
    rule_set = rules.rule_set
    level = None if decision.index == NO_LEVEL else rules.levels[decision.index].id
    return {
        "rule_set": rule_set.rule_set,
        "version": rule_set.version,
        "digest": program.digest,
        "organisation": {
            "id": organisation.id,
            "name": organisation.name,
            "category": organisation.category or rule_set.category,
            "committee": organisation.committee,
        },
        "total": None,
        "level": level,
        "level_title": both(rules.title(decision.index)),
        "rated": decision.rated,
        "level_steps": [both(step) for step in decision.steps],
    }


def both(words: Words) -> Json:
    """Return a text in both languages."""
    return {"zh": words.zh, "en": words.say("en")}


def _group(group: Dimension, kind: str, assessment: Assessment) -> Json:
    return {
        "id": group.id,
        "title": both(group.title),
        "points": decimal_text(assessment.value(kind, group.id)),
        "max": decimal_text(group.points),
        "counts": bool(assessment.value("present", group.id)) and group.counts,
    }


def _block(block: Block, assessment: Assessment) -> Json:
    return {
        "id": block.id,
        "title": both(block.title),
        "kind": block.kind,
        "points": decimal_text(assessment.value("block", block.id)),
        "cap": decimal_text(block.cap),
    }


def _indicator(indicator: Indicator, assessment: Assessment, reasons: Reasons) -> Json:
    return {
        "id": indicator.id,
        "title": both(indicator.title),
        "points": decimal_text(assessment.points(indicator)),
        "max": decimal_text(indicator.points),
        "counts": assessment.counts(indicator),
        "deducts": assessment.deducts(indicator),
        "facts": [
            {
                "id": name,
                "label": both(fact.label),
                "value": {each: reasons.shown.fact(name, each) for each in ("zh", "en")},
                "source": fact.source.kind,
            }
            for name, fact in _facts_of(indicator, assessment, reasons.labels)
        ],
        "reason": both(reasons.reason(indicator)),
    }


def _facts_of(
    indicator: Indicator, assessment: Assessment, labels: Labels
) -> list[tuple[str, Fact]]:
    """Return the facts that an indicator reads in the order of the rule set, looked up once."""
    known = _FACTS.setdefault(labels, {})
    if indicator.id not in known:
        read = assessment.program.facts_of[indicator.id]
        declared = labels.rule_set.facts.items()
        known[indicator.id] = [(name, fact) for name, fact in declared if name in read]
    return known[indicator.id]


def _next(assessment: Assessment, decision: Decision, rules: LevelRules) -> Json | None:
    above = next_level(assessment, decision, rules)
    if above is None:
        return None
    return {
        "level": above.level.id,
        "title": both(above.level.title),
        "missing": [_missing(each) for each in above.missing],
    }


def _missing(missing: Missing) -> Json:
    result: Json = {"kind": missing.kind, "text": both(missing.words)}
    if missing.kind == "points":
        result["points"] = gap_text(missing.gap)
        result["cheapest"] = [_chance(each) for each in missing.chances]
    return result


def _chance(chance: Chance) -> Json:
    return {
        "indicator": chance.indicator.id,
        "title": both(chance.indicator.title),
        "gain": decimal_text(chance.worth),
        "how": both(chance.how),
    }
