"""Slips with the first log-in of new accounts: ten on a page, to cut and to hand over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from reports.slips.sheet import HEIGHT, MARGIN, WIDTH, draw_qr, sheets_pdf, wrapped

_HEADING = "星级评定平台登录信息"
_LOGIN_NAME, _PASSWORD = "用户名", "初始密码"
_ADVICE = "首次登录须修改密码。请当面交本人，登录后销毁。"
_SIDE = 20 * mm
_ROOM = WIDTH - 2 * MARGIN
_SMALLEST, _SMALL, _PLAIN, _LARGE = 6, 7.5, 9, 13


@dataclass(frozen=True)
class PasswordSlip:
    """What stands on a slip: who signs in where, as whom, and by which password at first."""

    name: str
    organisation: str
    login_name: str
    password: str
    address: str


def password_slips_pdf(slips: Sequence[PasswordSlip]) -> bytes:
    """Return the slips as a PDF of A4 pages."""
    texts = {text for slip in slips for text in vars(slip).values()}
    return sheets_pdf(_HEADING, [slips], [*texts, _LOGIN_NAME, _PASSWORD, _ADVICE], _draw)


def _draw(canvas: Canvas, slip: PasswordSlip, left: float, top: float, font: str) -> None:
    x, y = left + MARGIN, top - MARGIN - 2 * mm
    canvas.setFont(font, 11)
    canvas.drawString(x, y, _HEADING)
    canvas.setFont(font, _PLAIN)
    about = f"{slip.name}　{slip.organisation}"
    for line in wrapped(about, font, _PLAIN, _ROOM, 2):
        y -= 5 * mm
        canvas.drawString(x, y, line)
    draw_qr(canvas, slip.address, left + WIDTH - MARGIN - _SIDE, top - HEIGHT + MARGIN, _SIDE)
    low = top - HEIGHT + MARGIN
    canvas.setFont(font, _SMALL)
    canvas.drawString(x, low + 4.5 * mm, slip.address)
    canvas.drawString(x, low, _ADVICE)
    for height, label, value in (
        (22, _LOGIN_NAME, slip.login_name),
        (13, _PASSWORD, slip.password),
    ):
        canvas.setFont(font, _SMALL)
        canvas.drawString(x, low + height * mm, label)
        room = _ROOM - 14 * mm - (_SIDE if height * mm < _SIDE else 0)
        canvas.setFont(font, _fitting(value, font, room))
        canvas.drawString(x + 14 * mm, low + height * mm, value)


def _fitting(text: str, font: str, room: float) -> float:
    """Return the largest size in which a text keeps to its room, down to a readable one."""
    size = _LARGE
    while size > _SMALLEST and len(wrapped(text, font, size, room, 2)) > 1:
        size -= 1
    return size
