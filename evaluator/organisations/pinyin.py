"""The stored sort key of a name: its syllables in pinyin, the same order on every database."""

from __future__ import annotations

from functools import lru_cache

from pypinyin import lazy_pinyin

KEPT = 4_096


@lru_cache(KEPT)
def sort_key_of(name: str) -> str:
    """Return a name as its syllables: 东一社区 is `dong yi she qu`.

    A character of several readings may come out wrong; the key of an organisation can be edited.
    """
    syllables = (each.strip().lower() for each in lazy_pinyin(name))
    return " ".join(each for each in syllables if each)


def initials_pattern(text: str) -> str:
    """Return a pattern of SQL for keys whose syllables begin with these letters, in this order.

    Empty where the text cannot be a row of initials.
    """
    letters = text.strip().lower()
    if not (letters.isascii() and letters.isalpha() and 2 <= len(letters) <= 12):
        return ""
    return "% " + "% ".join(letters) + "%"
