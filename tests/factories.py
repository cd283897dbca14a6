"""Small rule sets, and what one organisation comes to by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

from evaluator.rule_cases import organisation_of
from evaluator.scoring.assessment import Assessment
from evaluator.scoring.explain import Scorer
from evaluator.scoring.inputs import Organisation
from evaluator.scoring.levels import Decision, LevelRules
from evaluator.scoring.reasons import Reasons
from evaluator.scoring.round import Category, RoundResult, score_round
from rules.checks import check
from rules.describe.words import Labels
from rules.lowering import indicators_of
from rules.numbers import points_text
from rules.syntax import Indicator, RuleSet

ROOT = Path(__file__).parent.parent

HEAD = """\
rule_set: small
category: demo
version: "1"
title: {zh: 小规则, en: Small}
period: {from: 2026-01-01, to: 2026-12-31}
"""
IN_FULL = "organisations: {part_year: in_full, merged: mean}\n"
NO_LEVELS = "levels: {measured_on: unrounded, promotion: any, from_low_to_high: []}\n"


@cache
def rule_set(text: str) -> RuleSet:
    """Return the rule set of a text; what every rule set needs is added where it is not there."""
    from rules.loader import load_text

    text = dedent(text)
    head = "" if "rule_set:" in text else HEAD
    head += "" if "organisations:" in text else IN_FULL
    head += "" if "\nlevels:" in f"\n{text}" else NO_LEVELS
    return load_text(head + text)


def small(
    rule: str, facts: str, *, points: str = "10", keys: str = "", more: str = "", scale: str = ""
) -> RuleSet:
    """Return a rule set with one indicator `x` in one dimension `d`."""
    return rule_set(
        f"scale: {{total: {points}{scale}}}\n"
        f"facts:\n{indent(dedent(facts).strip(), '  ')}\n"
        "dimensions:\n"
        f"  - id: d\n    title: 维度\n    points: {points}\n    indicators:\n"
        f"      - id: x\n        title: {{zh: 指标, en: Indicator}}\n        points: {points}\n"
        f"{indent(dedent(keys).strip(), ' ' * 8)}\n"
        f"        rule:\n{indent(dedent(rule).strip(), ' ' * 10)}\n"
        f"{dedent(more)}"
    )


_SCORERS: dict[int, tuple[RuleSet, Scorer]] = {}


def scorer(rules: RuleSet) -> Scorer:
    """Return the scorer of a rule set, made once."""
    if id(rules) not in _SCORERS:
        _SCORERS[id(rules)] = rules, Scorer(rules)  # the rule set is kept, so that its id is too
    return _SCORERS[id(rules)][1]


def someone(**given: Any) -> Organisation:
    """Return an organisation."""
    return organisation_of({"id": "a", "name": "甲支部", **given})


def assess(
    rules: RuleSet,
    facts: Mapping[str, Any],
    *,
    group: Mapping[str, str] | None = None,
    peers: Mapping[str, str] | None = None,
    **organisation: Any,
) -> Assessment:
    """Return the assessment of one organisation."""
    made = scorer(rules)
    inputs = made.read(someone(**organisation), facts)
    return made.explain(inputs, group or {}, peers or {})


def indicator_of(rules: RuleSet, name: str = "x") -> Indicator:
    """Return an indicator by its id."""
    return next(each for each in indicators_of(rules) if each.id == name)


def points(rules: RuleSet, facts: Mapping[str, Any], name: str = "x", **given: Any) -> str:
    """Return the points of one indicator as text."""
    return points_text(assess(rules, facts, **given).points(indicator_of(rules, name)))


def total(rules: RuleSet, facts: Mapping[str, Any], **given: Any) -> str:
    """Return the total as text."""
    return points_text(assess(rules, facts, **given).total)


def reason(rules: RuleSet, facts: Mapping[str, Any], language: str, name: str = "x") -> str:
    """Return why an indicator has its points."""
    reasons = Reasons(assess(rules, facts), Labels(rules))
    return reasons.reason(indicator_of(rules, name)).say(language)


def level_rules(rules: RuleSet) -> LevelRules:
    """Return what decides levels."""
    return LevelRules(Labels(rules))


def decide(rules: RuleSet, facts: Mapping[str, Any], **organisation: Any) -> Decision:
    """Return the decision for one organisation."""
    return level_rules(rules).decide(assess(rules, facts, **organisation))


def level(rules: RuleSet, facts: Mapping[str, Any], **organisation: Any) -> str:
    """Return the id of the level that one organisation reaches; `none` for none."""
    index = decide(rules, facts, **organisation).index
    return "none" if index < 0 else rules.levels.from_low_to_high[index].id


Member = tuple[Mapping[str, Any], Mapping[str, Any]]
"""An organisation and its facts."""


def score_all(rules: RuleSet, members: Sequence[Member]) -> RoundResult:
    """Return a round of organisations of one category."""
    entries = [(someone(**{"category": rules.category, **who}), facts) for who, facts in members]
    return score_round({rules.category: Category(rules)}, entries)


def levels_of(outcome: RoundResult) -> dict[str, str]:
    """Return the level of each organisation that was scored, `none` for none."""
    found = {}
    for each in outcome.results:
        if each.decision:
            titles = [*each.category.levels.index, "none"]
            found[each.organisation.id] = titles[each.decision.index]
    return found


def totals_of(outcome: RoundResult) -> dict[str, str]:
    """Return the total of each organisation that was scored."""
    return {
        each.organisation.id: points_text(each.assessment.total)
        for each in outcome.results
        if each.assessment
    }


def published() -> list[Path]:
    """Return the files of all rule sets of the project that are complete and without error."""
    from rules.loader import is_shared, load_rule_set, read_file
    from rules.problems import RuleErrors

    found = []
    for folder in ("examples/schemes", "rules/2026"):
        for path in sorted((ROOT / folder).glob("*.yaml")):
            try:
                if not is_shared(read_file(path)) and not check(load_rule_set(path)):
                    found.append(path)
            except RuleErrors:
                continue  # `rules check` reports it; a draft is no subject of these tests
    return found
