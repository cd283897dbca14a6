"""Texts and numbers in few bytes: two for a Chinese character, one for a usual word or a letter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evaluator.credentials.usual_words import WORDS

_CODES = (*range(0x02, 0x20), *range(0xD4, 0x100))
_CODE_OF = dict(zip(WORDS, _CODES, strict=True))
_WORD_OF = {code: word for word, code in _CODE_OF.items()}
_LONGEST_FIRST = sorted(WORDS, key=lambda word: (-len(word), word))
_PIECES = re.compile("|".join(map(re.escape, _LONGEST_FIRST)) + "|.", re.DOTALL)
_ESCAPE = 0x01
_TWO_BYTES = 0x8000
# Where a run of code points begins, and where its places begin: the ideographs, the marks of
# Chinese text, and full-width letters.
_RUNS = ((0x4E00, 0x5200, 0x0000), (0x3000, 0x0100, 0x5200), (0xFF00, 0x0100, 0x5300))


class Malformed(ValueError):
    """Bytes that were not written by this packing."""


def packed_text(text: str) -> bytes:
    """Return a text in its one packed form, its length in front."""
    data = b"".join(map(_piece, _PIECES.findall(text)))
    if len(data) > 0xFF:
        raise ValueError(f"{text!r} is too long for a certificate's token")
    return bytes([len(data)]) + data


def _piece(piece: str) -> bytes:
    if piece in _CODE_OF:
        return bytes([_CODE_OF[piece]])
    point = ord(piece)
    if 0x20 <= point < 0x7F:
        return bytes([point])
    if point < 0xA0:
        raise ValueError(f"the control character U+{point:04X} cannot be printed")
    for start, size, place in _RUNS:
        if start <= point < start + size:
            return (_TWO_BYTES + place + point - start).to_bytes(2, "big")
    return bytes([_ESCAPE]) + point.to_bytes(3, "big")


@dataclass(slots=True)
class Unpacking:
    """Takes what was packed from the front of some bytes."""

    data: bytes
    at: int = 0

    def take(self, size: int) -> bytes:
        """Return the next bytes."""
        taken = self.data[self.at : self.at + size]
        if len(taken) < size:
            raise Malformed("the bytes end too early")
        self.at += size
        return taken

    def number(self, size: int) -> int:
        """Return the next whole number."""
        return int.from_bytes(self.take(size), "big")

    def text(self) -> str:
        """Return the next text; raises Malformed where it is not in its one packed form."""
        data = self.take(self.number(1))
        inner = Unpacking(data)
        pieces = []
        while inner.at < len(data):
            pieces.append(inner._character())
        text = "".join(pieces)
        try:
            same = packed_text(text) == bytes([len(data)]) + data
        except ValueError as error:
            raise Malformed(str(error)) from error
        if not same:
            raise Malformed("a text is not packed as it would be")
        return text

    def _character(self) -> str:
        code = self.number(1)
        if code in _WORD_OF:
            return _WORD_OF[code]
        if 0x20 <= code < 0x7F:
            return chr(code)
        if code == _ESCAPE:
            return _character_of(self.number(3))
        if code < 0x80:
            raise Malformed(f"{code} begins no character")
        place = (code - 0x80 << 8) + self.number(1)
        start, _, first = next(run for run in reversed(_RUNS) if place >= run[2])
        return chr(start + place - first)


def _character_of(point: int) -> str:
    if point > 0x10FFFF or 0xD800 <= point < 0xE000:
        raise Malformed(f"{point} is no character")
    return chr(point)
