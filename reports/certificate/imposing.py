"""Certificates on the printer's sheets: bleed, marks to cut along, several on a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

from reportlab.lib.colors import Color

from reports.certificate import archival, binding, reading
from reports.certificate.consignments import Consignment
from reports.certificate.container import Document, stream
from reports.certificate.data import Certificate
from reports.certificate.drawing import Batch
from reports.certificate.tagging import Part, Structure
from reports.certificate.templates.model import POINTS, Page, Template
from reports.certificate.typesetting import Style, left

A4, A3, SRA4, SRA3 = (210.0, 297.0), (297.0, 420.0), (225.0, 320.0), (320.0, 450.0)
MARK_LENGTH, MARK_DISTANCE = 4.0, 1.0  # a mark keeps clear of what is printed
_MARK = b"0 g 0 G 0.1 w %s S"
_BOX = b"/%s[%.3f %.3f %.3f %.3f]"
_LABEL = Style(2.4, Color(0, 0, 0))


class DoesNotFit(Exception):
    """The sheet is too small for what is to be printed on it."""


@dataclass(frozen=True, slots=True)
class Imposition:
    """How certificates are laid on a sheet, in millimetres; `scale` makes A5 of A4."""

    sheet: tuple[float, float]
    columns: int = 1
    rows: int = 1
    gutter: float = 0.0
    scale: float = 1.0

    @property
    def places(self) -> int:
        """How many certificates there are on a sheet."""
        return self.columns * self.rows


def single(page: Page) -> Imposition:
    """Lay each certificate on a sheet of its own, just large enough for its marks."""
    beyond = 2 * (page.bleed + MARK_DISTANCE + MARK_LENGTH)
    return Imposition((page.width + beyond, page.height + beyond))


def filled(page: Page, sheet: tuple[float, float] = A4, scale: float = 1.0) -> Imposition:
    """Lay as many certificates on a sheet as it holds with their bleed and the marks."""
    gutter = 2 * page.bleed * scale
    beyond = 2 * (page.bleed * scale + MARK_DISTANCE + MARK_LENGTH)
    columns, rows = (
        int((whole - beyond + gutter + 1e-9) // (side * scale + gutter))
        for whole, side in zip(sheet, (page.width, page.height), strict=True)
    )
    if not columns or not rows:
        raise DoesNotFit(
            f"a sheet of {sheet[0]:g} x {sheet[1]:g} mm is too small for a page of "
            f"{page.width * scale:g} x {page.height * scale:g} mm with its marks, which take "
            f"{beyond:g} mm both ways; choose a larger sheet or a smaller scale"
        )
    return Imposition(sheet, columns, rows, gutter, scale)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The certificates of one sheet, and what its edge says."""

    certificates: tuple[Certificate, ...]
    label: str


def write_sheets(
    consignments: Sequence[Consignment], out: BinaryIO, template: Template, layout: Imposition
) -> int:
    """Write printer's sheets, a new one for each committee; give their number."""
    sheets = list(_sheets(consignments, layout))
    everything = [c for consignment in consignments for c in consignment.certificates]
    batch = Batch.of(everything, template, [sheet.label for sheet in sheets])
    document = Document(out, batch.start)
    first = document.reserve(len(sheets))
    structure, identity = Structure(document), archival.Identity()
    for index, sheet in enumerate(sheets):
        content, parts = _imposed(batch, layout, sheet)
        identity.add(sha256(content).digest())
        contents = document.reserve(1)
        document.put_numbered(contents, stream(content))
        boxes = _boxes(template.page, layout, len(sheet.certificates))
        binding.put_page(document, index, first + index, contents, boxes)
        structure.add(first + index, *parts)
    structure.close()
    titles, pages = [sheet.label for sheet in sheets], range(first, first + len(sheets))
    said = binding.described(batch.certificates)
    binding.finish(document, layout.sheet, pages, batch.forms, titles, said)
    document.close(identity.mark())
    return len(sheets)


