"""Exact quotients of integer expressions: what formulas compute with before the one rounding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from rules import integers
from rules.integers import Int, const

Bounds = tuple[Fraction, Fraction]


@dataclass(frozen=True, eq=False, slots=True)
class Quotient:
    """A numerator over a denominator that is known to be positive.

    Numerator and denominator have ranges of their own; where the denominator varies, `known` holds
    closer bounds of the value itself, such as 0 and 1 of a share that was clamped.
    """

    num: Int
    den: Int
    known: Bounds | None = None

    @property
    def is_whole(self) -> bool:
        """Whether the value is always a whole number."""
        return self.den.is_const and self.den.low == 1

    @property
    def bounds(self) -> Bounds:
        """Lowest and highest value that it can take."""
        num, den = self.num, self.den
        low = min(Fraction(num.low, den.low), Fraction(num.low, den.high))
        high = max(Fraction(num.high, den.low), Fraction(num.high, den.high))
        if self.known:
            return max(low, self.known[0]), min(high, self.known[1])
        return low, high

    @property
    def low(self) -> Fraction:
        """Lowest value it can take."""
        return self.bounds[0]

    @property
    def high(self) -> Fraction:
        """Highest value it can take."""
        return self.bounds[1]


def _bounded(num: Int, den: Int, known: Callable[[], Bounds]) -> Quotient:
    """Return a quotient; bounds are only worked out where the denominator varies."""
    return Quotient(num, den) if den.is_const else Quotient(num, den, known())


def whole(value: Int) -> Quotient:
    """Return a whole number as a quotient."""
    return Quotient(value, const(1))


def constant(value: Fraction | int) -> Quotient:
    """Return a constant."""
    fraction = Fraction(value)
    return Quotient(const(fraction.numerator), const(fraction.denominator))


def _aligned(a: Quotient, b: Quotient) -> tuple[Int, Int, Int]:
    """Return both numerators over one denominator, the least one where it is known."""
    if a.den is b.den:
        return a.num, b.num, a.den
    if a.den.is_const and b.den.is_const:
        shared = a.den.low * b.den.low // gcd(a.den.low, b.den.low)
        left = integers.mul(a.num, const(shared // a.den.low))
        return left, integers.mul(b.num, const(shared // b.den.low)), const(shared)
    shared = gcd(a.den.divisor, b.den.divisor)
    left_den, right_den = shortened(a.den, shared), shortened(b.den, shared)
    return (
        integers.mul(a.num, right_den),
        integers.mul(b.num, left_den),
        integers.mul(a.den, right_den),
    )


def shortened(node: Int, by: int) -> Int:
    """Return a value divided by a number that surely divides it.

    Denominators such as `count * 1000` share their fixed factors, so that the mean of several
    means stays within 63 bits.
    """
    if by == 1:
        return node
    if node.op != "mul":
        return integers.floordiv(node, const(by))
    left, right = node.args
    shared = gcd(left.divisor, by)
    return integers.mul(shortened(left, shared), shortened(right, by // shared))


def add(a: Quotient, b: Quotient) -> Quotient:
    """Return a + b."""
    left, right, den = _aligned(a, b)
    return _bounded(integers.add(left, right), den, lambda: (a.low + b.low, a.high + b.high))


def sub(a: Quotient, b: Quotient) -> Quotient:
    """Return a − b."""
    left, right, den = _aligned(a, b)
    return _bounded(integers.sub(left, right), den, lambda: (a.low - b.high, a.high - b.low))


def mul(a: Quotient, b: Quotient) -> Quotient:
    """Return a × b, reduced by the factors that are known."""
    over, under = gcd(_factor(a.num), b.den.divisor), gcd(_factor(b.num), a.den.divisor)
    num = integers.mul(shortened(a.num, over), shortened(b.num, under))
    den = integers.mul(shortened(a.den, under), shortened(b.den, over))
    return _bounded(num, den, lambda: _product(a.bounds, b.bounds))


def _factor(node: Int) -> int:
    """Return a fixed factor that can be left out without dividing for each organisation."""
    if node.op == "mul":
        return _factor(node.args[0]) * _factor(node.args[1])
    return node.divisor if node.op == "const" else 1


def _product(a: Bounds, b: Bounds) -> Bounds:
    corners = [x * y for x in a for y in b]
    return min(corners), max(corners)


def div(a: Quotient, b: Quotient) -> Quotient:
    """Return a / b; raises ZeroDivisionError unless b is known to be positive, or constant."""
    if b.num.is_const and b.num.low < 0:
        return div(sub(constant(0), a), sub(constant(0), b))
    if b.num.low < 1:
        raise ZeroDivisionError
    if b.den.is_const and b.num.is_const:
        return mul(a, Quotient(b.den, b.num))
    return mul(a, Quotient(b.den, b.num, (1 / b.high, 1 / b.low)))


def where(condition: Int, a: Quotient, b: Quotient) -> Quotient:
    """Return a where the condition holds, else b."""
    if condition.is_const:
        return a if condition.low else b
    if a.den.is_const and b.den.is_const:
        left, right, den = _aligned(a, b)
        return Quotient(integers.where(condition, left, right), den)
    num = integers.where(condition, a.num, b.num)
    den = integers.where(condition, a.den, b.den)
    return _bounded(num, den, lambda: (min(a.low, b.low), max(a.high, b.high)))


def less(a: Quotient, b: Quotient) -> Int:
    """Return 1 where a < b, by cross-multiplication."""
    left, right, _ = _aligned(a, b)
    return integers.less(left, right)


def at_most(a: Quotient, b: Quotient) -> Int:
    """Return 1 where a ≤ b, by cross-multiplication."""
    left, right, _ = _aligned(a, b)
    return integers.at_most(left, right)


def equal(a: Quotient, b: Quotient) -> Int:
    """Return 1 where a = b, by cross-multiplication."""
    left, right, _ = _aligned(a, b)
    return integers.equal(left, right)


def minimum(a: Quotient, b: Quotient) -> Quotient:
    """Return the lower of two values."""
    left, right, den = _aligned(a, b)
    num = integers.minimum(left, right)
    return _bounded(num, den, lambda: (min(a.low, b.low), min(a.high, b.high)))


def maximum(a: Quotient, b: Quotient) -> Quotient:
    """Return the higher of two values."""
    left, right, den = _aligned(a, b)
    num = integers.maximum(left, right)
    return _bounded(num, den, lambda: (max(a.low, b.low), max(a.high, b.high)))


def floor(a: Quotient) -> Int:
    """Return a rounded down."""
    return integers.floordiv(a.num, a.den)


def ceil(a: Quotient) -> Int:
    """Return a rounded up."""
    return integers.sub(const(0), integers.floordiv(integers.sub(const(0), a.num), a.den))


def half_up(a: Quotient) -> Int:
    """Return a rounded half up: `(2*num + den) // (2*den)`."""
    if a.is_whole:
        return a.num
    doubled = integers.add(integers.mul(const(2), a.num), a.den)
    return integers.floordiv(doubled, integers.mul(const(2), a.den))


def rounded(a: Quotient, unit: int) -> Int:
    """Return a rounded half up to a multiple of `unit`."""
    if a.is_whole and a.num.divisor % unit == 0:
        return a.num
    steps = half_up(mul(a, constant(Fraction(1, unit))))
    return integers.mul(steps, const(unit))
