"""What is on one certificate's page alone: the name, the QR code, the serial number."""

from __future__ import annotations

from reports.certificate import qr, wording
from reports.certificate.artwork import palette
from reports.certificate.data import Certificate
from reports.certificate.font import Font
from reports.certificate.forms import MIDDLE
from reports.certificate.layout import name_lines
from reports.certificate.typesetting import Style, centred, left

SCALE = 72 / 25.4
NAME_WIDTH, NAME_MIDDLE = 228.0, 97.0
QR_X, QR_Y, QR_SIDE = 32.0, 32.0, 26.0
NOTES_X = 63.0
MICRO_LEFT, MICRO_WIDTH, MICRO_Y = 31.0, 243.0, 20.2

NAME = Style(13.0, palette.DARK_RED, 0.034)
NOTE = Style(3.1, palette.GREY)
SCAN = Style(2.9, palette.GREY)
MICRO = Style(0.62, palette.BROWN_GOLD)

_START = b"q %.6f 0 0 %.6f 0 0 cm /A Do /%s Do /%s Do\n"


def texts(certificate: Certificate) -> list[str]:
    """Give every text that stands on this page alone."""
    return [
        certificate.organisation,
        certificate.serial,
        certificate.verify_url,
    ]


def fixed_texts() -> list[str]:
    """Give the texts that stand on every page."""
    return [wording.SCAN, wording.SCAN_EN, wording.ADDRESS, wording.SERIAL, "：·  "]


def content(font: Font, certificate: Certificate, crest: bytes, citation: bytes) -> bytes:
    """Give the page's operators."""
    return b"".join(
        (
            _START % (SCALE, SCALE, crest, citation),
            name(font, certificate.organisation),
            _code(certificate.verify_url),
            centred(font, wording.SCAN, QR_X + QR_SIDE / 2, QR_Y - 4.4, SCAN),
            *notes(font, certificate),
            micro(font, certificate),
            b"Q",
        )
    )


def name(font: Font, organisation: str) -> bytes:
    """Set the organisation's name as large as its length allows."""
    lines = name_lines(organisation, font.width, NAME_WIDTH, NAME_MIDDLE)
    return b"".join(
        centred(font, line.text, MIDDLE, line.y, NAME.sized(line.size)) for line in lines
    )


def _code(url: str) -> bytes:
    rows = qr.modules(url)
    scale = QR_SIDE / len(rows)
    move = b"q %.5f 0 0 %.5f %.3f %.3f cm 0 g " % (scale, scale, QR_X, QR_Y)
    return move + qr.path(rows) + b" Q\n"


def notes(font: Font, certificate: Certificate) -> tuple[bytes, bytes]:
    """Set the lines beside the code."""
    return (
        left(font, f"{wording.SERIAL}：{certificate.serial}", NOTES_X, QR_Y + 6.0, NOTE),
        left(font, f"{wording.ADDRESS}：{certificate.verify_url}", NOTES_X, QR_Y + 0.6, NOTE),
    )


def micro(font: Font, certificate: Certificate) -> bytes:
    """Set the line that looks like a hairline until it is magnified."""
    unit = f"{certificate.serial} {certificate.organisation} · "
    times = max(1, int(MICRO_WIDTH / (font.width(unit) * MICRO.size)))
    return centred(font, (unit * times).rstrip("· "), MIDDLE, MICRO_Y, MICRO)
