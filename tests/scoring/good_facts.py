"""Facts of which more is only ever better, as the declared rules say."""

from __future__ import annotations

from collections import Counter

from rules.formula import parse
from rules.lowering import indicators_of
from rules.lowering.reads import formulas_of, named_facts
from rules.syntax import Indicator, Ladder, Part, RuleSet

NUMBERS = ("integer", "decimal", "ratio")


def good_facts(rules: RuleSet) -> list[str]:
    """Return the numeric facts that are read as something good, and nowhere else for the total."""
    total_reads = (*rules.dimensions, *rules.blocks, rules.composition, *rules.measures.values())
    reads: Counter[str] = Counter()
    for each in total_reads:
        reads.update(name for formula in formulas_of(each) for name in parse(formula).names())
        reads.update(named_facts(each))
    deducted = {
        each.id for block in rules.blocks if block.kind == "deduction" for each in block.indicators
    }
    good: Counter[str] = Counter()
    for indicator in indicators_of(rules):
        if indicator.id not in deducted:
            good.update(_good_in(indicator))
    return [
        name
        for name, fact in rules.facts.items()
        if fact.type in NUMBERS and reads[name] == good[name] > 0
    ]


def _good_in(indicator: Indicator) -> list[str]:
    rule = indicator.rule
    found = [rule.judgement] if rule.judgement else []
    if rule.proportional and not rule.proportional.zero_at:
        found.append(rule.proportional.measure.text)
    if rule.ladder and _rises(rule.ladder):
        found.append(rule.ladder.measure.text)
    found += [name for part in rule.award or () if (name := _awarded(part))]
    found += [part.per.measure.text for part in rule.deduct or () if part.per and part.per.below]
    return found


def _rises(ladder: Ladder) -> bool:
    points = [*(rung.points for rung in ladder.rungs), ladder.otherwise]
    upward = all(rung.at_least or rung.above for rung in ladder.rungs)
    return upward and points == sorted(points, reverse=True)


def _awarded(part: Part) -> str:
    if part.when is None and part.each and isinstance(part.points, int):
        return part.each.text
    return part.discretion.fact if part.discretion and part.when is None else ""
