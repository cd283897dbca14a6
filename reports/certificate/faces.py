"""The typefaces on disk: which characters they cover, and each glyph as CFF bytes.

What the first face of a chain lacks is borrowed from the next: the serif from the sans, the sans
from the serif, and both from the fonts of a folder, which the setting EVALUATOR_FONTS_FOLDER
names. A text in sans is asked for in shadow characters, which lie in planes that Unicode has not
used: so one font of a document, and one way to show a text, hold both faces.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from itertools import count
from pathlib import Path
from threading import RLock
from typing import Any, Protocol

import pylopdf_fonts_zh_cn
from fontTools.ttLib import TTFont

from reports.certificate import charstring, rare

FULL_WIDTH = 1000
SHADOW = 0x40000


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawn character: its advance in 1/1000 em and its outline without subroutines."""

    advance: int
    program: bytes


class Drawn(Protocol):
    """A face: the characters it has, and the glyph of each."""

    @property
    def numbers(self) -> dict[int, Any]:
        """The number of each character's glyph."""

    def glyph(self, character: str) -> Glyph:
        """Give a character's glyph."""


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


@dataclass(slots=True)
class RareFace:
    """A font of any make, asked only for what the faces lack."""

    font: TTFont
    numbers: dict[int, str]
    glyphs: dict[str, Glyph] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> RareFace:
        """Open a font file."""
        font = TTFont(BytesIO(path.read_bytes()), lazy=True, fontNumber=0)
        return cls(font, font.getBestCmap())

    def glyph(self, character: str) -> Glyph:
        """Give a character's glyph, whatever curves the font draws it with."""
        found = self.glyphs.get(character)
        if found is None:
            with _READING:
                name = self.numbers[ord(character)]
                found = self.glyphs[character] = Glyph(*rare.redrawn(self.font, name))
        return found


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
    """Give the face that everything is set in where nothing else is said."""
    return Face.read(pylopdf_fonts_zh_cn.serif_path())


@cache
def sans() -> Face:
    """Give the face without serifs."""
    return Face.read(pylopdf_fonts_zh_cn.sans_path())


@cache
def _rare(path: Path) -> RareFace:
    return RareFace.read(path)


def in_sans(text: str) -> str:
    """Give a text in shadow characters, which are drawn without serifs."""
    return "".join([chr(ord(character) + SHADOW) for character in text])


def meant(character: str) -> str:
    """Give the character that a shadow stands for; others stand for themselves."""
    code = ord(character)
    return chr(code - SHADOW) if SHADOW <= code < 2 * SHADOW else character


def _chain(character: str) -> Iterator[Drawn]:
    """Go through the faces in the order of asking; none is read before its turn."""
    first, second = (serif, sans) if meant(character) == character else (sans, serif)
    yield first()
    yield second()
    for path in rare.font_files():
        yield _rare(path)


def face_of(character: str) -> Drawn | None:
    """Find the face that can draw a character."""
    code = ord(meant(character))
    return next((face for face in _chain(character) if code in face.numbers), None)


def glyph(character: str) -> Glyph:
    """Draw a character that some face has."""
    face = face_of(character)
    if face is None:
        raise KeyError(f"no face has {meant(character)!r} (U+{ord(meant(character)):04X})")
    return face.glyph(meant(character))


class _Advances(dict[str, int]):
    """The advance of each character that was asked for."""

    def __missing__(self, character: str) -> int:
        self[character] = advance = glyph(character).advance
        return advance


measured = _Advances()
"""Kept for the life of a process, as the faces are."""


def measure(text: str) -> float:
    """Measure a text in em."""
    return sum(map(measured.__getitem__, text)) / FULL_WIDTH


def measure_in(face: str) -> Callable[[str], float]:
    """Give what measures texts in a face."""
    return measure if face == "serif" else (lambda text: measure(in_sans(text)))
