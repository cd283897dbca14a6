"""The pages of an application as a PDF file, with the face and the writer of the certificates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from hashlib import sha256
from typing import TypeVar

from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFResourceDictionary,
    PDFString,
)

from reports.application.data import ApplicationPaper
from reports.application.layout import HEIGHT, LEFT, RIGHT, WIDTH, Sheet, Text, pages_of
from reports.application.typesetting import printable
from reports.certificate.container import CATALOG, INFO, SMALLEST, Document, stream
from reports.certificate.font import Font
from reports.certificate.typesetting import Style, left, width

SCALE = 72 / 25.4
PAGES = "Pages"
_DIGITS = "0123456789"
_FOOT_Y, _FOOT = 11.0, Style(2.5, Color(0.38, 0.38, 0.38))

Part = TypeVar("Part")


def write_application(paper: ApplicationPaper) -> bytes:
    """Return the PDF of an application; the same application gives the same bytes."""
    paper = _printable(paper)
    font = Font.of([*_texts(paper), _DIGITS])
    sheets = pages_of(paper, font)
    document = Document()
    font.put(document, SMALLEST)
    document.put_drawn()
    seen = sha256()
    for index, sheet in enumerate(sheets):
        content = _content(font, sheet, paper, index + 1, len(sheets))
        seen.update(content)
        _put_page(document, index, content)
    _put_pages(document, len(sheets))
    _put_information(document, paper)
    return document.close(seen.digest()[:16])


def _printable(part: Part) -> Part:
    """Return a part of an application with every text as it can be printed."""
    changed = {each.name: _plain(getattr(part, each.name)) for each in fields(part)}  # type: ignore[arg-type]
    return replace(part, **changed)  # type: ignore[type-var]


def _plain(value: object) -> object:
    if isinstance(value, str):
        return printable(value)
    if is_dataclass(value):
        return _printable(value)
    return [_plain(each) for each in value]  # type: ignore[attr-defined]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for each in fields(value):
            yield from _texts(getattr(value, each.name))
    else:
        for each in value:  # type: ignore[attr-defined]
            yield from _texts(each)


def _content(font: Font, sheet: Sheet, paper: ApplicationPaper, page: int, pages: int) -> bytes:
    """Return the operators of a page."""
    parts = [b"q %.6f 0 0 %.6f 0 0 cm\n" % (SCALE, SCALE)]
    for y, row in sheet.rows:
        parts += [_set(font, text, y) for text in row.texts if text.words]
        if row.rule:
            parts.append(_line(y - 1.6))
    words = paper.page_words.format(page=page, pages=pages)
    parts.append(left(font, paper.footer, LEFT, _FOOT_Y, _FOOT))
    parts.append(left(font, words, WIDTH - RIGHT - width(font, words, _FOOT), _FOOT_Y, _FOOT))
    parts.append(b"Q\n")
    return b"".join(parts)


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


def _put_information(document: Document, paper: ApplicationPaper) -> None:
    title = PDFString(f"{paper.title} {paper.organisation}")
    document.put(INFO, PDFDictionary({"Title": title, "Subject": PDFString(paper.footer)}))
