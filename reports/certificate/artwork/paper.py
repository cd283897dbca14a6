"""ReportLab's canvas as the artwork uses it; lengths are millimetres, y goes up."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from math import degrees

from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfdoc import PDFResourceDictionary, xObjectName
from reportlab.pdfgen.canvas import FILL_NON_ZERO, Canvas  # type: ignore[attr-defined]
from reportlab.pdfgen.pathobject import PDFPathObject

from reports.certificate.artwork.palette import Blend
from reports.certificate.artwork.paths import Point
from reports.certificate.container import PLAIN, Document, stream
from reports.certificate.pictures import Picture, embedded

_IMAGE = (
    b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/%s/BitsPerComponent 8/Filter%s%s"
)
BOX = (-900, -900, 900, 900)  # of forms: nothing is cut off at their edges


class Paper(Canvas):
    """A canvas that records form XObjects in a document, gradients included."""

    _doc: Document
    _code: list[str]
    _formsinuse: list[str]
    _shadingUsed: dict[str, str]  # noqa: N815

    def __init__(self, document: Document) -> None:
        super().__init__(io.BytesIO(), pageCompression=0)
        self._doc = document
        self._parts = count()

    def _make_preamble(self) -> None:
        self._preamble = ""  # ReportLab's chooses Helvetica; nothing here is text

    def endForm(self, **extra: object) -> None:  # noqa: N802
        """End a form; ReportLab forgets to name the gradients among its resources."""
        shadings = {name: self._doc.shadings[name] for name in self._shadingUsed}
        forms = self._doc.xobjDict(self._formsinuse).dict
        resources = PDFResourceDictionary(Shading=shadings, XObject=forms)
        resources.basicFonts()
        super().endForm(Resources=resources, **extra)

    @contextmanager
    def form(self, name: str = "") -> Iterator[str]:
        """Record what is drawn meanwhile under a name, to be used as often as one likes."""
        name = name or f"P{next(self._parts)}"
        self.beginForm(name, *BOX)
        yield name
        if not self._code:
            self._code.append("q Q")  # into an empty form ReportLab draws a large magenta block
        self.endForm()

    def use(
        self, form: str, x: float, y: float, turn: float = 0.0, across: int = 1, up: int = 1
    ) -> None:
        """Draw a form mirrored where a sign is negative, turned (radians) and moved."""
        self.saveState()
        self.translate(x, y)
        if turn:
            self.rotate(degrees(turn))
        if across < 0 or up < 0:
            self.scale(across, up)
        self.doForm(form)
        self.restoreState()

    @contextmanager
    def placed(self, x: float, y: float, scale: float = 1.0) -> Iterator[None]:
        """Let what is drawn meanwhile stand around another origin in another size."""
        self.saveState()
        self.translate(x, y)
        if scale != 1.0:
            self.scale(scale, scale)
        yield
        self.restoreState()

    def picture(self, picture: Picture, x: float, y: float, width: float, height: float) -> None:
        """Draw a picture by its lower left corner; a document holds each but once."""
        name = f"Picture{picture.digest[:16]}"
        if xObjectName(name) not in self._doc.idToOffset:
            self._put_picture(xObjectName(name), picture)
        self.saveState()
        self.transform(width, 0, 0, height, x, y)
        self.doForm(name)
        self.restoreState()

    def _put_picture(self, name: str, picture: Picture) -> None:
        (colours, opacity), size, mask = embedded(picture), (picture.width, picture.height), b""
        if opacity is not None:
            entries = _IMAGE % (*size, b"DeviceGray", opacity.packing, b"")
            self._doc.put(f"{name}.Mask", stream(opacity.data, entries, PLAIN))
            mask = b"/SMask %s" % self._doc.mention(f"{name}.Mask")
        entries = _IMAGE % (*size, b"DeviceRGB", colours.packing, mask)
        self._doc.put(name, stream(colours.data, entries, PLAIN))

    def fill(self, path: PDFPathObject, colour: Color) -> None:
        """Fill a path with one colour."""
        self.setFillColor(colour)
        self.drawPath(path, stroke=0, fill=1, fillMode=FILL_NON_ZERO)

    def stroke(self, path: PDFPathObject, colour: Color, width: float) -> None:
        """Draw a path's outline."""
        self.setStrokeColor(colour)
        self.setLineWidth(width)
        self.drawPath(path)

    @contextmanager
    def clipped(self, path: PDFPathObject) -> Iterator[None]:
        """Let only what is inside a path be seen."""
        self.saveState()
        self.clipPath(path, stroke=0, fillMode=FILL_NON_ZERO)
        yield
        self.restoreState()

    def linear(self, path: PDFPathObject, start: Point, end: Point, blend: Blend) -> None:
        """Fill a path with colours that change along a line."""
        with self.clipped(path):
            self.linearGradient(*start, *end, *blend)

    def radial(self, path: PDFPathObject, centre: Point, radius: float, blend: Blend) -> None:
        """Fill a path with colours that change from a centre outwards."""
        with self.clipped(path):
            self.radialGradient(*centre, radius, *blend)
