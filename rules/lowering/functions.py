"""The functions that a formula may call."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from rules import integers, quotients
from rules.formula import Expression
from rules.integers import Int, const
from rules.lowering.expressions import Scope, day_of, lower
from rules.lowering.refusals import refuse
from rules.lowering.values import Day, Number, Truth, Value, kind_of
from rules.quotients import Quotient, whole

MOST_ROUNDED_PLACES = 6


def call(expression: Expression, scope: Scope) -> Value:
    """Return the value of a function call; raises RuleErrors for a wrong number of arguments."""
    fewest, most, function = _FUNCTIONS[str(expression.value)]
    if not fewest <= len(expression.args) <= most:
        count = f"{fewest}" if fewest == most else f"{fewest} to {most}"
        raise refuse(
            expression, f"{expression.value}() takes {count} values; found {len(expression.args)}."
        )
    return function(expression, scope)


def _numbers(expression: Expression, scope: Scope) -> list[Quotient]:
    found = []
    for each in expression.args:
        value = lower(each, scope)
        if not isinstance(value, Number):
            raise refuse(each, f"{expression.value}() works on numbers; found {kind_of(value)}.")
        found.append(value.quotient)
    return found


def _lowest(expression: Expression, scope: Scope) -> Value:
    return Number(reduce(quotients.minimum, _numbers(expression, scope)))


def _highest(expression: Expression, scope: Scope) -> Value:
    return Number(reduce(quotients.maximum, _numbers(expression, scope)))


def _abs(expression: Expression, scope: Scope) -> Value:
    (inner,) = _numbers(expression, scope)
    size = quotients.maximum(inner, quotients.sub(quotients.constant(0), inner))
    return Number(quotients.maximum(size, quotients.constant(0)))  # its range begins at 0


def _floor(expression: Expression, scope: Scope) -> Value:
    (inner,) = _numbers(expression, scope)
    return Number(whole(quotients.floor(inner)))


def _ceil(expression: Expression, scope: Scope) -> Value:
    (inner,) = _numbers(expression, scope)
    return Number(whole(quotients.ceil(inner)))


def _round(expression: Expression, scope: Scope) -> Value:
    inner, places = _numbers(expression, scope)
    if not places.num.is_const or not places.is_whole or not 0 <= places.num.low <= 6:
        raise refuse(
            expression.args[1],
            f"round() needs its places as a number from 0 to {MOST_ROUNDED_PLACES}.",
        )
    scale = 10**places.num.low
    scaled = quotients.half_up(quotients.mul(inner, quotients.constant(scale)))
    return Number(Quotient(scaled, const(scale)))


def _ratio(expression: Expression, scope: Scope) -> Value:
    a, b, otherwise = _numbers(expression, scope)
    if b.num.low < 0:
        raise refuse(
            expression.args[1],
            "this may be negative, and nothing can be divided by it; give the fact a `min` of 0.",
            "division",
        )
    none = integers.equal(b.num, const(0))
    divisor = Quotient(integers.maximum(b.num, const(1)), b.den)
    return Number(quotients.where(none, otherwise, quotients.div(a, divisor)))


def _count_true(expression: Expression, scope: Scope) -> Value:
    total: Int = const(0)
    for each in expression.args:
        value = lower(each, scope)
        if not isinstance(value, Truth):
            raise refuse(each, f"count_true() counts conditions; found {kind_of(value)}.")
        total = integers.add(total, value.bit)
    return Number(whole(total))


def _given(expression: Expression, scope: Scope) -> Value:
    if expression.args[0].kind != "name":
        raise refuse(expression, "given() takes the name of one fact.")
    return Truth(scope.is_given(expression.args[0]))


def _date(expression: Expression, scope: Scope) -> Value:
    (text,) = expression.args
    if text.kind != "text":
        raise refuse(expression, 'date() takes a date in quotes: date("2026-01-31").')
    return Day(const(day_of(text).toordinal()))


def _days(expression: Expression, scope: Scope) -> tuple[Int, Int]:
    first, second = (lower(each, scope) for each in expression.args)
    if not isinstance(first, Day) or not isinstance(second, Day):
        raise refuse(expression, f"{expression.value}() takes two dates.")
    return first.ordinal, second.ordinal


def _days_between(expression: Expression, scope: Scope) -> Value:
    first, second = _days(expression, scope)
    return Number(whole(integers.sub(second, first)))


def _months_between(expression: Expression, scope: Scope) -> Value:
    first, second = _days(expression, scope)
    return Number(whole(_full_months(second, first)))


def _years_between(expression: Expression, scope: Scope) -> Value:
    first, second = _days(expression, scope)
    return Number(whole(integers.floordiv(_full_months(second, first), const(12))))


def _full_months(later: Int, earlier: Int) -> Int:
    """Return full calendar months: the month counts as full on the same day of the month."""
    (late_month, late_day), (early_month, early_day) = _calendar(later), _calendar(earlier)
    months = integers.sub(late_month, early_month)
    return integers.sub(months, integers.less(late_day, early_day))


def _month_of(expression: Expression, scope: Scope) -> Value:
    month, _ = _calendar(_one_day(expression, scope))
    of_year = integers.sub(month, integers.mul(integers.floordiv(month, const(12)), const(12)))
    in_march_year = integers.less(of_year, const(10))
    return Number(
        whole(
            integers.clamp(
                integers.where(
                    in_march_year, integers.add(of_year, const(3)), integers.sub(of_year, const(9))
                ),
                1,
                12,
            )
        )
    )


def _day_of(expression: Expression, scope: Scope) -> Value:
    _, day = _calendar(_one_day(expression, scope))
    return Number(whole(integers.clamp(integers.add(day, const(1)), 1, 31)))


def _one_day(expression: Expression, scope: Scope) -> Int:
    value = lower(expression.args[0], scope)
    if not isinstance(value, Day):
        raise refuse(expression, f"{expression.value}() takes a date; found {kind_of(value)}.")
    return value.ordinal


def _calendar(ordinal: Int) -> tuple[Int, Int]:
    """Return months since year 0 and the day of the month of a proleptic ordinal.

    Counts from 1 March of year 0, so that the leap day ends a year; see Hinnant,
    "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
    """
    days = integers.add(ordinal, const(305))
    era = integers.floordiv(days, const(146_097))
    of_era = integers.sub(days, integers.mul(era, const(146_097)))
    leaps = integers.sub(
        integers.add(
            integers.sub(of_era, integers.floordiv(of_era, const(1_460))),
            integers.floordiv(of_era, const(36_524)),
        ),
        integers.floordiv(of_era, const(146_096)),
    )
    year_of_era = integers.floordiv(leaps, const(365))
    until_year = integers.sub(
        integers.add(
            integers.mul(year_of_era, const(365)), integers.floordiv(year_of_era, const(4))
        ),
        integers.floordiv(year_of_era, const(100)),
    )
    of_year = integers.sub(of_era, until_year)
    month = integers.floordiv(integers.add(integers.mul(of_year, const(5)), const(2)), const(153))
    before = integers.floordiv(integers.add(integers.mul(month, const(153)), const(2)), const(5))
    years = integers.add(integers.mul(era, const(400)), year_of_era)
    return (integers.add(integers.mul(years, const(12)), month), integers.sub(of_year, before))


_Function = Callable[[Expression, Scope], Value]
_FUNCTIONS: dict[str, tuple[int, int, _Function]] = {
    "min": (2, 20, _lowest),
    "max": (2, 20, _highest),
    "abs": (1, 1, _abs),
    "floor": (1, 1, _floor),
    "ceil": (1, 1, _ceil),
    "round": (2, 2, _round),
    "ratio": (3, 3, _ratio),
    "count_true": (1, 40, _count_true),
    "given": (1, 1, _given),
    "days_between": (2, 2, _days_between),
    "months_between": (2, 2, _months_between),
    "years_between": (2, 2, _years_between),
    "month_of": (1, 1, _month_of),
    "day_of": (1, 1, _day_of),
    "date": (1, 1, _date),
}
