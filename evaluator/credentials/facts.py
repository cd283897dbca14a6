"""The facts that a certificate states, and the exact words in which it prints them."""

from __future__ import annotations

import datetime
import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class PrintedFacts:
    """What one certificate says; `level` and `category` are keys, their words are printed."""

    serial: str
    organisation: str
    level: str
    level_words: str
    category: str
    category_words: str
    year: int
    issuer: str
    awarded_on: datetime.date
    valid_until: datetime.date | None = None


def lines(facts: PrintedFacts) -> tuple[str, ...]:
    """Return the lines that are printed, exactly: one changed character changes their digest."""
    return tuple(words for _, words in named_lines(facts))


def named_lines(facts: PrintedFacts) -> tuple[tuple[str, str], ...]:
    """Return each printed line with the name of the fact that it states."""
    stated = [
        ("organisation", facts.organisation),
        ("rating", f"{facts.year}年度基层党组织星级评定（{facts.category_words}类）"),
        ("level", facts.level_words),
        ("issuer", facts.issuer),
        ("awarded_on", formal_date(facts.awarded_on)),
        ("serial", facts.serial),
    ]
    if facts.valid_until is not None:
        stated.append(("valid_until", plain_date(facts.valid_until)))
    return tuple((name, unicodedata.normalize("NFC", words)) for name, words in stated)


def text_digest(printed: Iterable[str]) -> bytes:
    """Return the SHA-256 over the lines, each ended by a line feed."""
    return hashlib.sha256("".join(f"{line}\n" for line in printed).encode()).digest()


def formal_date(day: datetime.date) -> str:
    """Write a date as certificates do: 二〇二六年十二月三十一日."""
    year = "".join(_DIGITS[int(digit)] for digit in f"{day.year:04d}")
    return f"{year}年{_numeral(day.month)}月{_numeral(day.day)}日"


def plain_date(day: datetime.date) -> str:
    """Write a date in digits: 2028年12月31日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "")
    return head + (_DIGITS[ones] if ones else "")
