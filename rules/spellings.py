"""Signs in a formula that look like those of the language, and which ones are meant."""

from __future__ import annotations

import re

_NUMBER = r"(?<![\w.])(\d+(?:\.\d+)?)"
_AFTER = r"(?=\s*(?:$|[-+*/<>=!,)\]]|and\b|or\b|if\b|else\b|in\b|not\b))"
PERCENT = re.compile(f"{_NUMBER}%{_AFTER}")
"""A percentage such as 95%, and not the remainder of a division."""

_SPACED_PERCENT = re.compile(rf"{_NUMBER}\s+%{_AFTER}")
_STRAIGHT = 'a straight quote: "'
_MEANT = {
    "，": '","',
    "（": '"("',
    "）": '")"',
    "＞": '">"',
    "＜": '"<"',
    "＝": '"=="',
    "≥": '">="',
    "≤": '"<="',
    "≠": '"!="',
    "×": '"*"',
    "÷": '"/"',
    "％": '"%"',
    "“": _STRAIGHT,
    "”": _STRAIGHT,
    "&&": '"and"',
    "||": '"or"',
}


def misspelling(text: str) -> tuple[int, str] | None:
    """Return the place and the message of a sign that is not of the language, if there is one."""
    for spelling, meant in _MEANT.items():
        if spelling in text and not _inside_quotes(text, spelling):
            return text.index(spelling), f'found "{spelling}"; write {meant} instead.'
    spaced = _SPACED_PERCENT.search(text)
    if spaced and not _inside_quotes(text, spaced[0]):
        return spaced.start(), f'found "{spaced[0]}"; write {spaced[1]}% without a space.'
    return None


def _inside_quotes(text: str, spelling: str) -> bool:
    unquoted = re.sub(r"\"[^\"]*\"|'[^']*'", "", text)
    return spelling not in unquoted
