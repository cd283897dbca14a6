"""The same certificate by WeasyPrint and by typst, as a competent user of each would set it.

Both are given the artwork as one SVG (our own curves, gradients as flat colours, which costs them
less), the texts in the same face at the same places, and the QR code as a picture of one dot a
module from the same modules. WeasyPrint gets one HTML page with a block for each certificate;
typst one document with a page for each. Where a line begins and how large it is, is told to both.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pylopdf_fonts_zh_cn
import typst
import weasyprint
from PIL import Image
from weasyprint.text.fonts import FontConfiguration

from reports.certificate.typesetting import Style

PAGE = (841.8898, 595.2756)
_TOKEN = re.compile(r"\[[^\]]*\]|\S+")
_SPOKEN = ("m", "l", "c")


@dataclass(frozen=True)
class Line:
    """A text with the beginning of its baseline, in millimetres from above, and its look."""

    words: str
    x: float
    y: float
    style: Style

    @property
    def colour(self) -> str:
        """The colour as the web writes it."""
        return "#{:02x}{:02x}{:02x}".format(*self.style.colour.bitmap_rgb())


@dataclass(frozen=True)
class Sheet:
    """What stands on one certificate: its texts and its code."""

    lines: tuple[Line, ...]
    picture: Path
    """The file of the code's picture, of one dot a module."""
    code: tuple[float, float, float]
    """The left and upper edge of the code and its side, in millimetres."""


def svg(operators: str) -> str:
    """Turn PDF operators that fill and stroke paths into SVG."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {PAGE[0]} {PAGE[1]}" '
        f'width="297mm" height="210mm"><g transform="matrix(1 0 0 -1 0 {PAGE[1]})">'
    )
    return head + "".join(_Converter().run(operators)) + "</g></svg>"


class _Converter:
    def __init__(self) -> None:
        self.groups = [0]
        self.look = {"fill": "#000", "stroke": "#000", "stroke-width": "1"}
        self.kept: list[dict[str, str]] = []
        self.path: list[str] = []
        self.clips = 0
        self.clipping = False

    def run(self, operators: str) -> Iterator[str]:
        operands: list[str] = []
        for token in _TOKEN.findall(operators):
            if token[0] in "-.0123456789[":
                operands.append(token)
            else:
                yield from self._do(token, operands)
                operands = []

    def _do(self, name: str, given: list[str]) -> Iterator[str]:
        if name in _SPOKEN:
            self.path.append(f"{name.upper()}{' '.join(given)}")
        elif name == "h":
            self.path.append("Z")
        elif name == "re":
            x, y, width, height = given
            self.path.append(f"M{x} {y}h{width}v{height}h-{width}Z")
        elif name in ("rg", "RG"):
            colour = "#{:02x}{:02x}{:02x}".format(*(round(float(part) * 255) for part in given))
            self.look["fill" if name == "rg" else "stroke"] = colour
        elif name in ("w", "J", "j", "d"):
            self._pen(name, given)
        else:
            yield from self._paint(name, given)

    def _pen(self, name: str, given: list[str]) -> None:
        if name == "w":
            self.look["stroke-width"] = given[0]
        elif name == "d":
            self.look["stroke-dasharray"] = given[0].strip("[] ")
        elif name == "J":
            self.look["stroke-linecap"] = "round" if given[0] == "1" else "square"
        else:
            self.look["stroke-linejoin"] = "round" if given[0] == "1" else "bevel"

    def _paint(self, name: str, given: list[str]) -> Iterator[str]:
        if name == "q":
            self.kept.append(dict(self.look))
            self.groups.append(0)
        elif name == "Q":
            self.look = self.kept.pop()
            yield "</g>" * self.groups.pop()
        elif name == "cm":
            self.groups[-1] += 1
            yield f'<g transform="matrix({" ".join(given)})">'
        elif name == "W":
            self.clipping = True
        elif name in ("f", "S"):
            yield self._shape(name)
        elif name == "n":
            yield from self._clip()

    def _shape(self, name: str) -> str:
        names = ("fill",) if name == "f" else tuple(n for n in self.look if n != "fill")
        look = " ".join(f"{n}={quoteattr(self.look[n])}" for n in names)
        look += ' fill="none"' if name == "S" else ""
        path, self.path = "".join(self.path), []
        return f'<path d="{path}" {look}/>'

    def _clip(self) -> Iterator[str]:
        path, self.path = "".join(self.path), []
        if self.clipping:
            self.clipping = False
            self.clips += 1
            self.groups[-1] += 1
            clip = f"c{self.clips}"
            yield f'<clipPath id="{clip}"><path d="{path}"/></clipPath><g clip-path="url(#{clip})">'


_STYLE = """
@page {{ size: 297mm 210mm; margin: 0 }}
@font-face {{ font-family: Serif; src: url(file://{font}) }}
body {{ margin: 0; font-family: Serif }}
section {{ position: relative; width: 297mm; height: 210mm; break-after: page }}
section > * {{ position: absolute; white-space: pre; line-height: 1 }}
img.code {{ image-rendering: pixelated }}
"""
_ASCENT = 1.151  # of the face, over an em; a block of line height 1 begins so far above
_DESCENT = 0.286


def weasyprint_pages(sheets: Sequence[Sheet], artwork: Path) -> bytes:
    """Print by WeasyPrint."""
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    fonts = FontConfiguration()
    style = _STYLE.format(font=pylopdf_fonts_zh_cn.serif_path())
    body = "".join(_section(sheet, artwork) for sheet in sheets)
    page = f'<html lang="zh-CN"><style>{style}</style><body>{body}</body></html>'
    return weasyprint.HTML(string=page).write_pdf(font_config=fonts)


def _section(sheet: Sheet, artwork: Path) -> str:
    x, y, side = sheet.code
    place = f"left:{x}mm;top:{y}mm;width:{side}mm;height:{side}mm"
    lines = "".join(_div(line) for line in sheet.lines)
    art = f'<img src="file://{artwork}" style="left:0;top:0;width:297mm;height:210mm">'
    image = f'<img class="code" src="file://{sheet.picture}" style="{place}">'
    return f"<section>{art}{lines}{image}</section>"


def _div(line: Line) -> str:
    size, style = line.style.size, line.style
    top = line.y - size * (0.5 + (_ASCENT - _DESCENT) / 2)
    look = f"left:{line.x:.3f}mm;top:{top:.3f}mm;font-size:{size:.3f}mm;color:{line.colour}"
    if style.spacing:
        look += f";letter-spacing:{style.spacing:.3f}mm"
    if style.weight:
        look += f";-weasy-text-stroke:{style.weight * size / 2:.3f}mm;font-weight:bold"
    return f'<div style="{look}">{escape(line.words)}</div>'


_TYPST = """
#set page(width: 297mm, height: 210mm, margin: 0mm)
#set text(font: "Noto Serif SC", lang: "zh", cjk-latin-spacing: none,
  top-edge: "baseline", bottom-edge: "baseline")
#let put(x, y, size, colour, spacing, weight, words) = place(top + left, dx: x, dy: y, text(
  size: size, fill: colour, tracking: spacing,
  stroke: if weight > 0mm {{ weight + colour }} else {{ none }}, words))
