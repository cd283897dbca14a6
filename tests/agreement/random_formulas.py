"""Random formulas over what is declared: numbers with known bounds, and conditions."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor

from chances import Chances, as_percentage, is_decimal, written
from condition_forms import JOINS, TRUTHS
from declared_facts import Declared
from number_forms import NUMBERS
from ranged import Ranged, literal


@dataclass
class Formulas:
    """Writes formulas; `totals` are the numbers that exist where levels are decided."""

    chances: Chances
    declared: Declared
    totals: list[Ranged] = field(default_factory=list)

    def number(self, depth: int = 2, spare: int = 1) -> Ranged:
        """Return a number, with room left to multiply it by `spare`."""
        if depth and self.chances.maybe(55):
            made = self.chances.one(NUMBERS)(self, depth - 1)
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
        fine = of.fixed and of.den <= 10**6 and is_decimal(Fraction(1, of.den))
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
            return self.chances.one(JOINS)(self, depth - 1)
        return next(filter(None, (each(self) for each in self.chances.mixed(TRUTHS))), "true")

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
