"""What is well-formed but wrong in a rule set: gaps, unreachable levels, double counting and more."""

from __future__ import annotations

from rules.lowering import lower
from rules.problems import Problem, RuleErrors
from rules.syntax import RuleSet


def check(rule_set: RuleSet) -> list[Problem]:
    """Return every problem of a rule set that was read, in reading order."""
    try:
        lower(rule_set)
    except RuleErrors as error:
        return error.problems
    return []
