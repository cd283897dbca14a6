"""Errors at the place of an expression."""

from __future__ import annotations

from rules.formula import Expression
from rules.problems import Problem, RuleErrors


def refuse(expression: Expression, message: str, code: str = "type") -> RuleErrors:
    """Return the error at an expression's place."""
    return RuleErrors([Problem(expression.where, code, message)])
