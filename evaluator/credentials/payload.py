"""The bytes of a token that are signed, version 1.

A byte of the version and of what follows; the key's id; the serial; the days, counted from 2000;
level and category by a table, or in words; the organisation's name and the issuer.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from evaluator.credentials.facts import PrintedFacts
from evaluator.credentials.keys import ID_LENGTH
from evaluator.credentials.packing import Malformed, Unpacking, packed_text
from evaluator.credentials.serials import CROCKFORD, Serial, parse
from evaluator.credentials.usual_words import CATEGORIES, LEVELS

VERSION = 1
HAS_END, OTHER_YEAR, OTHER_DAY, ISSUER_BY_KEY = 1, 2, 4, 8
_FIRST_DAY = datetime.date(2000, 1, 1)
_LETTERS, _DIGITS = "GSCNX", "0123456789M"
_SERIAL_LENGTH = 7


@dataclass(frozen=True, slots=True)
class Payload:
    """What is signed; the issuer is empty where the key tells it."""

    facts: PrintedFacts
    key_id: bytes
    signed_on: datetime.date
    issuer_by_key: bool


def packed(payload: Payload) -> bytes:
    """Return the bytes; raises ValueError for facts that do not fit."""
    facts = payload.facts
    serial = parse(facts.serial)
    if str(serial) != facts.serial:
        raise ValueError(f"{facts.serial} is not written as serials are printed")
    flags = (
        HAS_END * (facts.valid_until is not None)
        + OTHER_YEAR * (facts.year != serial.year)
        + OTHER_DAY * (payload.signed_on != facts.awarded_on)
        + ISSUER_BY_KEY * payload.issuer_by_key
    )
    parts = [bytes([VERSION << 4 | flags]), payload.key_id, _serial_bytes(serial)]
    if flags & OTHER_YEAR:
        parts.append(facts.year.to_bytes(2, "big"))
    parts.append(_day_bytes(facts.awarded_on))
    if facts.valid_until is not None:
        parts.append(_day_bytes(facts.valid_until))
    if flags & OTHER_DAY:
        parts.append(_day_bytes(payload.signed_on))
    parts.append(_pair_bytes(LEVELS, facts.level, facts.level_words))
    parts.append(_pair_bytes(CATEGORIES, facts.category, facts.category_words))
    parts.append(_text_bytes(facts.organisation))
    if not payload.issuer_by_key:
        parts.append(_text_bytes(facts.issuer))
    return b"".join(parts)


def unpacked(data: bytes) -> Payload:
    """Return what the bytes say; raises Malformed for any that `packed` does not write."""
    try:
        payload = _unpacked(Unpacking(data))
        same = packed(payload) == data
    except (ValueError, OverflowError) as error:
        raise Malformed(str(error)) from error
    if not same:
        raise Malformed("the payload is not packed as it would be")
    return payload


def _unpacked(source: Unpacking) -> Payload:
    first = source.number(1)
    if first >> 4 != VERSION:
        raise Malformed(f"tokens of version {first >> 4} are not known")
    key_id = source.take(ID_LENGTH)
    serial = _serial(source)
    year = source.number(2) if first & OTHER_YEAR else serial.year
    awarded_on = _day(source)
    valid_until = _day(source) if first & HAS_END else None
    signed_on = _day(source) if first & OTHER_DAY else awarded_on
    level, level_words = _pair(LEVELS, source)
    category, category_words = _pair(CATEGORIES, source)
    facts = PrintedFacts(
        serial=str(serial),
        organisation=source.text(),
        level=level,
        level_words=level_words,
        category=category,
        category_words=category_words,
        year=year,
        issuer="" if first & ISSUER_BY_KEY else source.text(),
        awarded_on=awarded_on,
        valid_until=valid_until,
    )
    return Payload(facts, key_id, signed_on, bool(first & ISSUER_BY_KEY))


def _serial_bytes(serial: Serial) -> bytes:
    """Pack the parts as the digits of one number; the check character is worked out again."""
    number = serial.year - 2000
    number = number * len(_LETTERS) + _LETTERS.index(serial.category)
    number = number * len(_DIGITS) + _DIGITS.index(serial.level)
    number = number * 100_000 + serial.number
    for character in serial.tag:
        number = number * 32 + CROCKFORD.index(character)
    return number.to_bytes(_SERIAL_LENGTH, "big")


def _serial(source: Unpacking) -> Serial:
    number = source.number(_SERIAL_LENGTH)
    number, tag = divmod(number, 1 << 20)
    number, running = divmod(number, 100_000)
    number, level = divmod(number, len(_DIGITS))
    number, letter = divmod(number, len(_LETTERS))
    characters = "".join(CROCKFORD[tag >> 5 * place & 31] for place in (3, 2, 1, 0))
    return Serial(number + 2000, _LETTERS[letter], _DIGITS[level], running, characters)


def _day_bytes(day: datetime.date) -> bytes:
    days = (day - _FIRST_DAY).days
    if not 0 <= days < 1 << 16:
        raise ValueError(f"{day} is no day that a token can say")
    return days.to_bytes(2, "big")


def _day(source: Unpacking) -> datetime.date:
    return _FIRST_DAY + datetime.timedelta(days=source.number(2))


def _pair_bytes(table: Sequence[tuple[str, str]], key: str, words: str) -> bytes:
    """Pack a key with its words: by its place in the table, counted from 1, or 0 and both."""
    if (key, words) in table:
        return bytes([table.index((key, words)) + 1])
    return b"\0" + _text_bytes(key) + _text_bytes(words)


def _pair(table: Sequence[tuple[str, str]], source: Unpacking) -> tuple[str, str]:
    place = source.number(1)
    if place == 0:
        return source.text(), source.text()
    if place > len(table):
        raise Malformed(f"the table has no entry {place}")
    return table[place - 1]


def _text_bytes(text: str) -> bytes:
    if unicodedata.normalize("NFC", text) != text:
        raise ValueError(f"{text!r} is not in the composed form (NFC) in which it is printed")
    return packed_text(text)
