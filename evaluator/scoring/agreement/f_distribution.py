"""Quantiles of the F distribution in decimals, for the intervals of figures.

The share of F(d1, d2) below f is the regularised incomplete beta function of a = d1 / 2 and
b = d2 / 2 at x = d1 f / (d1 f + d2), worked out by its continued fraction (Abramowitz & Stegun
1964, 26.5.8) with the method of Lentz (Press et al., Numerical Recipes, section 6.4). Degrees of
freedom need not be whole. Tests compare with SciPy, which itself is far too large to be brought
along for this.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from itertools import count

_DIGITS = 34
_EXACT = Decimal("1e-20")
_TINY = Decimal("1e-300")
_HALF = Decimal("0.5")
_STEPS = 70
_PLACES = 10**12


@lru_cache(maxsize=1024)
def f_quantile(share: Fraction, d1: Fraction, d2: Fraction) -> Fraction:
    """Return the value below which a share of F(d1, d2) lies; both degrees are positive.

    It is rounded down to twelve decimal places.
    """
    with localcontext(prec=_DIGITS):
        below = _beta_share(_HALF * _decimal(d1), _HALF * _decimal(d2))
        wanted, low, high = _decimal(share), Decimal(0), Decimal(1)
        for _ in range(_STEPS):
            middle = _HALF * (low + high)
            low, high = (middle, high) if below(middle) < wanted else (low, middle)
        found = _decimal(d2) * low / (_decimal(d1) * (1 - low))
        return Fraction(int(found * _PLACES), _PLACES)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / value.denominator


def _beta_share(a: Decimal, b: Decimal) -> Callable[[Decimal], Decimal]:
    """Return the regularised incomplete beta function of a and b.

    The two parts below and above a point make up the whole, so that the parts at the mean say
    what the gamma functions would.
    """
    mean = a / (a + b)
    whole = _continued(a, b, mean) / a + _continued(b, a, 1 - mean) / b

    def below(x: Decimal) -> Decimal:
        height = (x / mean) ** a * ((1 - x) / (1 - mean)) ** b
        if x < mean:
            return height * _continued(a, b, x) / (a * whole)
        return 1 - height * _continued(b, a, 1 - x) / (b * whole)

    return below


def _continued(a: Decimal, b: Decimal, x: Decimal) -> Decimal:
    """Return the continued fraction of the incomplete beta function."""
    upper, lower = Decimal(1), 1 / _not_nothing(1 - (a + b) * x / (a + 1))
    found = lower
    for m in count(1):
        change = Decimal(1)
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            lower = 1 / _not_nothing(1 + term * lower)
            upper = _not_nothing(1 + term / upper)
            change = upper * lower
            found *= change
        if abs(change - 1) < _EXACT:
            break
    return found


def _not_nothing(value: Decimal) -> Decimal:
    return value or _TINY
