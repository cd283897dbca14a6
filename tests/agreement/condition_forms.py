"""The forms that conditions of a formula take: comparisons, words, dates, joined and turned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from chances import is_decimal, written
from ranged import comparable

if TYPE_CHECKING:
    from random_formulas import Formulas


def _flag(formulas: Formulas) -> str:
    truths = formulas.declared.truths
    return formulas.chances.one(truths) if truths else ""


def _compared(formulas: Formulas) -> str:
    a = formulas.varying(depth=1, spare=10**4)
    if not a.varies or (not a.fixed and a.den > 10**9):
        return ""
    symbol = formulas.chances.one((">=", "<", ">", "<=", "==", "!=", ">=", "<"))
    edge = {"above_low": symbol in (">=", "<"), "below_high": symbol in (">", "<=")}
    t = formulas.threshold(a, **edge)
    if not comparable(a, t):
        return ""
    if formulas.chances.maybe(15):
        turned = symbol.replace(">", "?").replace("<", ">").replace("?", "<")
        return f"{t.text} {turned} {a.text}"
    return f"{a.text} {symbol} {t.text}"


def _two_numbers(formulas: Formulas) -> str:
    a, b = formulas.known(), formulas.known()
    apart = a.high <= b.low or b.high <= a.low
    if apart or not comparable(a, b) or a.text == b.text:
        return ""
    return f"{a.text} {formulas.chances.one(('<', '<=', '==', '!=', '>', '>='))} {b.text}"


def _chained(formulas: Formulas) -> str:
    a = formulas.known(spare=10**4)
    if (a.high - a.low) * a.den < 4 or not a.fixed:
        return ""
    middle = formulas.threshold(a, above_low=True, below_high=True)
    low = (a.low + middle.low) / 2
    low = Fraction(floor(low * a.den), a.den)
    if not a.low < low < middle.low or not is_decimal(low):
        return ""
    return f"{written(low)} <= {a.text} < {middle.text}"


def _word(formulas: Formulas) -> str:
    if not formulas.declared.choices:
        return ""
    name = formulas.chances.one(list(formulas.declared.choices))
    words = formulas.declared.choices[name]
    if formulas.chances.maybe(40):
        chosen = ", ".join(f'"{each}"' for each in formulas.chances.some(words, 1, 3))
        return f"{name} {formulas.chances.one(('in', 'not in'))} [{chosen}]"
    return f'{name} {formulas.chances.one(("==", "!="))} "{formulas.chances.one(words)}"'


def _two_choices(formulas: Formulas) -> str:
    choices = formulas.declared.choices
    alike = [(a, b) for a in choices for b in choices if a < b and choices[a] == choices[b]]
    return " == ".join(formulas.chances.one(alike)) if alike else ""


def _two_days(formulas: Formulas) -> str:
    (a, (first, last)), (b, (begin, end)) = formulas.day(), formulas.day()
    if last <= begin or end <= first or a == b:
        return ""
    return f"{a} {formulas.chances.one(('<', '<=', '==', '!=', '>', '>='))} {b}"


def _given(formulas: Formulas) -> str:
    names = formulas.declared.givable
    return f"given({formulas.chances.one(names)})" if names else ""


TRUTHS: Sequence[Callable[[Formulas], str]] = (
    _flag,
    _compared,
    _compared,
    _compared,
    _compared,
    _two_numbers,
    _chained,
    _word,
    _word,
    _two_choices,
    _two_days,
    _given,
)


def _and(formulas: Formulas, depth: int) -> str:
    join = formulas.chances.one(("and", "or"))
    return f"(({formulas.truth(depth)}) {join} ({formulas.truth(depth)}))"


def _not(formulas: Formulas, depth: int) -> str:
    return f"not ({formulas.truth(depth)})"


def _either(formulas: Formulas, depth: int) -> str:
    a, b, c = formulas.truth(depth), formulas.truth(0), formulas.truth(0)
    return f"(({b}) if ({a}) else ({c}))"


def _alike(formulas: Formulas, depth: int) -> str:
    symbol = formulas.chances.one(("==", "!="))
    return f"(({formulas.truth(depth)}) {symbol} ({formulas.truth(0)}))"


def _with_literal(formulas: Formulas, depth: int) -> str:
    return f"(({formulas.truth(depth)}) {formulas.chances.one(('and true', 'or false'))})"


JOINS: Sequence[Callable[[Formulas, int], str]] = (
    _and,
    _and,
    _not,
    _either,
    _alike,
    _with_literal,
)