#let art = image("artwork.svg", width: 297mm, height: 210mm)
#let code(file, x, y, side) = place(top + left, dx: x, dy: y,
  image(file, width: side, height: side, scaling: "pixelated"))
{pages}
"""


def typst_pages(sheets: Sequence[Sheet], folder: Path) -> bytes:
    """Print by typst; the artwork lies in the folder as `artwork.svg`."""
    pages = "\n#pagebreak()\n".join(_page(sheet) for sheet in sheets)
    source = _TYPST.format(pages=pages).encode()
    faces = [str(Path(pylopdf_fonts_zh_cn.serif_path()).parent)]
    (folder / "certificates.typ").write_bytes(source)
    return typst.compile(
        folder / "certificates.typ", root=folder, font_paths=faces, ignore_system_fonts=True
    )


def _page(sheet: Sheet) -> str:
    lines = "\n".join(
        f'#put({line.x:.3f}mm, {line.y:.3f}mm, {line.style.size:.3f}mm, rgb("{line.colour}"), '
        f"{line.style.spacing:.3f}mm, {line.style.weight * line.style.size / 2:.3f}mm, "
        f'"{line.words}")'
        for line in sheet.lines
    )
    x, y, side = sheet.code
    code = f'#code("{sheet.picture.name}", {x:.3f}mm, {y:.3f}mm, {side:.3f}mm)'
    return f"#place(top + left, art)\n{lines}\n{code}"


def put_code(rows: Sequence[bytes], file: Path) -> Path:
    """Write the picture of a code; it lies beside `artwork.svg`."""
    side = len(rows)
    Image.frombytes("L", (side, side), b"".join(rows)).convert("1").save(file, "png")
    return file
