"""Numbers of a formula with what they can be, so that rule sets are seldom refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor, lcm

MOST = 2**56
"""No numerator or denominator is let grow beyond this; the language refuses 2**62."""


@dataclass(frozen=True)
class Ranged:
    """A number as text, with its bounds, and the largest denominator that it is kept with.

    Where the denominator is not the same for every organisation, `top` bounds the numerator.
    """

    text: str
    low: Fraction
    high: Fraction
    den: int = 1
    fixed: bool = True
    percent: bool = False
    top_known: int = 0

    @property
    def top(self) -> int:
        """Return the largest numerator."""
        return max(self.top_known, ceil(max(abs(self.low), abs(self.high)) * self.den), 1)

    @property
    def is_whole(self) -> bool:
        """Return whether it is a whole number for every organisation."""
        return self.fixed and self.den == 1

    @property
    def varies(self) -> bool:
        """Return whether there are two values at least."""
        return self.low < self.high

    def named(self, text: str) -> Ranged:
        """Return the same number under another text."""
        return replace(self, text=text)

    def fits(self, spare: int = 1) -> bool:
        """Return whether there is room left to multiply by a number."""
        return self.top * spare <= MOST and self.den * spare <= MOST


def literal(value: Fraction | int, text: str) -> Ranged:
    """Return a number that is always the same."""
    fraction = Fraction(value)
    return Ranged(text, fraction, fraction, fraction.denominator)


def _joined(a: Ranged, b: Ranged) -> tuple[int, int, bool]:
    """Return the denominator that two numbers come to share, the top of both, and whether fixed."""
    if a.fixed and b.fixed:
        den = lcm(a.den, b.den)
        return den, max(a.top * (den // a.den), b.top * (den // b.den)), True
    return a.den * b.den, max(a.top * b.den, b.top * a.den), False


def comparable(a: Ranged, b: Ranged) -> bool:
    """Return whether two numbers can be compared without growing too large."""
    den, top, _ = _joined(a, b)
    return max(den, top) <= MOST


def added(a: Ranged, b: Ranged, text: str, subtract: bool = False) -> Ranged:
    """Return a + b, or a − b."""
    den, top, fixed = _joined(a, b)
    bounds = (a.low - b.high, a.high - b.low) if subtract else (a.low + b.low, a.high + b.high)
    return Ranged(text, *bounds, den, fixed, a.percent and b.percent, 0 if fixed else 2 * top)


def multiplied(a: Ranged, b: Ranged, text: str) -> Ranged:
    """Return a × b."""
    corners = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
    fixed = a.fixed and b.fixed
    return Ranged(text, min(corners), max(corners), a.den * b.den, fixed, False, a.top * b.top)


def divided(a: Ranged, b: Ranged, text: str) -> Ranged:
    """Return a / b, where b is above 0."""
    corners = [x / y for x in (a.low, a.high) for y in (b.low, b.high)]
    fixed = a.fixed and not b.varies
    return Ranged(text, min(corners), max(corners), a.den * b.top, fixed, False, a.top * b.den)


def extreme(a: Ranged, b: Ranged, text: str, lowest: bool) -> Ranged:
    """Return the lower or higher of two numbers."""
    den, top, fixed = _joined(a, b)
    choose = min if lowest else max
    low, high = choose(a.low, b.low), choose(a.high, b.high)
    return Ranged(text, low, high, den, fixed, a.percent and b.percent, 0 if fixed else top)


def either(a: Ranged, b: Ranged, text: str) -> Ranged:
    """Return one or the other."""
    den, top, fixed = _joined(a, b)
    if not fixed:
        den, top = max(a.den, b.den), max(a.top, b.top)
    bounds = min(a.low, b.low), max(a.high, b.high)
    return Ranged(text, *bounds, den, fixed, a.percent and b.percent, 0 if fixed else top)


def whole(a: Ranged, text: str, up: bool) -> Ranged:
    """Return a number rounded to a whole one."""
    rounding = ceil if up else floor
    return Ranged(text, Fraction(rounding(a.low)), Fraction(rounding(a.high)))


def rounded(a: Ranged, places: int, text: str) -> Ranged:
    """Return a number rounded to some places."""
    unit = Fraction(1, 10**places)
    low, high = floor(a.low / unit) * unit, ceil(a.high / unit) * unit
    return Ranged(text, low, high, 10**places)
