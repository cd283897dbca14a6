"""Formulas in plain words: names become labels, signs become words."""

from __future__ import annotations

from fractions import Fraction

from rules.describe.calls import CALLS
from rules.describe.conditions import CONDITIONS, is_plain_truth, negation
from rules.describe.expressions import SAY, number_words, say, say_beside, unit_after
from rules.describe.labels import Labels
from rules.formula import parse
from rules.syntax import Formula

SAY.update({**CONDITIONS, **CALLS})


def say_formula(formula: Formula, labels: Labels, language: str) -> str:
    """Return a formula in words."""
    return say(parse(formula), labels, language)


def say_negated(formula: Formula, labels: Labels, language: str) -> str:
    """Return in words that a condition does not hold."""
    return say(negation(parse(formula)), labels, language)


def say_share(formula: Formula, labels: Labels, language: str) -> str:
    """Return a formula that is a share, such as the least share of the points, in words."""
    expression = parse(formula)
    if expression.kind == "number":
        return number_words(Fraction(expression.value), percent=True)
    return say(expression, labels, language)


__all__ = [
    "Labels",
    "is_plain_truth",
    "number_words",
    "say",
    "say_beside",
    "say_formula",
    "say_negated",
    "say_share",
    "unit_after",
]
