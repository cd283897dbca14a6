"""Slips with one-time codes: ten on a page, to print and to cut along the lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from reports.certificate.qr import modules
from reports.lettering import lettering

COLUMNS, ROWS = 2, 5
WIDTH, HEIGHT = A4[0] / COLUMNS, A4[1] / ROWS
QR_SIDE = 32 * mm
MARGIN = 8 * mm
_HEADING = "民主测评"
_ADVICE = ("请扫描二维码，或打开网址输入编码。", "一张测评票只能使用一次，填写结果不记名。")
_WORDS = 44 * mm
"""Width of the words beside the code."""


@dataclass(frozen=True)
class Slip:
    """What stands on a slip: whom it is about, its code, and the address that the QR code holds."""

    organisation: str
    round: str
    code: str
    address: str


def slips_pdf(slips: Sequence[Slip]) -> bytes:
    """Return the slips as a PDF of A4 pages."""
    texts = {text for slip in slips for text in (slip.organisation, slip.round)}
    font = lettering([*texts, _HEADING, *_ADVICE])
    written = BytesIO()
    canvas = Canvas(written, pagesize=A4)
    canvas.setTitle(_HEADING)
    for number, slip in enumerate(slips):
        place = number % (COLUMNS * ROWS)
        if number and place == 0:
            canvas.showPage()
        left = (place % COLUMNS) * WIDTH
        top = A4[1] - (place // COLUMNS) * HEIGHT
        _draw(canvas, slip, left, top, font)
    canvas.save()
    return written.getvalue()


def _draw(canvas: Canvas, slip: Slip, left: float, top: float, font: str) -> None:
    canvas.setDash(1, 2)
    canvas.setLineWidth(0.4)
    canvas.rect(left, top - HEIGHT, WIDTH, HEIGHT)
    canvas.setDash()
    _draw_qr(canvas, slip.address, left + MARGIN, top - MARGIN - QR_SIDE)
    x, y = left + MARGIN + QR_SIDE + 5 * mm, top - MARGIN - 4 * mm
    canvas.setFont(font, 13)
    canvas.drawString(x, y, _HEADING)
    canvas.setFont(font, 8)
    for line in (*_wrapped(canvas, slip.organisation, font), slip.round):
        y -= 4.4 * mm
        canvas.drawString(x, y, line)
    canvas.setFont(font, 14)
    canvas.drawString(x, top - MARGIN - QR_SIDE + 1 * mm, slip.code)
    canvas.setFont(font, 7.5)
    for number, line in enumerate(_ADVICE):
        canvas.drawString(left + MARGIN, top - MARGIN - QR_SIDE - (5 + 4 * number) * mm, line)


def _wrapped(canvas: Canvas, text: str, font: str) -> list[str]:
    """Return a name in lines that fit; Chinese breaks anywhere."""
    lines = [""]
    for character in text:
        if canvas.stringWidth(lines[-1] + character, font, 8) > _WORDS:
            lines.append("")
        lines[-1] += character
    return lines[:3]


def _draw_qr(canvas: Canvas, content: str, left: float, bottom: float) -> None:
    rows = modules(content)
    side = QR_SIDE / len(rows)
    path = canvas.beginPath()
    for height, row in enumerate(reversed(rows)):
        for column, module in enumerate(row):
            if not module:
                path.rect(left + column * side, bottom + height * side, side, side)
    canvas.drawPath(path, stroke=0, fill=1)
