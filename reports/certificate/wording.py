"""Dates as they stand on the paper."""

from __future__ import annotations

import datetime

_DIGITS = "〇一二三四五六七八九"


def numeral(number: int) -> str:
    """Write a number from 1 to 99 as in a formal date."""
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones else "")


def formal_date(day: datetime.date) -> str:
    """Write a date in Chinese numerals: 二〇二六年十二月三十一日."""
    year = "".join(_DIGITS[int(digit)] for digit in f"{day.year:04d}")
    return f"{year}年{numeral(day.month)}月{numeral(day.day)}日"


def plain_date(day: datetime.date) -> str:
    """Write a date in digits: 2026年12月31日."""
    return f"{day.year}年{day.month}月{day.day}日"
