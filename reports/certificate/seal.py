"""What is seen of a signature: a small document of one page that goes into the signed one."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfdoc import BasicFonts

from reports.certificate.container import CATALOG, INFO, PAGES, SMALLEST, Document, stream
from reports.certificate.font import Font
from reports.certificate.templates.model import POINTS
from reports.certificate.typesetting import Style, left, width

_INK, _LINE = Color(0.55, 0.05, 0.08), b"0.71 0.07 0.11 RG"
_EDGE, _LEADING, _LARGEST = 1.6, 1.5, 3.4


def drawn_seal(words: Sequence[str], across: float, up: float) -> bytes:
    """Give a page of this size (millimetres) with a few lines inside a thin frame."""
    font = Font.of(words)
    room = across - 2 * _EDGE
    widest = max(width(font, line, Style(1.0, _INK)) for line in words)
    size = min(_LARGEST, room / widest, (up - 2 * _EDGE) / (_LEADING * len(words)))
    style, top = Style(size, _INK), up - (up - _LEADING * size * len(words)) / 2
    lines = [
        left(font, line, _EDGE, top - size * (_LEADING * n + 1.1), style)
        for n, line in enumerate(words)
    ]
    frame = b"%s 0.3 w 0.3 0.3 %.2f %.2f re S\n" % (_LINE, across - 0.6, up - 0.6)
    scale = b"q %.6f 0 0 %.6f 0 0 cm\n" % (POINTS, POINTS)
    return _one_page(font, b"".join([scale, frame, *lines, b"Q"]), across, up)


def _one_page(font: Font, content: bytes, across: float, up: float) -> bytes:
    document = Document()
    font.put(document, SMALLEST)
    document.put("Content", stream(content))
    box = b"[0 0 %.2f %.2f]" % (across * POINTS, up * POINTS)
    fonts, contents = document.mention(BasicFonts), document.mention("Content")
    page, pages = document.mention("Page"), document.mention(PAGES)
    entries = pages, box, fonts, contents
    document.put(
        "Page",
        b"<</Type/Page/Parent %s/MediaBox%s/Resources<</Font %s>>/Contents %s>>" % entries,
    )
    document.put(PAGES, b"<</Type/Pages/Count 1/Kids[%s]>>" % page)
    document.put(CATALOG, b"<</Type/Catalog/Pages %s>>" % pages)
    document.put(INFO, b"<<>>")
    return document.close(sha256(content).digest()[:16])
