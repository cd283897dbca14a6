"""Cells that a file keeps as binary floats become the decimal text that people saw there.

A spreadsheet shows and keeps 15 digits; a longer number has lost digits before it came here.
"""

from __future__ import annotations

import datetime
import decimal

_EXACT_BELOW = 10**15


def float_text(value: float) -> str:
    """Return a float as its 15 digits: 0.1 + 0.2 is `0.3`; longer ones keep their exponent."""
    if value != value or abs(value) >= _EXACT_BELOW:
        return format(value, ".15g")
    text = format(value, ".15g")
    return decimal_text(decimal.Decimal(text)) if "e" in text else text


def decimal_text(value: decimal.Decimal) -> str:
    """Return a decimal without exponent: `1E+2` is `100`."""
    return format(value, "f")


def is_shortened(text: str) -> bool:
    """Return whether a text is a number that lost digits, such as `1.23456789012346e+17`."""
    mantissa, sign, exponent = text.partition("e+")
    return bool(sign) and exponent.isdigit() and mantissa.replace(".", "").isdigit()


def excel_cell(value: object) -> object:
    """Return a cell of a workbook as text, truth, a day, or None where empty."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, float):
        return float_text(value)
    if isinstance(value, datetime.datetime):
        return value.date()
    return value if isinstance(value, datetime.date) else str(value)
