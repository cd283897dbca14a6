"""The two typefaces on disk: which characters they cover, and each glyph as CFF bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

FULL_WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawn character: its advance in 1/1000 em and its outline without subroutines."""

    advance: int
    program: bytes


@dataclass(slots=True)
class Face:
    """One OpenType font, read once and kept; glyphs are drawn when first asked for."""

    font: TTFont
    names: dict[int, str]
    glyphs: dict[str, Glyph] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Face:
        """Open a font file without decoding more than its character map."""
        font = TTFont(path, lazy=True)
        return cls(font, font["cmap"].getBestCmap())

    def glyph(self, character: str) -> Glyph:
        """Give a character's glyph; hints and subroutines are left behind."""
        found = self.glyphs.get(character)
        if found is None:
            found = self.glyphs[character] = self._draw(self.names[ord(character)])
        return found

    def _draw(self, name: str) -> Glyph:
        advance = self.font["hmtx"][name][0]
        pen = T2CharStringPen(None if advance == FULL_WIDTH else advance, None)
        self.font["CFF "].cff[0].CharStrings[name].draw(pen)
        outline = pen.getCharString(optimize=False)
        outline.compile()
        return Glyph(advance, outline.bytecode)


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
    if code in serif().names:
        return serif()
    return sans() if code in sans().names else None


def glyph(character: str) -> Glyph:
    """Draw a character that some face has."""
    face = face_of(character)
    if face is None:
        raise KeyError(f"no face has {character!r} (U+{ord(character):04X})")
    return face.glyph(character)
