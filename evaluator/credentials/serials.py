"""Serial numbers of certificates: `2026-C5-00123-K7QXM`.

Year, category and level, the number in their series; then four characters that only the registry
can work out, so that nobody guesses the serial of another, and a check character. All letters are
of Crockford's alphabet, in which none looks like a digit.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass

from evaluator.credentials.check_character import check_character

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CATEGORY_LETTERS = {"government": "G", "soe": "S", "community": "C", "non_public": "N"}
LEVEL_LETTERS = {
    "one_star": "1",
    "two_star": "2",
    "three_star": "3",
    "four_star": "4",
    "five_star": "5",
    "model": "M",
}
OTHER_CATEGORY, OTHER_LEVEL = "X", "0"
LAST_NUMBER = 99_999
TAG_LENGTH = 4
_PLACES = (4, 2, 5, 5)  # characters between the hyphens
_LENGTH = sum(_PLACES)
_SHAPE = re.compile(
    rf"([0-9]{{4}})([GSCNX])([0-9M])([0-9]{{5}})([{CROCKFORD}]{{4}})([{CROCKFORD}])"
)
_READ_AS = str.maketrans("OIL", "011")
_DASHES = re.compile(r"[\s\-\u2010-\u2015\u2212\u30fc_.·]+")


@dataclass(frozen=True, slots=True)
class Serial:
    """A serial number in its parts."""

    year: int
    category: str
    level: str
    number: int
    tag: str

    @property
    def body(self) -> str:
        """Return what the registry gave out, without what proves it."""
        return f"{self.year:04d}{self.category}{self.level}{self.number:05d}"

    def __str__(self) -> str:
        plain = self.body + self.tag
        return _with_hyphens(plain + check_character(plain))


def parse(text: str) -> Serial:
    """Return the parts of a serial; raises ValueError for what is none."""
    plain = normal(text).replace("-", "")
    found = _SHAPE.fullmatch(plain)
    if found is None or check_character(plain[:-1]) != plain[-1]:
        raise ValueError(f"{text!r} is no serial number of a certificate")
    return Serial(int(found[1]), found[2], found[3], int(found[4]), found[5])


def make_serial(secret: bytes, year: int, category: str, level: str, number: int) -> str:
    """Return the serial of one certificate; category and level by their keys or their letters."""
    if not 1 <= number <= LAST_NUMBER:
        raise ValueError(f"a running number is 1 to {LAST_NUMBER}, not {number}")
    if not 2000 <= year <= 2255:
        raise ValueError(f"a serial's year is 2000 to 2255, not {year}")
    body = f"{year:04d}{category_letter(category)}{level_letter(level)}{number:05d}"
    tries = 0
    while True:
        plain = body + _tag(secret, body, tries)
        check = check_character(plain)
        # Of the 37 check characters, "*" and the letters that look like digits are passed over.
        if check in CROCKFORD:
            return _with_hyphens(plain + check)
        tries += 1


def is_own(secret: bytes, text: str) -> bool:
    """Return whether a registry with this secret gave out the serial."""
    try:
        serial = parse(text)
        made = make_serial(secret, serial.year, serial.category, serial.level, serial.number)
    except ValueError:
        return False
    return hmac.compare_digest(made, str(serial))


def is_well_formed(text: str) -> bool:
    """Return whether a text has a serial's shape and its check character is right."""
    try:
        parse(text)
    except ValueError:
        return False
    return True


def normal(text: str) -> str:
    """Return a serial as it is printed, from what somebody typed: full width, O for 0, spaces."""
    plain = _DASHES.sub("", unicodedata.normalize("NFKC", text).upper()).translate(_READ_AS)
    return _with_hyphens(plain) if len(plain) == _LENGTH else plain


def category_letter(category: str) -> str:
    """Return the letter of a category; what has none of its own is X."""
    if category in CATEGORY_LETTERS.values():
        return category
    return CATEGORY_LETTERS.get(category, OTHER_CATEGORY)


def level_letter(level: str) -> str:
    """Return the digit of a level, M for the model; what has none of its own is 0."""
    if re.fullmatch("[0-9M]", level):
        return level
    return LEVEL_LETTERS.get(level, OTHER_LEVEL)


def _tag(secret: bytes, body: str, tries: int) -> str:
    message = body.encode("ascii") + bytes([tries])
    number = int.from_bytes(hmac.digest(secret, message, hashlib.sha256)[:4], "big")
    return "".join(CROCKFORD[number >> 5 * place & 31] for place in range(TAG_LENGTH))


def _with_hyphens(plain: str) -> str:
    parts, at = [], 0
    for size in _PLACES:
        parts.append(plain[at : at + size])
        at += size
    return "-".join(parts)
