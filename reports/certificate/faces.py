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
def faces() -> tuple[Face, ...]:
    """Give the faces in order of preference: the serif, then the sans for what it lacks."""
    paths = (pylopdf_fonts_zh_cn.serif_path(), pylopdf_fonts_zh_cn.sans_path())
    return tuple(Face.read(path) for path in paths)


@cache
def covered() -> frozenset[int]:
    """Give every code point that some face can draw."""
    return frozenset().union(*(face.names for face in faces()))


def glyph(character: str) -> Glyph:
    """Draw a character with the first face that has it."""
    face = next(face for face in faces() if ord(character) in face.names)
    return face.glyph(character)
