"""Text in a drawing: characters on a page, outlines on paper.

A browser sets the text with fonts of the reader's. ReportLab embeds no font with Chinese
characters in PostScript outlines, so that on paper the characters are drawn as shapes.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

import pylopdf_fonts_zh_cn
from fontTools.pens.reportLabPen import ReportLabPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from reportlab.graphics.shapes import Drawing, Group, Path, String
from reportlab.lib.colors import Color

FAMILY = '"Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif'
Anchor = Literal["start", "middle", "end"]
_NON_ZERO: Literal[1] = 1
"""How glyphs are filled: where two strokes of one overlap there is no hole."""


class Line(String):
    """A line of text; `end` says which end of it stands at its place.

    The anchor of ReportLab is not used: it measures a text with fonts of its own, where the
    browser alone knows how wide its font is. `_svgAttrs` is what ReportLab hands to the SVG.
    """

    def __init__(self, x: float, y: int, words: str, end: Anchor, size: float, colour: Color):
        super().__init__(x, y, words, fontName=FAMILY, fontSize=size, fillColor=colour)
        self._svgAttrs = {"text-anchor": end}
        self._end = end

    @property
    def end(self) -> Anchor:
        """Return which end of the line stands at its place."""
        return self._end


def text(
    words: str, at: tuple[float, float], size: float, colour: Color, anchor: Anchor = "start"
) -> Line:
    """Return a line of text on a whole point, as ReportLab's SVG turns it about a rounded one."""
    return Line(at[0], int(at[1]), words, anchor, size, colour)


def outlined(drawing: Drawing) -> Drawing:
    """Return the same drawing with every text as outlines."""
    made = Drawing(drawing.width, drawing.height)
    made.contents = [_outlined(each) for each in drawing.contents]
    return made


def _outlined(shape: Any) -> Any:
    if isinstance(shape, Group):
        return Group(*(_outlined(each) for each in shape.contents), transform=shape.transform)
    return _shapes(shape) if isinstance(shape, Line) else shape


def _shapes(line: Line) -> Path:
    """Return the outlines of all characters of a line as one path."""
    glyphs, numbers, em = _face()
    scale = line.fontSize / em
    names = [numbers.get(ord(each), ".notdef") for each in line.text]
    width = sum(glyphs[name].width for name in names) * scale
    x = line.x - {"start": 0, "middle": width / 2, "end": width}[line.end]
    path = Path(fillColor=line.fillColor, strokeColor=None, fillMode=_NON_ZERO)
    pen = ReportLabPen(glyphs, path)
    for name in names:
        glyphs[name].draw(TransformPen(pen, (scale, 0, 0, scale, x, line.y)))
        x += glyphs[name].width * scale
    return path


@cache
def _face() -> tuple[Any, dict[int, str], int]:
    """Return the glyphs of the face, the name of each character's, and the size of an em."""
    font = TTFont(pylopdf_fonts_zh_cn.sans_path(), lazy=True)
    return font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm
