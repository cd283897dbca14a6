"""The rule of an indicator in words, as lines of a list."""

from __future__ import annotations

from collections.abc import Callable

from rules.describe import additive_lines as additive
from rules.describe import graded_lines as graded
from rules.describe.labels import Labels
from rules.syntax import Indicator


def rule_lines(indicator: Indicator, labels: Labels, language: str) -> list[str]:
    """Return the rule of an indicator: a first line, and the lines below it.

    With `labels.in_deductions()` the points are those of a deduction block: what the rule brings
    is taken off the total.
    """
    rule = indicator.rule
    way = next(each for each in _WAYS if getattr(rule, each) is not None)
    return _WAYS[way](indicator, labels, language)


_WAYS: dict[str, Callable[[Indicator, Labels, str], list[str]]] = {
    "deduct": additive.deduct_lines,
    "award": additive.award_lines,
    "adjust": additive.adjust_lines,
    "ladder": graded.ladder_lines,
    "options": graded.option_lines,
    "proportional": graded.proportional_lines,
    "cases": graded.case_lines,
    "judgement": graded.judgement_lines,
    "formula": graded.formula_lines,
}
