"""The two typefaces on disk: which characters they cover, and each glyph as CFF bytes."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from itertools import count
from pathlib import Path
from threading import RLock
from typing import Any

import pylopdf_fonts_zh_cn
from fontTools.ttLib import TTFont

from reports.certificate import charstring

FULL_WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawn character: its advance in 1/1000 em and its outline without subroutines."""

    advance: int
    program: bytes


_READING = RLock()
"""Held while a font is read: fontTools moves about in the file as it decodes glyph after glyph."""


@dataclass(slots=True)
class Face:
    """One OpenType font, read once and kept; glyphs are prepared when first asked for.

    Threads share it. The file is kept in memory, as processes that were forked would share the
    place where it is read.
    """

    font: TTFont
    numbers: dict[int, int]
    advances: bytes
    glyphs: dict[str, Glyph] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Face:
        """Open a font file without decoding more than its character map."""
        font = TTFont(BytesIO(path.read_bytes()), lazy=True)
        return cls(font, _character_map(font.reader["cmap"]), font.reader["hmtx"])

    def glyph(self, character: str) -> Glyph:
        """Give a character's glyph; hints and subroutines are left behind."""
        found = self.glyphs.get(character)
        if found is None:
            with _READING:
                found = self.glyphs[character] = self._prepared(self.numbers[ord(character)])
        return found

    def _prepared(self, number: int) -> Glyph:
        metrics = min(number, self.font["hhea"].numberOfHMetrics - 1)
        (advance,) = struct.unpack_from(">H", self.advances, 4 * metrics)
        glyph = self.font["CFF "].cff[0].CharStrings.charStringsIndex[number]
        local = _Programs(getattr(glyph.private, "Subrs", ()))
        width = b"" if advance == FULL_WIDTH else charstring.number(advance)
        shared = _Programs(glyph.globalSubrs)
        return Glyph(advance, charstring.flattened(glyph.bytecode, local, shared, width))


@dataclass(frozen=True, slots=True)
class _Programs(Sequence[bytes]):
    """The bytes of a font's subroutines."""

    subroutines: Any

    def __len__(self) -> int:
        return len(self.subroutines)

    def __getitem__(self, index: Any) -> Any:
        return self.subroutines[index].bytecode


def _character_map(table: bytes) -> dict[int, int]:
    """Read the glyph number of every character from a map of format 12."""
    (subtables,) = struct.unpack_from(">H", table, 2)
    records = struct.iter_unpack(">HHI", table[4 : 4 + 8 * subtables])
    (start,) = (at for platform, encoding, at in records if (platform, encoding) == (3, 10))
    form, _, _, _, groups = struct.unpack_from(">HHIII", table, start)
    if form != 12:
        raise ValueError(f"character map of format {form}; 12 is understood")
    numbers: dict[int, int] = {}
    body = table[start + 16 : start + 16 + 12 * groups]
    for first, last, number in struct.iter_unpack(">III", body):
        numbers.update(zip(range(first, last + 1), count(number), strict=False))
    return numbers


@cache
def serif() -> Face:
    """Give the face that everything is set in."""
    return Face.read(pylopdf_fonts_zh_cn.serif_path())


@cache
def sans() -> Face:
    """Give the face that lends the few characters which the serif lacks."""
    return Face.read(pylopdf_fonts_zh_cn.sans_path())


def face_of(character: str) -> Face | None:
    """Find the face that can draw a character; the sans is not even read until it is needed."""
    code = ord(character)
    if code in serif().numbers:
        return serif()
    return sans() if code in sans().numbers else None


def glyph(character: str) -> Glyph:
    """Draw a character that some face has."""
    face = face_of(character)
    if face is None:
        raise KeyError(f"no face has {character!r} (U+{ord(character):04X})")
    return face.glyph(character)
