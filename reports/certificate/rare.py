"""Fonts for rare characters: where they are, and their glyphs in the curves that we embed."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

SETTING = "EVALUATOR_FONTS_FOLDER"
_EM = 1000
_ENDINGS = (".otf", ".ttf", ".ttc")


def font_files() -> tuple[Path, ...]:
    """List the fonts of the folder that the setting names, and of the folders in it."""
    folder = os.environ.get(SETTING, "")
    return _fonts_in(folder) if folder else ()


@cache
def _fonts_in(folder: str) -> tuple[Path, ...]:
    # Links to folders are followed, which a search in all depths would not do.
    found = (path for depth in ("*", "*/*") for path in Path(folder).glob(depth))
    return tuple(sorted(path for path in found if path.suffix.lower() in _ENDINGS))


def redrawn(font: TTFont, name: str) -> tuple[int, bytes]:
    """Give a glyph's advance in 1/1000 em and its outline as a program of cubic curves.

    TrueType's quadratic curves are raised to cubic ones, which changes nothing; whatever the
    font's unit is, coordinates are rounded to thousandths of an em.
    """
    scale = _EM / font["head"].unitsPerEm
    glyphs: Any = font.getGlyphSet()
    advance = round(glyphs[name].width * scale)
    pen = T2CharStringPen(None if advance == _EM else advance, glyphs)
    glyphs[name].draw(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
    program = pen.getCharString()
    program.compile()
    return advance, bytes(program.bytecode)
