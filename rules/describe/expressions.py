"""Expressions in words: names, numbers, arithmetic; conditions and calls register themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from rules.describe.labels import Labels, quoted
from rules.formula import Expression
from rules.numbers import fraction_text

Sayer = Callable[[Expression, Labels, str], str]
SAY: dict[str, Sayer] = {}
"""How each kind of expression is said; `rules.describe.words` brings all kinds together."""

_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
RANK = {"if": -1, "or": 0, "and": 1, "+": 3, "-": 3, "*": 4, "/": 4}


def say(expression: Expression, labels: Labels, language: str) -> str:
    """Return an expression in words."""
    return SAY[expression.kind](expression, labels, language)


def say_beside(
    expression: Expression, other: Expression, labels: Labels, language: str, unit: bool = True
) -> str:
    """Return one side of a comparison: a number takes the kind and the unit of the other side."""
    if expression.kind == "truth":
        return {"zh": ("“否”", "“是”"), "en": ("no", "yes")}[language][expression.value is True]
    if expression.kind == "text" and other.kind == "name":
        return quoted(labels.option(str(other.value), str(expression.value), language), language)
    if expression.kind != "number":
        return bracketed(expression, 2, labels, language)
    value = Fraction(expression.value)
    if expression.percent or labels.is_percent(other):
        return number_words(value, percent=True)
    return number_words(value) + (unit_after(other, value, labels, language) if unit else "")


_SPANS = {"years_between": "年", "months_between": "个月", "days_between": "天"}


def unit_after(other: Expression, value: Fraction, labels: Labels, language: str) -> str:
    """Return the unit of a name as it follows a number."""
    if other.kind == "call":
        return {"zh": _SPANS.get(str(other.value), ""), "en": ""}[language]
    found = labels.unit(str(other.value), language) if other.kind == "name" else ""
    if language == "zh" or not found:
        return found
    plural = "" if value == 1 or found.endswith("s") or not found.isascii() else "s"
    return f" {found}{plural}"


def number_words(value: Fraction, percent: bool = False) -> str:
    """Return a number as people read it: 12, 0.5, 95%."""
    return f"{fraction_text(value * 100, 4)}%" if percent else fraction_text(value, 6)


def bracketed(expression: Expression, outer: int, labels: Labels, language: str) -> str:
    """Return an expression, in brackets where it binds less than what it stands in."""
    said = say(expression, labels, language)
    weaker = expression.kind in RANK and RANK[expression.kind] < outer
    return in_brackets(said, language) if weaker else said


def in_brackets(text: str, language: str) -> str:
    """Return a text in the brackets of the language; what is in brackets already stays so."""
    if re.fullmatch(r"（[^（）]*）|\([^()]*\)", text):
        return text
    return f"（{text}）" if language == "zh" else f"({text})"


def _number(expression: Expression, labels: Labels, language: str) -> str:
    value = Fraction(expression.value)
    return number_words(value, percent=bool(value) and abs(value) < 1)


def _text(expression: Expression, labels: Labels, language: str) -> str:
    return quoted(str(expression.value), language)


def _truth(expression: Expression, labels: Labels, language: str) -> str:
    words = {"zh": ("从不", "一律"), "en": ("never", "always")}
    return words[language][expression.value is True]


def _name(expression: Expression, labels: Labels, language: str) -> str:
    name = str(expression.value)
    if labels.is_condition(expression):
        return labels.of(name, language) + ("为“是”" if language == "zh" else " is yes")
    return labels.plain(name, language) if language == "zh" else labels.of(name, language)


def _calculated(expression: Expression, labels: Labels, language: str) -> str:
    left, right = expression.args
    rank = RANK[expression.kind]
    parts = [bracketed(each, rank, labels, language) for each in expression.args]
    if expression.kind == "*":
        parts = [_factor(left, right, parts[0], labels), _factor(right, left, parts[1], labels)]
    if expression.kind in "+-":
        parts = [_added(left, right, parts[0], labels), _added(right, left, parts[1], labels)]
    if expression.kind in "-/" and RANK.get(right.kind) == rank:
        parts[1] = in_brackets(parts[1], language)
    return f" {_SIGNS[expression.kind]} ".join(parts)


def _factor(expression: Expression, other: Expression, said: str, labels: Labels) -> str:
    """Return a factor: a total is weighted by a percentage, anything else by a plain number."""
    if expression.kind != "number" or (other.names() & labels.totals):
        return said
    return number_words(Fraction(expression.value))


def _added(expression: Expression, other: Expression, said: str, labels: Labels) -> str:
    if expression.kind != "number":
        return said
    return number_words(Fraction(expression.value), labels.is_percent(other))


def _if(expression: Expression, labels: Labels, language: str) -> str:
    condition, then, otherwise = expression.args
    said = say(condition, labels, language)
    first = say_beside(then, otherwise, labels, language)
    second = say_beside(otherwise, then, labels, language)
    if language == "zh":
        return f"{said}时取{first}，否则取{second}"
    return f"{first} if {said}, else {second}"


def _negate(expression: Expression, labels: Labels, language: str) -> str:
    return f"−{bracketed(expression.args[0], 5, labels, language)}"


SAY.update(
    {
        "number": _number, "text": _text, "truth": _truth, "name": _name, "if": _if,
        "negate": _negate, **dict.fromkeys("+-*/", _calculated),
    }
)  # fmt: skip