def _sheets(consignments: Sequence[Consignment], layout: Imposition) -> Iterator[_Sheet]:
    for consignment in consignments:
        certificates, places = consignment.certificates, layout.places
        count = -(-len(certificates) // places)
        for n in range(count):
            label = f"{consignment.committee}　第{n + 1}张，共{count}张"
            yield _Sheet(certificates[n * places : (n + 1) * places], label)


def _imposed(
    batch: Batch, layout: Imposition, sheet: _Sheet
) -> tuple[bytes, list[tuple[Part, ...]]]:
    """Give the operators of a sheet, and what the marks of each certificate mean."""
    page, drawn, parts, mark = batch.template.page, [], [], 0
    for certificate, (x, y) in zip(sheet.certificates, _places(page, layout), strict=False):
        words = batch.words[certificate.citation]
        content, found = reading.content(batch.template, batch.font, certificate, words, mark)
        mark += sum(part.marks for part in found)
        parts.append(found)
        drawn.append(_placed(page, layout.scale, x, y, content))
    edge = [_marks(page, layout), _label(batch, page, layout, sheet.label)]
    scale = b"q %.6f 0 0 %.6f 0 0 cm" % (POINTS, POINTS)
    artifact = b"/Artifact BMC\n%s\n%s\nQ\nEMC" % (scale, b"\n".join(edge))
    return b"\n".join([*drawn, artifact]), parts


def _places(page: Page, layout: Imposition) -> list[tuple[float, float]]:
    """Give the lower left corner of each certificate, row by row from the top."""
    across, up = page.width * layout.scale, page.height * layout.scale
    width = layout.columns * (across + layout.gutter) - layout.gutter
    height = layout.rows * (up + layout.gutter) - layout.gutter
    left_edge, top = (layout.sheet[0] - width) / 2, (layout.sheet[1] + height) / 2
    return [
        (left_edge + column * (across + layout.gutter), top - up - row * (up + layout.gutter))
        for row in range(layout.rows)
        for column in range(layout.columns)
    ]


def _placed(page: Page, scale: float, x: float, y: float, content: bytes) -> bytes:
    """Put a page at its place; what it draws beyond its bleed is cut off."""
    bleed, unit = page.bleed, POINTS
    place = b"q %.6f 0 0 %.6f %.4f %.4f cm" % (scale, scale, x * unit, y * unit)
    extent = (side * unit for side in (page.width + 2 * bleed, page.height + 2 * bleed))
    clip = b"%.4f %.4f %.4f %.4f re W n" % (-bleed * unit, -bleed * unit, *extent)
    return b"%s %s\n%s\nQ" % (place, clip, content)


def _marks(page: Page, layout: Imposition) -> bytes:
    """Draw a mark at every cut, outside of all that is printed."""
    places, scale = _places(page, layout), layout.scale
    lefts, lowers = sorted({x for x, _ in places}), sorted({y for _, y in places})
    cuts_x = [c for x in lefts for c in (x, x + page.width * scale)]
    cuts_y = [c for y in lowers for c in (y, y + page.height * scale)]
    away = page.bleed * scale + MARK_DISTANCE
    lines = [
        (x, end, x, end + way * MARK_LENGTH)
        for x in cuts_x
        for end, way in ((cuts_y[0] - away, -1), (cuts_y[-1] + away, 1))
    ]
    lines += [
        (end, y, end + way * MARK_LENGTH, y)
        for y in cuts_y
        for end, way in ((cuts_x[0] - away, -1), (cuts_x[-1] + away, 1))
    ]
    return _MARK % b" ".join([b"%.3f %.3f m %.3f %.3f l" % line for line in lines])


def _label(batch: Batch, page: Page, layout: Imposition, words: str) -> bytes:
    """Say at the lower edge, between the marks, for whom the sheet is."""
    places = _places(page, layout)
    x = places[0][0] + MARK_LENGTH
    y = places[-1][1] - page.bleed * layout.scale - MARK_DISTANCE - MARK_LENGTH / 2 - 1.0
    return left(batch.font, words, x, y, _LABEL)[:-1]


def _boxes(page: Page, layout: Imposition, count: int) -> bytes:
    """Say where the cut sheet and its bleed lie; that is told of a page, not of each piece."""
    places = _places(page, layout)[:count]
    trim = (
        min(x for x, _ in places),
        min(y for _, y in places),
        max(x for x, _ in places) + page.width * layout.scale,
        max(y for _, y in places) + page.height * layout.scale,
    )
    bleed = page.bleed * layout.scale
    wide = (trim[0] - bleed, trim[1] - bleed, trim[2] + bleed, trim[3] + bleed)
    named = ((b"TrimBox", trim), (b"BleedBox", wide))
    return b"".join(_BOX % (name, *(side * POINTS for side in box)) for name, box in named)
