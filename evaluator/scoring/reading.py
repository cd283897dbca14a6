"""One raw value to a whole number: exact, and refused with words where it is not what was asked.

Raw values come from YAML and JSON (text, whole numbers, truth), from workbooks (the text that a
cell shows) and from Parquet. Binary floats are refused: whoever reads a file keeps its text.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache

from rules.lowering.values import bounds_of, scale_of
from rules.numbers import NotANumber, number_text, read_number
from rules.problems import listed, nearest
from rules.syntax import EventField, Fact

Raw = object
Reader = Callable[[Raw], int]

_LONG = 16
"""So many digits are no number that anybody means, and more than are kept exact."""
_REMEMBERED = 1_000
_TRUE = frozenset({"true", "yes", "是", "有", "1"})
_FALSE = frozenset({"false", "no", "否", "无", "0"})


class Unreadable(ValueError):
    """A value is not what its fact asks for; the message says what is allowed, zh then en."""

    def __init__(self, zh: str, en: str):
        super().__init__(en)
        self.zh, self.en = zh, en


def reader_of(fact: Fact | EventField) -> Reader:
    """Return the function that reads values of a fact or of a column."""
    if fact.type == "boolean":
        return _read_truth
    if fact.type == "choice":
        return _choice_reader(fact)
    return _each_once(_date_reader(fact) if fact.type == "date" else _number_reader(fact))


def _each_once(read: Reader) -> Reader:
    """Return a reader that remembers texts: a fact has few values, however many have it."""
    text = lru_cache(_REMEMBERED)(read)
    return lambda raw: text(raw) if type(raw) is str else read(raw)


def _read_truth(raw: Raw) -> int:
    if raw is True or raw is False:
        return int(raw)
    word = str(raw).strip().lower()
    if word in _TRUE:
        return 1
    if word in _FALSE:
        return 0
    raise Unreadable(f"填写的是“{raw}”，应填“是”或“否”", f'found "{raw}"; allowed is true or false')


def _choice_reader(fact: Fact | EventField) -> Reader:
    codes = {word: code for code, word in enumerate(fact.options)}
    labels = {
        label: code
        for code, words in enumerate(fact.options.values())
        for label in (words.zh, words.en)
        if label
    }
    known = {**labels, **codes}
    shown = "、".join(words.zh for words in fact.options.values())
    shown_en = listed([words.en or name for name, words in fact.options.items()])

    def read(raw: Raw) -> int:
        code = known.get(raw) if type(raw) is str else None
        if code is None:
            code = known.get(str(raw).strip())
        if code is None:
            raise Unreadable(
                f"填写的是“{raw}”，只能选：{shown}",
                f'found "{raw}"; allowed are {shown_en}.{nearest(str(raw), known)}',
            )
        return code

    return read


def _date_reader(fact: Fact | EventField) -> Reader:
    low, high = bounds_of(fact)

    def read(raw: Raw) -> int:
        day = read_day(raw)
        if not low <= day <= high:
            first, last = (datetime.date.fromordinal(each) for each in (low, high))
            raise Unreadable(
                f"日期{raw}不在{first}至{last}之间",
                f'found "{raw}"; allowed are dates from {first} to {last}',
            )
        return day

    return read


def _read_day(raw: Raw) -> int:
    if isinstance(raw, datetime.datetime):
        raw = raw.date()
    if isinstance(raw, datetime.date):
        return raw.toordinal()
    try:
        return datetime.date.fromisoformat(str(raw).strip()).toordinal()
    except ValueError:
        raise Unreadable(
            f"填写的是“{raw}”，日期应写成2026-01-31的样子",
            f'found "{raw}"; allowed is a date such as 2026-01-31',
        ) from None


_day_of_text = _each_once(_read_day)


def read_day(raw: Raw) -> int:
    """Return the ordinal of a date written as 2026-01-31; raises Unreadable."""
    return _day_of_text(raw)


def _number_reader(fact: Fact | EventField) -> Reader:
    scale = scale_of(fact)
    low, high = bounds_of(fact)

    def read(raw: Raw) -> int:
        value = raw * scale if type(raw) is int else scaled(raw, scale, fact)
        if not low <= value <= high:
            raise _out_of_range(raw, low, high, scale, fact)
        return value

    return read


def scaled(raw: Raw, scale: int, fact: Fact | EventField) -> int:
    """Return a number times its scale; raises Unreadable where digits would be lost."""
    text = str(raw).strip()
    if isinstance(raw, (bool, float)) or raw is None:
        raise _no_number(raw, fact)
    if fact.type != "ratio" and len(text) < _LONG and text.isascii():
        plain = _plain(text, scale)
        if plain is not None:
            return plain
    try:
        value = read_number(text) * scale
    except NotANumber:
        raise _no_number(raw, fact) from None
    if "%" in text and fact.type != "ratio":
        raise _no_number(raw, fact)
    if value.denominator != 1:
        raise _too_fine(raw, fact, scale)
    return value.numerator


def _plain(text: str, scale: int) -> int | None:
    """Return a number such as 12 or 93.5 times its scale; None where it is not as plain as that.

    Most numbers are, and fractions take ten times as long.
    """
    before, point, after = text.partition(".")
    if not point:
        return int(text) * scale if text.isdigit() else None
    unit: int = 10 ** len(after)
    if not (before.isdigit() and after.isdigit()) or scale % unit:
        return None
    return int(before + after) * (scale // unit)


def _no_number(raw: Raw, fact: Fact | EventField) -> Unreadable:
    if fact.type == "ratio":
        return Unreadable(
            f"填写的是“{raw}”，应填百分比，如95.5%",
            f'found "{raw}"; allowed is a percentage such as 95.5%',
        )
    kind = ("整数", "a whole number") if fact.type == "integer" else ("数字", "a number")
    return Unreadable(f"填写的是“{raw}”，应填{kind[0]}", f'found "{raw}"; allowed is {kind[1]}')


def _too_fine(raw: Raw, fact: Fact | EventField, scale: int) -> Unreadable:
    if fact.type == "integer":
        return _no_number(raw, fact)
    places = len(str(scale)) - 1 - (2 if fact.type == "ratio" else 0)
    return Unreadable(
        f"填写的是“{raw}”，最多保留{places}位小数",
        f'found "{raw}"; allowed are at most {places} decimal places',
    )


def _out_of_range(raw: Raw, low: int, high: int, scale: int, fact: Fact | EventField) -> Unreadable:
    first, last = (number_text(Fraction(each, scale), fact.type == "ratio") for each in (low, high))
    hint_zh = hint_en = ""
    if fact.type == "ratio" and "%" not in str(raw):
        hint_zh, hint_en = f"（如要填百分之{raw}，请写{raw}%）", f" (write {raw}% for a percentage)"
    return Unreadable(
        f"填写的是“{raw}”，应在{first}至{last}之间{hint_zh}",
        f'found "{raw}"; allowed is {first} to {last}{hint_en}',
    )
