"""Slips with one-time codes: ten on a page, to print and to cut along the lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from reports.slips.sheet import MARGIN, QR_SIDE, WIDTH, draw_qr, sheets_pdf, wrapped

_HEADING = "民主测评"
_SCAN = "请扫描二维码；不便扫码的，请打开以下网址，输入编码："
_ONCE = "一张测评票只能使用一次，填写结果不记名。"
_WORDS = 44 * mm
"""Width of the words beside the code."""
_ADVICE = WIDTH - 2 * MARGIN
"""Width of the words below it."""


@dataclass(frozen=True)
class Slip:
    """What stands on a slip: whom it is about, its code, and where it is used.

    `address` is what the QR code holds, `entry` what is typed where nobody can scan.
    """

    organisation: str
    round: str
    code: str
    address: str
    entry: str


def slips_pdf(stacks: Sequence[Sequence[Slip]]) -> bytes:
    """Return the slips as a PDF of A4 pages; those of each organisation begin on a new page."""
    said = (text for slips in stacks for slip in slips for text in _texts(slip))
    return sheets_pdf(_HEADING, stacks, [*dict.fromkeys(said), _SCAN, _ONCE], _draw)


def _texts(slip: Slip) -> tuple[str, ...]:
    return slip.organisation, slip.round, slip.entry


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
    entry = wrapped(slip.entry, font, 7.5, _ADVICE, 2)
    for number, line in enumerate((_SCAN, *entry, _ONCE)):
        canvas.drawString(left + MARGIN, top - MARGIN - QR_SIDE - (4.6 + 3.8 * number) * mm, line)
