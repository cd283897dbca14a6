"""Exact numbers from text and back: points, scaled integers, fractions; no float anywhere."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from rules.syntax.base import POINT, Points

_NUMBER = re.compile(r"([+-]?)([0-9]{1,15})(?:\.([0-9]{1,15}))?(%?)")
_POINTS_PLACES = 4


class NotANumber(ValueError):
    """The text is no number, or has more decimal places than can be kept."""


def read_number(text: str) -> Fraction:
    """Return the exact value of `12`, `-0.5` or `95%`; raises NotANumber."""
    match = _NUMBER.fullmatch(text.strip())
    if not match:
        raise NotANumber(text)
    sign, whole, decimals, percent = match.groups()
    value = Fraction(int(whole + (decimals or "")), 10 ** len(decimals or ""))
    if percent:
        value /= 100
    return -value if sign == "-" else value


def read_points(text: str) -> Points:
    """Return points in 1/10,000; raises NotANumber beyond four decimal places."""
    value = read_number(text) * POINT
    if value.denominator != 1 or "%" in text:
        raise NotANumber(text)
    return Points(value.numerator)


def half_up(numerator: int, denominator: int) -> int:
    """Return the quotient rounded half up, towards plus infinity at one half; denominator > 0.

    Half up on the number line: 0.5 becomes 1 and -0.5 becomes 0.
    """
    return (2 * numerator + denominator) // (2 * denominator)


@lru_cache(maxsize=8192)
def points_text(points: int) -> str:
    """Return points as the shortest exact decimal: 25000 is `2.5`; the same few are said often."""
    sign = "-" if points < 0 else ""
    whole, rest = divmod(abs(points), POINT)
    decimals = f"{rest:0{_POINTS_PLACES}d}".rstrip("0")
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"


@lru_cache(maxsize=8192)
def decimal_text(points: int, places: int = 2) -> str:
    """Return points for display with exactly so many places, rounded half up: `91.50`."""
    scaled = half_up(points, 10 ** (_POINTS_PLACES - places))
    sign = "-" if scaled < 0 else ""
    whole, rest = divmod(abs(scaled), 10**places)
    return f"{sign}{whole}.{rest:0{places}d}" if places else f"{sign}{whole}"


def fraction_text(value: Fraction, places: int = 2) -> str:
    """Return a fraction as a decimal of at most so many places, trailing zeros dropped."""
    scaled = half_up(value.numerator * 10**places, value.denominator)
    sign = "-" if scaled < 0 else ""
    whole, rest = divmod(abs(scaled), 10**places)
    decimals = f"{rest:0{places}d}".rstrip("0") if places else ""
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"


def number_text(value: Fraction, percent: bool, places: int = 4) -> str:
    """Return a number as people read it: 12, 0.5, 95.5%."""
    return f"{fraction_text(value * 100, places)}%" if percent else fraction_text(value, places)
