"""What is on one certificate's page alone: the name, the QR code, the serial number."""

from __future__ import annotations

from reportlab.pdfbase.pdfdoc import xObjectName

from reports.certificate import forms, qr, wording
from reports.certificate.artwork import border, palette
from reports.certificate.data import Certificate
from reports.certificate.font import Font
from reports.certificate.forms import FRAME, MIDDLE, QR_SIDE, QR_X, QR_Y
from reports.certificate.layout import Room, set_lines
from reports.certificate.templates.model import Template
from reports.certificate.typesetting import Style, centred, left, within

SCALE = 72 / 25.4
WIDTH, HEIGHT = border.WIDTH * SCALE, border.HEIGHT * SCALE
FIXED = (wording.SCAN, wording.ADDRESS, wording.SERIAL, wording.GAP, "：· ")
NAME_ROOM = Room(228.0, 97.4, 13.0, 8.4, 8.8)
CAPTION_Y, NOTES_WIDTH = 25.6, 150.0
MICRO_WIDTH, MICRO_Y = 246.0, 20.2

NAME = Style(NAME_ROOM.largest, palette.DARK_RED, 0.034)
NOTE = Style(3.1, palette.GREY)
MICRO = Style(0.62, palette.BROWN_GOLD)

_START = "q %.6f 0 0 %.6f 0 0 cm /%s Do /%s Do /%s Do\n"


def fixed(template: Template) -> tuple[str, ...]:
    """Give the words that stand on every page beside what is its own."""
    return FIXED


def texts(template: Template, certificate: Certificate) -> list[str]:
    """Give every text that stands on this page alone."""
    return [certificate.organisation, certificate.serial, certificate.verify_url]


def content(template: Template, font: Font, certificate: Certificate, words: str) -> bytes:
    """Give the page's operators; `words` names the form that holds the words of the award."""
    shared = map(xObjectName, (FRAME, forms.crest_of(certificate), words))
    return b"".join(
        (
            (_START % (SCALE, SCALE, *shared)).encode(),
            name(font, certificate.organisation),
            *notes(font, certificate),
            micro(font, certificate),
            _code(certificate.verify_url),
            b"Q",
        )
    )


def name(font: Font, organisation: str) -> bytes:
    """Set the organisation's name as large as its length allows."""
    lines = set_lines(organisation, font.width, NAME_ROOM)
    return b"".join(
        centred(font, line.text, MIDDLE, line.y, NAME.sized(line.size)) for line in lines
    )


def _code(url: str) -> bytes:
    rows = qr.modules(url)
    scale = QR_SIDE / len(rows)
    move = b"q %.5f 0 0 %.5f %.3f %.3f cm 0 g " % (scale, scale, QR_X, QR_Y)
    return move + qr.path(rows) + b" Q\n"


def notes(font: Font, certificate: Certificate) -> tuple[bytes, bytes]:
    """Set the line under the code, and the line that helps whoever has no camera."""
    serial = f"{wording.SERIAL}：{certificate.serial}"
    words = f"{serial}{wording.GAP}{wording.ADDRESS}：{certificate.verify_url}"
    return (
        centred(font, wording.SCAN, QR_X + QR_SIDE / 2, CAPTION_Y, NOTE),
        centred(font, words, MIDDLE, CAPTION_Y, within(font, words, NOTES_WIDTH, NOTE)),
    )


def micro(font: Font, certificate: Certificate) -> bytes:
    """Set the line in the frame that looks like a hairline until it is magnified."""
    unit = f"{certificate.serial} {certificate.organisation} · "
    width = font.width(unit) * MICRO.size
    times = max(1, int(MICRO_WIDTH / width))
    style = MICRO.spaced((MICRO_WIDTH - width * times) / (len(unit) * times))
    line = left(font, unit, MIDDLE - MICRO_WIDTH / 2, MICRO_Y, style, times)
    return b"/Artifact BMC\n%sEMC\n" % line
