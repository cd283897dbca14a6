"""Two values compared: of the same type, with a word that exists, and not always alike."""

from __future__ import annotations

from fractions import Fraction

from rules import integers, quotients
from rules.formula import Expression
from rules.integers import Int, const
from rules.lowering.refusals import refuse
from rules.lowering.values import Choice, Day, Literal, Number, Truth, Value, kind_of
from rules.numbers import fraction_text, number_text
from rules.problems import listed, nearest
from rules.quotients import Quotient


def refuse_bare_word(left: Value, right: Expression) -> None:
    """Refuse `kind == shop` for `kind == "shop"`, which is what was meant."""
    if isinstance(left, Choice) and right.kind == "name" and right.value in left.options:
        raise refuse(right, f'the words of a choice stand in quotes: write "{right.value}".')


def refuse_percent_of_whole(literal: Expression, other: Quotient) -> None:
    """Refuse a percentage that a whole number is compared with: 90% of 0 to 100 is below 1."""
    if literal.percent and other.is_whole and other.high > 1:
        number = fraction_text(Fraction(literal.value) * 100)
        raise refuse(
            literal,
            f"found {number}%, but the value is a whole number from {other.low} to {other.high}. "
            f"Write {number}, or make the fact a ratio.",
            "percent",
        )


def refuse_never(expression: Expression, left: Number, right: Number, bit: Int) -> None:
    """Refuse what can never hold, and percentages compared with plain numbers: 90 for 90%."""
    fixed = left.quotient if left.quotient.num.is_const else right.quotient
    other = right if fixed is left.quotient else left
    if not bit.is_const or not fixed.num.is_const or other.quotient.num.is_const:
        return
    plain = other.percent and fixed.low > 1
    if bit.low and not plain:
        return
    low, high = other.quotient.low, other.quotient.high
    shown = [number_text(each, other.percent) for each in (low, high)]
    hint = f" Did you mean {fraction_text(fixed.low)}%?" if plain else ""
    raise refuse(
        expression,
        f"this {'always' if bit.low else 'never'} holds: the value lies between {shown[0]} and "
        f"{shown[1]}. Change what it is compared with, or the bounds of the fact.{hint}",
        "always" if bit.low else "never",
    )


def compared(expression: Expression, left: Value, right: Value) -> Int:
    """Return the bit of ==, < or <=; the caller negates it for !=, >= and >."""
    symbol = expression.kind
    if isinstance(left, Choice) and symbol in ("==", "!="):
        return _choice_equal(expression, left, right)
    if isinstance(left, Number) and isinstance(right, Number):
        if symbol in ("==", "!="):
            return quotients.equal(left.quotient, right.quotient)
        compare = quotients.less if symbol in ("<", ">=") else quotients.at_most
        return compare(left.quotient, right.quotient)
    if isinstance(left, Day) and isinstance(right, Day):
        if symbol in ("==", "!="):
            return integers.equal(left.ordinal, right.ordinal)
        earlier = integers.less if symbol in ("<", ">=") else integers.at_most
        return earlier(left.ordinal, right.ordinal)
    if isinstance(left, Truth) and isinstance(right, Truth) and symbol in ("==", "!="):
        return integers.equal(left.bit, right.bit)
    raise refuse(
        expression, f"{kind_of(left)} cannot be compared with {kind_of(right)} by {symbol}."
    )


def _choice_equal(expression: Expression, left: Choice, right: Value) -> Int:
    if isinstance(right, Choice) and right.options == left.options:
        return integers.equal(left.code, right.code)
    if isinstance(right, Literal) and not right.is_list:
        return integers.equal(left.code, const(code_of(expression, left, right.words[0])))
    raise refuse(
        expression,
        f"a choice cannot be compared with {kind_of(right)}; "
        f"write one of its words in quotes: {listed(left.options)}.",
    )


def code_of(expression: Expression, choice: Choice, word: str) -> int:
    """Return the position of a word among the options; raises RuleErrors with the nearest one."""
    if word not in choice.options:
        raise refuse(
            expression,
            f'found "{word}"; allowed are {listed(choice.options)}.{nearest(word, choice.options)}',
            "option",
        )
    return choice.options.index(word)
