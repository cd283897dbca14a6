"""Slips with one-time codes: ten on a page, to print and to cut along the lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from reports.slips.sheet import MARGIN, QR_SIDE, draw_qr, sheets_pdf, wrapped

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


def slips_pdf(stacks: Sequence[Sequence[Slip]]) -> bytes:
    """Return the slips as a PDF of A4 pages; those of each organisation begin on a new page."""
    texts = {text for slips in stacks for slip in slips for text in (slip.organisation, slip.round)}
    return sheets_pdf(_HEADING, stacks, [*texts, *_ADVICE], _draw)


def _draw(canvas: Canvas, slip: Slip, left: float, top: float, font: str) -> None:
    draw_qr(canvas, slip.address, left + MARGIN, top - MARGIN - QR_SIDE, QR_SIDE)
    x, y = left + MARGIN + QR_SIDE + 5 * mm, top - MARGIN - 4 * mm
    canvas.setFont(font, 13)
    canvas.drawString(x, y, _HEADING)
    canvas.setFont(font, 8)
    for line in (*wrapped(slip.organisation, font, 8, _WORDS, 3), slip.round):
        y -= 4.4 * mm
        canvas.drawString(x, y, line)
    canvas.setFont(font, 14)
    canvas.drawString(x, top - MARGIN - QR_SIDE + 1 * mm, slip.code)
    canvas.setFont(font, 7.5)
    for number, line in enumerate(_ADVICE):
        canvas.drawString(left + MARGIN, top - MARGIN - QR_SIDE - (5 + 4 * number) * mm, line)
