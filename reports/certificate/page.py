"""What is on one certificate's page alone: the name, the QR code, the serial number.

Each text is marked with a number, so that a document may say what it is (see `tags`); the artwork
and the line in the frame are marked as what nobody needs to hear.
"""

from __future__ import annotations

from reportlab.pdfbase.pdfdoc import xObjectName

from reports.certificate import forms, qr
from reports.certificate.data import Certificate
from reports.certificate.font import Font
from reports.certificate.templates.model import POINTS, Box, Template
from reports.certificate.typesetting import set_field, set_micro, shown_in

_START = b"q %.6f 0 0 %.6f 0 0 cm /Artifact BMC /%s Do /%s Do EMC\n/P<</MCID 0>>BDC /%s Do EMC\n"


def fixed(template: Template) -> tuple[str, ...]:
    """Give the words that stand on every page beside what is its own."""
    return tuple(shown_in(field, field.wording.fixed) for field in template.own_fields)


def texts(template: Template, certificate: Certificate) -> list[str]:
    """Give every text that stands on this page alone."""
    return [shown_in(field, field.wording.on(certificate)) for field in template.own_fields]


def tags(template: Template) -> tuple[str, ...]:
    """Tell what each marked part of a page is, in the order of their numbers."""
    return ("P", *("P" for _ in template.own_texts), *("Figure" for _ in template.codes))


def content(template: Template, font: Font, certificate: Certificate, words: str) -> bytes:
    """Give the page's operators; `words` names the form that holds the words of the award."""
    names = (forms.FRAME, forms.crest_of(certificate), words)
    shared = (xObjectName(name).encode() for name in names)
    parts = [_START % (POINTS, POINTS, *shared)]
    for number, field in enumerate(template.own_texts, 1):
        text = field.wording.on(certificate)
        parts.append(b"/P<</MCID %d>>BDC\n%sEMC\n" % (number, set_field(font, field, text)))
    for micro in template.micro_lines:
        line = set_micro(font, micro, micro.wording.on(certificate))
        parts.append(b"/Artifact BMC\n%sEMC\n" % line)
    if template.codes:
        rows = qr.modules(certificate.verify_url)
        for number, code in enumerate(template.codes, len(template.own_texts) + 1):
            parts.append(b"/Figure<</MCID %d>>BDC\n%s\nEMC\n" % (number, _code(code.box, rows)))
    return b"".join((*parts, b"Q"))


def _code(box: Box, rows: list[bytes]) -> bytes:
    """Set a QR code in the middle of its box, with the quiet zone that it needs around it."""
    side = min(box.width, box.height)
    side *= len(rows) / (len(rows) + 2 * qr.QUIET)
    x, y = box.middle
    place = (side, side, x - side / 2, y - side / 2)
    return b"q %.4f 0 0 %.4f %.4f %.4f cm 0 g %s Q" % (*place, qr.mask(rows))
