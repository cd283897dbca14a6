"""What is on one certificate's page alone: the name, the QR code, the serial number."""

from __future__ import annotations

from reports.certificate import qr
from reports.certificate.data import Certificate
from reports.certificate.templates.model import Box, Template
from reports.certificate.typesetting import shown_in


def fixed(template: Template) -> tuple[str, ...]:
    """Give the words that stand on every page beside what is its own."""
    return tuple(shown_in(field, field.wording.fixed) for field in template.own_fields)


def texts(template: Template, certificate: Certificate) -> list[str]:
    """Give every text that stands on this page alone."""
    return [shown_in(field, field.wording.on(certificate)) for field in template.own_fields]


def code(box: Box, rows: list[bytes]) -> bytes:
    """Set a QR code in the middle of its box, with the quiet zone that it needs around it."""
    side = min(box.width, box.height)
    side *= len(rows) / (len(rows) + 2 * qr.QUIET)
    x, y = box.middle
    place = (side, side, x - side / 2, y - side / 2)
    return b"q %.4f 0 0 %.4f %.4f %.4f cm 0 g %s Q" % (*place, qr.mask(rows))
