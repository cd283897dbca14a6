"""Sheets of slips: ten on an A4 page, each in a dotted frame to cut along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import TypeVar

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from reports.certificate.qr import modules
from reports.lettering import lettering

COLUMNS, ROWS = 2, 5
WIDTH, HEIGHT = A4[0] / COLUMNS, A4[1] / ROWS
QR_SIDE = 32 * mm
MARGIN = 8 * mm

Slip = TypeVar("Slip")
Draw = Callable[[Canvas, Slip, float, float, str], None]
"""Draws a slip from its left edge and its top, in a font with all characters of the sheets."""


def sheets_pdf(
    title: str, stacks: Iterable[Sequence[Slip]], texts: Iterable[str], draw: Draw[Slip]
) -> bytes:
    """Return slips as a PDF of A4 pages; `texts` are all that is written on them.

    Each stack begins on a page of its own, so that it can be handed over as it comes.
    """
    font = lettering([title, *texts])
    written = BytesIO()
    canvas = Canvas(written, pagesize=A4)
    canvas.setTitle(title)
    for stack in stacks:
        for number, slip in enumerate(stack, 1):
            place = (number - 1) % (COLUMNS * ROWS)
            left, top = (place % COLUMNS) * WIDTH, A4[1] - (place // COLUMNS) * HEIGHT
            _frame(canvas, left, top)
            draw(canvas, slip, left, top, font)
            if number == len(stack) or place == COLUMNS * ROWS - 1:
                canvas.showPage()
    canvas.save()
    return written.getvalue()


def wrapped(text: str, font: str, size: float, width: float, lines: int) -> list[str]:
    """Return a text in so many lines at most that fit, each about as long; Chinese breaks anywhere.

    A name of which one character is left over would otherwise end with a line of its own for it.
    """
    needed = len(_broken(text, font, size, width))
    even = stringWidth(text, font, size) / needed + size
    return _broken(text, font, size, min(width, even))[:lines]


def _broken(text: str, font: str, size: float, width: float) -> list[str]:
    found = [""]
    for character in text:
        if stringWidth(found[-1] + character, font, size) > width:
            found.append("")
        found[-1] += character
    return found


def draw_qr(canvas: Canvas, content: str, left: float, bottom: float, side: float) -> None:
    """Draw a QR code as one path."""
    rows = modules(content)
    module = side / len(rows)
    path = canvas.beginPath()
    for height, row in enumerate(reversed(rows)):
        for column, light in enumerate(row):
            if not light:
                path.rect(left + column * module, bottom + height * module, module, module)
    canvas.drawPath(path, stroke=0, fill=1)


def _frame(canvas: Canvas, left: float, top: float) -> None:
    canvas.setDash(1, 2)
    canvas.setLineWidth(0.4)
    canvas.rect(left, top - HEIGHT, WIDTH, HEIGHT)
    canvas.setDash()
