"""From parsed formulas to typed integer expressions."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction
from typing import Protocol

from rules import integers, quotients
from rules.formula import Expression, parse
from rules.integers import Int, MayOverflow, const
from rules.lowering.comparisons import (
    code_of,
    compared,
    refuse_bare_word,
    refuse_never,
    refuse_percent_of_whole,
)
from rules.lowering.refusals import refuse
from rules.lowering.values import Choice, Literal, Number, Truth, Value, kind_of
from rules.quotients import Quotient
from rules.syntax import Formula


class Scope(Protocol):
    """Whatever knows the names that a formula may use."""

    def lookup(self, expression: Expression) -> Value:
        """Return the value of a name; raises RuleErrors."""

    def is_given(self, expression: Expression) -> Int:
        """Return whether a fact has a value."""


def lower_formula(formula: Formula, scope: Scope) -> Value:
    """Return the typed value of a formula; raises RuleErrors."""
    return lower(parse(formula), scope)


def lower_number(formula: Formula, scope: Scope) -> Quotient:
    """Return the quotient of a formula that must be a number."""
    return _number(parse(formula), scope)


def lower_truth(formula: Formula, scope: Scope) -> Int:
    """Return the bit of a formula that must be a condition."""
    return _truth(parse(formula), scope)


def lower(expression: Expression, scope: Scope) -> Value:
    """Return the typed value of an expression; raises RuleErrors at the innermost place."""
    try:
        return _KINDS[expression.kind](expression, scope)
    except MayOverflow as error:
        raise refuse(
            expression,
            f"this may grow to {error}, beyond the 18 digits that are kept "
            "exact; lower the `max` of the facts it reads, or round() in between.",
            "overflow",
        ) from error


def _number(expression: Expression, scope: Scope) -> Quotient:
    value = lower(expression, scope)
    if not isinstance(value, Number):
        raise refuse(
            expression, f"found {kind_of(value)}; a number is needed here." + _hint(value, "number")
        )
    return value.quotient


def _truth(expression: Expression, scope: Scope) -> Int:
    value = lower(expression, scope)
    if not isinstance(value, Truth):
        raise refuse(
            expression,
            f"found {kind_of(value)}; a condition is needed here." + _hint(value, "condition"),
        )
    return value.bit


def _hint(value: Value, wanted: str) -> str:
    if isinstance(value, Truth) and wanted == "number":
        return " Count conditions by count_true(a, b, …), or write `1 if … else 0`."
    if wanted == "condition":
        return ' Compare it, for example `… >= 90%` or `… == "good"`.'
    return ""


def _literal_number(expression: Expression, scope: Scope) -> Value:
    return Number(quotients.constant(Fraction(expression.value)))


def _literal_text(expression: Expression, scope: Scope) -> Value:
    return Literal((str(expression.value),))


def _literal_truth(expression: Expression, scope: Scope) -> Value:
    return Truth(const(int(expression.value is True)))


def _literal_list(expression: Expression, scope: Scope) -> Value:
    words = []
    for each in expression.args:
        if each.kind != "text":
            raise refuse(each, 'a list holds words in quotes, such as ["good", "poor"].')
        words.append(str(each.value))
    return Literal(tuple(words), is_list=True)


def _name(expression: Expression, scope: Scope) -> Value:
    return scope.lookup(expression)


_ARITHMETIC: dict[str, Callable[[Quotient, Quotient], Quotient]] = {
    "+": quotients.add,
    "-": quotients.sub,
    "*": quotients.mul,
    "/": quotients.div,
}


def _arithmetic(expression: Expression, scope: Scope) -> Value:
    left, right = (_number(each, scope) for each in expression.args)
    try:
        return Number(_ARITHMETIC[expression.kind](left, right))
    except ZeroDivisionError:
        raise refuse(
            expression.args[1],
            "this may be 0 or negative, and nothing can be divided "
            "by it; write ratio(a, b, otherwise), or give the fact a `min` above 0.",
            "division",
        ) from None


def _negate(expression: Expression, scope: Scope) -> Value:
    inner = _number(expression.args[0], scope)
    return Number(quotients.sub(quotients.constant(0), inner))


def _not(expression: Expression, scope: Scope) -> Value:
    return Truth(integers.negated(_truth(expression.args[0], scope)))


def _and_or(expression: Expression, scope: Scope) -> Value:
    join = integers.both if expression.kind == "and" else integers.either
    bits = [_truth(each, scope) for each in expression.args]
    result = bits[0]
    for bit in bits[1:]:
        result = join(result, bit)
    return Truth(result)


def _if(expression: Expression, scope: Scope) -> Value:
    condition = _truth(expression.args[0], scope)
    then, otherwise = (lower(each, scope) for each in expression.args[1:])
    if isinstance(then, Number) and isinstance(otherwise, Number):
        return Number(quotients.where(condition, then.quotient, otherwise.quotient))
    if isinstance(then, Truth) and isinstance(otherwise, Truth):
        return Truth(integers.where(condition, then.bit, otherwise.bit))
    raise refuse(
        expression,
        f"the two sides of if … else are {kind_of(then)} and "
        f"{kind_of(otherwise)}; both must be numbers, or both conditions.",
    )


def _comparison(expression: Expression, scope: Scope) -> Value:
    left = lower(expression.args[0], scope)
    refuse_bare_word(left, expression.args[1])
    right = lower(expression.args[1], scope)
    if isinstance(right, Choice) and isinstance(left, Literal):
        left, right = right, left
    bit = compared(expression, left, right)
    bit = integers.negated(bit) if expression.kind in ("!=", ">", ">=") else bit
    if isinstance(left, Number) and isinstance(right, Number):
        refuse_percent_of_whole(expression.args[0], right.quotient)
        refuse_percent_of_whole(expression.args[1], left.quotient)
        refuse_never(expression, left, right, bit)
    return Truth(bit)


def _membership(expression: Expression, scope: Scope) -> Value:
    left, right = (lower(each, scope) for each in expression.args)
    if not isinstance(left, Choice) or not isinstance(right, Literal) or not right.is_list:
        raise refuse(
            expression,
            "`in` needs a choice on its left and a list of its words on its "
            'right, such as kind in ["shop", "office"].',
        )
    found = integers.any_of(
        [integers.equal(left.code, const(code_of(expression, left, word))) for word in right.words]
    )
    return Truth(integers.negated(found) if expression.kind == "not in" else found)


def _call(expression: Expression, scope: Scope) -> Value:
    from rules.lowering.functions import call  # functions lower their arguments

    return call(expression, scope)


def day_of(expression: Expression) -> datetime.date:
    """Return the date that a literal names; raises RuleErrors."""
    try:
        return datetime.date.fromisoformat(str(expression.value))
    except ValueError:
        raise refuse(
            expression, f'found "{expression.value}"; allowed is a date such as "2026-01-31".'
        ) from None


_KINDS: dict[str, Callable[[Expression, Scope], Value]] = {
    "number": _literal_number,
    "text": _literal_text,
    "truth": _literal_truth,
    "list": _literal_list,
    "name": _name,
    "negate": _negate,
    "not": _not,
    "if": _if,
    "call": _call,
    "and": _and_or,
    "or": _and_or,
    "in": _membership,
    "not in": _membership,
    **dict.fromkeys("+-*/", _arithmetic),
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), _comparison),
}
