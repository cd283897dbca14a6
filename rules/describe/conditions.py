"""Conditions in words: ranges, and, or, not."""

from __future__ import annotations

from rules.describe.comparisons import BETWEEN, COMPARISONS, comparative, compared, places, turned
from rules.describe.expressions import RANK, Sayer, bracketed, say
from rules.describe.labels import Labels
from rules.formula import Expression, parse
from rules.syntax import Formula

_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "==", "in": "not in",
             "not in": "in"}  # fmt: skip


def negation(expression: Expression) -> Expression:
    """Return the expression that holds where a condition does not."""
    if expression.kind in _OPPOSITE:
        return Expression(_OPPOSITE[expression.kind], expression.where, "", expression.args)
    if expression.kind == "not":
        return expression.args[0]
    if expression.kind in ("and", "or"):
        turned = {"and": "or", "or": "and"}[expression.kind]
        return Expression(turned, expression.where, "", tuple(map(negation, expression.args)))
    return Expression("not", expression.where, "", (expression,))


def _not(expression: Expression, labels: Labels, language: str) -> str:
    inner = expression.args[0]
    if inner.kind == "name":
        name = labels.of(str(inner.value), language)
        return f"{name}为“否”" if language == "zh" else f"{name} is no"
    if inner.kind == "call" and inner.value == "given":
        name = labels.of(str(inner.args[0].value), language)
        return f"未填报{name}" if language == "zh" else f"{name} is not given"
    if inner.kind in _OPPOSITE or inner.kind in ("not", "and", "or"):
        return say(negation(inner), labels, language)
    said = say(inner, labels, language)
    return f"不满足（{said}）" if language == "zh" else f"not ({said})"


def _joined(expression: Expression, labels: Labels, language: str) -> str:
    """Return `a and b`, `a or b`."""
    if _is_range(expression):
        return _range(expression, labels, language)
    rank, word = RANK[expression.kind], BETWEEN[language][expression.kind]
    parts = [bracketed(each, rank, labels, language) for each in expression.args]
    if language == "en":
        return f" {word} ".join(parts)
    return (f"，{word}" if expression.kind == "or" else word).join(parts)


def _is_range(expression: Expression) -> bool:
    """Return whether this is `60 <= x <= 80` or `x >= 60 and x <= 80`."""
    if expression.kind != "and" or len(expression.args) != 2:
        return False
    low, high = (
        turned(each) if each.args and each.args[0].kind == "number" else each
        for each in expression.args
    )
    return (
        low.kind in (">", ">=")
        and high.kind in ("<", "<=")
        and low.args[0].kind == "name" == high.args[0].kind
        and low.args[0].value == high.args[0].value
    )


def _range(expression: Expression, labels: Labels, language: str) -> str:
    low, high = (
        turned(each) if each.args[0].kind == "number" else each for each in expression.args
    )
    if labels.is_rank(low.args[0]) and low.args[1].kind == high.args[1].kind == "number":
        return places(low, high, labels, language)
    first = compared(low, labels, language)
    word, last = comparative(high, labels, language)
    return f"{first}、{word}{last}" if language == "zh" else f"{first} and {word} {last}"


def is_plain_truth(formula: Formula) -> bool:
    """Return whether a formula is one name, or that it does not hold."""
    expression = parse(formula)
    inner = expression.args[0] if expression.kind == "not" else expression
    return inner.kind in ("name", "truth")


CONDITIONS: dict[str, Sayer] = {**COMPARISONS, "not": _not, "and": _joined, "or": _joined}
