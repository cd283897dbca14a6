"""The forms that numbers of a formula take: arithmetic, functions, choices of values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import ranged
from ranged import Ranged

if TYPE_CHECKING:
    from random_formulas import Formulas

_DAYS_A_MONTH, _DAYS_A_YEAR = 28, 365
_Number = Callable[["Formulas", int], Ranged | None]


def _sum(formulas: Formulas, depth: int) -> Ranged | None:
    a, b = formulas.number(depth), formulas.number(depth)
    minus = formulas.chances.maybe(40)
    if not ranged.comparable(a, b):
        return None
    return ranged.added(a, b, f"({a.text} {'-' if minus else '+'} {b.text})", minus)


def _scaled(formulas: Formulas, depth: int) -> Ranged | None:
    a, by = formulas.number(depth, spare=4_000), formulas.constant()
    if formulas.chances.maybe(30) and by.low > 0:
        return ranged.divided(a, by, f"({a.text} / {by.text})")
    return ranged.multiplied(a, by, f"({a.text} * {by.text})")


def _product(formulas: Formulas, depth: int) -> Ranged | None:
    a, b = formulas.number(depth), formulas.number(depth)
    return ranged.multiplied(a, b, f"({a.text} * {b.text})")


def _quotient(formulas: Formulas, depth: int) -> Ranged | None:
    a, b = formulas.number(depth), formulas.positive()
    return ranged.divided(a, b, f"({a.text} / {b.text})") if b else None


def _extreme(formulas: Formulas, depth: int) -> Ranged | None:
    a, b = formulas.number(depth), formulas.number(depth)
    name = formulas.chances.one(("min", "max"))
    if not ranged.comparable(a, b):
        return None
    return ranged.extreme(a, b, f"{name}({a.text}, {b.text})", name == "min")


def _absolute(formulas: Formulas, depth: int) -> Ranged | None:
    a = formulas.number(depth)
    top = max(abs(a.low), abs(a.high))
    low = Fraction(0) if a.low <= 0 <= a.high else min(abs(a.low), abs(a.high))
    return Ranged(f"abs({a.text})", low, top, a.den, a.fixed, a.percent, a.top_known)


def _negated(formulas: Formulas, depth: int) -> Ranged | None:
    a = formulas.number(depth)
    return Ranged(f"(-{a.text})", -a.high, -a.low, a.den, a.fixed, a.percent, a.top_known)


def _whole(formulas: Formulas, depth: int) -> Ranged | None:
    a = formulas.number(depth)
    name = formulas.chances.one(("floor", "ceil"))
    return ranged.whole(a, f"{name}({a.text})", name == "ceil")


def _rounded(formulas: Formulas, depth: int) -> Ranged | None:
    places = formulas.chances.whole(0, 6)
    a = formulas.number(depth, spare=4 * 10**places)
    return ranged.rounded(a, places, f"round({a.text}, {places})")


def _ratio(formulas: Formulas, depth: int) -> Ranged | None:
    declared = [each for each in formulas.declared.numbers if each.low >= 0 and each.fixed]
    if not declared:
        return None
    a, b, otherwise = formulas.number(depth), formulas.chances.one(declared), formulas.constant()
    least = max(b.low, Fraction(1, b.den))
    share = ranged.divided(a, Ranged("", least, max(b.high, least), b.den), "")
    text = f"ratio({a.text}, {b.text}, {otherwise.text})"
    return share.named(text) if b.low > 0 else ranged.either(share, otherwise, text)


def _counted(formulas: Formulas, depth: int) -> Ranged | None:
    conditions = [formulas.truth(min(depth, 1)) for _ in range(formulas.chances.whole(1, 3))]
    text = f"count_true({', '.join(conditions)})"
    return Ranged(text, Fraction(0), Fraction(len(conditions)))


def _days(formulas: Formulas, depth: int) -> Ranged | None:
    (first, (a, b)), (last, (c, d)) = formulas.day(), formulas.day()
    if a == b and c == d:
        return None
    low, high = (c - b).days, (d - a).days
    name = formulas.chances.one(("days_between", "months_between", "years_between"))
    days = {"months_between": _DAYS_A_MONTH, "years_between": _DAYS_A_YEAR}.get(name, 1)
    bounds = Fraction(low // days - 1), Fraction(high // days + 1)
    return Ranged(f"{name}({first}, {last})", *bounds)


def _of_day(formulas: Formulas, depth: int) -> Ranged | None:
    day, (low, high) = formulas.day()
    if (high - low).days < _DAYS_A_YEAR:
        return None
    name, most = formulas.chances.one((("month_of", 12), ("day_of", 31)))
    return Ranged(f"{name}({day})", Fraction(1), Fraction(most))


def _chosen(formulas: Formulas, depth: int) -> Ranged | None:
    a, b = formulas.number(depth), formulas.number(depth)
    return ranged.either(a, b, f"({a.text} if {formulas.truth(depth)} else {b.text})")


def _if_given(formulas: Formulas, depth: int) -> Ranged | None:
    names = formulas.declared.givable
    pool = [each for each in formulas.declared.numbers if each.text in names]
    if not pool:
        return None
    a, b = formulas.chances.one(pool), formulas.number(depth)
    return ranged.either(a, b, f"({a.text} if given({a.text}) else {b.text})")


NUMBERS: Sequence[_Number] = (
    _sum,
    _scaled,
    _product,
    _quotient,
    _extreme,
    _absolute,
    _negated,
    _whole,
    _rounded,
    _ratio,
    _ratio,
    _counted,
    _days,
    _of_day,
    _chosen,
    _if_given,
)
