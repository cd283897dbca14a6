"""Pages of rows as a PDF file, with the face and the writer of the certificates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFResourceDictionary,
    PDFString,
)

from reports.certificate.container import CATALOG, INFO, SMALLEST, Document, stream
from reports.certificate.font import Font
from reports.certificate.typesetting import Style, left, width
from reports.sheets.layout import HEIGHT, LEFT, RIGHT, WIDTH, Row, Sheet, Text

SCALE = 72 / 25.4
PAGES = "Pages"
DIGITS = "0123456789"
"""What a font needs beside the texts of a document, for the numbers of pages."""
_FOOT_Y, _FOOT = 11.0, Style(2.5, Color(0.38, 0.38, 0.38))


@dataclass(frozen=True)
class Foot:
    """What stands below each page; `page_words` has places for `{page}` and `{pages}`."""

    words: str
    page_words: str


def write_sheets(sheets: Sequence[Sheet], font: Font, foot: Foot, title: str) -> bytes:
    """Return the PDF of pages; the same pages give the same bytes."""
    document = Document()
    font.put(document, SMALLEST)
    document.put_drawn()
    seen = sha256()
    for index, sheet in enumerate(sheets):
        content = _content(font, sheet, foot, index + 1, len(sheets))
        seen.update(content)
        _put_page(document, index, content)
    _put_pages(document, len(sheets))
    words = {"Title": PDFString(title), "Subject": PDFString(foot.words)}
    document.put(INFO, PDFDictionary(words))
    return document.close(seen.digest()[:16])


def _content(font: Font, sheet: Sheet, foot: Foot, page: int, pages: int) -> bytes:
    """Return the operators of a page."""
    parts = [b"q %.6f 0 0 %.6f 0 0 cm\n" % (SCALE, SCALE)]
    for y, row in sheet.rows:
        parts += [_set(font, text, y) for text in row.texts if text.words]
        if row.rule:
            parts.append(_line(y - 1.6))
        if row.drawing:
            parts.append(_drawn(row, y))
    words = foot.page_words.format(page=page, pages=pages)
    parts.append(left(font, foot.words, LEFT, _FOOT_Y, _FOOT))
    parts.append(left(font, words, WIDTH - RIGHT - width(font, words, _FOOT), _FOOT_Y, _FOOT))
    parts.append(b"Q\n")
    return b"".join(parts)


def _drawn(row: Row, y: float) -> bytes:
    """Return a picture, whose own unit is the point."""
    point = 1 / SCALE
    return b"q %.6f 0 0 %.6f %.3f %.3f cm\n%s\nQ\n" % (point, point, LEFT, y, row.drawing)


def _set(font: Font, text: Text, y: float) -> bytes:
    grey = text.look.grey
    style = Style(text.look.size, Color(grey, grey, grey), text.look.weight)
    x = text.x - width(font, text.words, style) if text.to_right else text.x
    return left(font, text.words, x, y, style)


def _line(y: float) -> bytes:
    return b"0.55 0.1 0.1 RG 0.25 w %.3f %.3f m %.3f %.3f l S\n" % (LEFT, y, WIDTH - RIGHT, y)


def _put_page(document: Document, index: int, content: bytes) -> None:
    document.put(f"Content{index}", stream(content, level=SMALLEST))
    parent, contents = document.mention(PAGES), document.mention(f"Content{index}")
    document.put(f"Page{index}", b"<</Type/Page/Parent %s/Contents %s>>" % (parent, contents))


def _put_pages(document: Document, count: int) -> None:
    resources = PDFResourceDictionary()
    resources.basicFonts()
    entries = {
        "Type": "/Pages",
        "Count": count,
        "Kids": PDFArray(document.reference(f"Page{number}") for number in range(count)),
        "MediaBox": PDFArray([0, 0, WIDTH * SCALE, HEIGHT * SCALE]),
        "Resources": resources,
    }
    document.put(PAGES, PDFDictionary(entries))
    root = {"Type": "/Catalog", "Lang": PDFString("zh-CN"), "Pages": document.reference(PAGES)}
    document.put(CATALOG, PDFDictionary(root))
