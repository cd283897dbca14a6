"""Random formulas over what is declared: numbers with known bounds, and conditions."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor

import ranged
from chances import Chances, as_percentage, written
from declared_facts import Declared
from ranged import Ranged, literal

_DAYS_A_MONTH, _DAYS_A_YEAR = 28, 365


@dataclass
class Formulas:
    """Writes formulas; `totals` are the numbers that exist where levels are decided."""

    chances: Chances
    declared: Declared
    totals: list[Ranged] = field(default_factory=list)

    def number(self, depth: int = 2, spare: int = 1) -> Ranged:
        """Return a number, with room left to multiply it by `spare`."""
        if depth and self.chances.maybe(55):
            made = self.chances.one(_NUMBERS)(self, depth - 1)
            if made and made.fits(spare):
                return made
        return self.known(spare)

    def known(self, spare: int = 1) -> Ranged:
        """Return a fact, a measure or a total; a constant where there is none."""
        pools = [self.totals, self.declared.numbers] if self.totals else [self.declared.numbers]
        pool = [each for each in self.chances.one(pools) if each.fits(spare)]
        return self.chances.one(pool) if pool else self.constant()

    def varying(self, depth: int = 1, spare: int = 1) -> Ranged:
        """Return a number that has two values at least, where there is one."""
        for _ in range(4):
            made = self.number(depth, spare)
            if made.varies:
                return made
        return made

    def constant(self) -> Ranged:
        """Return a number that is written down."""
        value = Fraction(self.chances.whole(0, 40), self.chances.one((1, 1, 2, 10, 100)))
        return literal(value, written(value))

    def positive(self) -> Ranged | None:
        """Return a number above 0, to divide by."""
        pool = [each for each in self.declared.numbers if each.low > 0 and each.fixed]
        return self.chances.one(pool) if pool else None

    def threshold(self, of: Ranged, above_low: bool = False, below_high: bool = False) -> Ranged:
        """Return a constant inside the bounds of a number, as fine as its values mostly."""
        fine = of.fixed and of.den <= 10**6 and _is_decimal(Fraction(1, of.den))
        step = Fraction(1, of.den if fine else 100)
        first = ceil(of.low / step)
        least, most = first + int(above_low), floor(of.high / step) - int(below_high)
        place = self.chances.whole(least, most) if least < most else max(first, most)
        if most - least > 20 and self.chances.maybe(60):
            place = least + (most - least) * self.chances.whole(1, 9) // 10
        value = place * step
        small = of.percent and not of.is_whole and self.chances.maybe(60)
        text = as_percentage(value) if small else written(value)
        return literal(value, text)

    def truth(self, depth: int = 2) -> str:
        """Return a condition."""
        if depth and self.chances.maybe(50):
            return self.chances.one(_JOINS)(self, depth - 1)
        return next(filter(None, (each(self) for each in self.chances.mixed(_TRUTHS))), "true")

    def rare(self) -> str:
        """Return a condition that seldom holds."""
        return f"({self.truth(0)}) and ({self.truth(1)}) and ({self.truth(0)})"

    def usual(self) -> str:
        """Return a condition that mostly holds."""
        return f"({self.truth(0)}) or ({self.truth(1)}) or ({self.truth(0)})"

    def day(self) -> tuple[str, tuple[datetime.date, datetime.date]]:
        """Return a date with its bounds."""
        first, last = self.declared.period
        fixed = datetime.date.fromordinal(
            self.chances.whole(first.toordinal() - 800, last.toordinal() + 30)
        )
        given = [("period_start", (first, first)), ("period_end", (last, last))]
        pool = [*self.declared.dates.items()] * 2 + given
        return self.chances.one([*pool, (f'date("{fixed}")', (fixed, fixed))])


def _is_decimal(value: Fraction) -> bool:
    """Return whether a number can be written with at most twelve decimal places."""
    return 10**12 % value.denominator == 0


_Number = Callable[[Formulas, int], Ranged | None]


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


_NUMBERS: Sequence[_Number] = (
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
    if not ranged.comparable(a, t):
        return ""
    if formulas.chances.maybe(15):
        turned = symbol.replace(">", "?").replace("<", ">").replace("?", "<")
        return f"{t.text} {turned} {a.text}"
    return f"{a.text} {symbol} {t.text}"


def _two_numbers(formulas: Formulas) -> str:
    a, b = formulas.known(), formulas.known()
    apart = a.high <= b.low or b.high <= a.low
    if apart or not ranged.comparable(a, b) or a.text == b.text:
        return ""
    return f"{a.text} {formulas.chances.one(('<', '<=', '==', '!=', '>', '>='))} {b.text}"


def _chained(formulas: Formulas) -> str:
    a = formulas.known(spare=10**4)
    if (a.high - a.low) * a.den < 4 or not a.fixed:
        return ""
    middle = formulas.threshold(a, above_low=True, below_high=True)
    low = (a.low + middle.low) / 2
    low = Fraction(floor(low * a.den), a.den)
    if not a.low < low < middle.low or not _is_decimal(low):
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


_TRUTHS: Sequence[Callable[[Formulas], str]] = (
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


_JOINS: Sequence[Callable[[Formulas, int], str]] = (
    _and,
    _and,
    _not,
    _either,
    _alike,
    _with_literal,
)
