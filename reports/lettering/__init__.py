"""Chinese lettering for documents that ReportLab lays out: one font with a batch's characters.

ReportLab embeds TrueType outlines alone, and the fonts that cover all names are CFF; so the
characters of a document are cut out of the font and converted, once a document. Certificates are
drawn by the thousand and have their own way, see `reports.certificate.font`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from itertools import count
from pathlib import Path
from string import printable

import pylopdf_fonts_zh_cn
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont as EmbeddedFont

SANS, SERIF = "sans", "serif"
_PATHS = {SANS: pylopdf_fonts_zh_cn.sans_path, SERIF: pylopdf_fonts_zh_cn.serif_path}
_ALWAYS = frozenset(printable) | frozenset("，。、；：？！（）《》“”‘’—…·★☆√×　—–")
_EXACT = 1.0
"""How far, in font units, a converted outline may lie from the drawn one."""
_numbers = count(1)


def lettering(texts: Iterable[str], face: str = SANS) -> str:
    """Return the name of a registered font with every character of some texts.

    A character that the face does not have shows as an empty box, never as an error.
    """
    characters = _ALWAYS.union(*map(frozenset, texts)) - frozenset("\r\n\t\x0b\x0c")
    return _registered(face, "".join(sorted(characters)))


@lru_cache(maxsize=32)
def _registered(face: str, characters: str) -> str:
    name = f"{face}-{next(_numbers)}"
    font = EmbeddedFont(name, BytesIO(_true_type(_PATHS[face](), characters)))
    # ReportLab takes fonts of one face for the same font; each of ours has other characters.
    font.face.name = name.encode()
    pdfmetrics.registerFont(font)
    return name


def _true_type(path: Path, characters: str) -> bytes:
    """Return a TrueType font of some characters of a CFF font."""
    options = Options(layout_features=[], name_IDs=[1, 2, 4, 6], notdef_outline=True, hinting=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=characters)
    written = BytesIO()
    with TTFont(path, lazy=True) as font:
        subsetter.subset(font)
        _convert(font)
        font.save(written)
    return written.getvalue()


def _convert(font: TTFont) -> None:
    """Put quadratic outlines in the place of the cubic ones."""
    drawn = font.getGlyphSet()
    table = newTable("glyf")
    table.glyphOrder = font.getGlyphOrder()
    table.glyphs = {name: _outline(drawn, name) for name in table.glyphOrder}
    font["loca"] = newTable("loca")
    font["glyf"] = table
    font["maxp"].tableVersion = 0x00010000
    for key, value in _MAXIMA.items():
        setattr(font["maxp"], key, value)
    font["post"].formatType = 3.0
    del font["CFF "]
    for name in ("VORG", "vhea", "vmtx", "GPOS", "GSUB", "BASE"):
        if name in font:
            del font[name]
    font.sfntVersion = "\x00\x01\x00\x00"


def _outline(drawn: object, name: str) -> object:
    pen = TTGlyphPen(None)
    drawn[name].draw(Cu2QuPen(pen, _EXACT, reverse_direction=True))  # type: ignore[index]
    return pen.glyph()


_MAXIMA = dict.fromkeys(
    (
        "maxTwilightPoints",
        "maxStorage",
        "maxFunctionDefs",
        "maxInstructionDefs",
        "maxStackElements",
        "maxSizeOfInstructions",
        "maxComponentElements",
    ),
    0,
) | {"maxZones": 1}
