"""What holds a document together: its pages, their bookmarks and what it says about itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from reportlab.pdfbase.pdfdoc import (
    DummyDoc,
    OutlineEntryObject,
    PDFArray,
    PDFDestinationFit,
    PDFDictionary,
    PDFResourceDictionary,
    PDFString,
    ViewerPreferencesPDFDictionary,
)

from reports.certificate.container import CATALOG, INFO, Document, stream
from reports.certificate.data import Certificate
from reports.certificate.templates.model import POINTS, Template

TITLE = "荣誉证书"
OUTLINES, PAGES = "Outlines", "Pages"


def put_content(document: Document, index: int, content: bytes) -> None:
    """Write what stands on a page."""
    document.put(f"Content{index}", stream(content))


def put_page(document: Document, index: int) -> None:
    """Write a page, before or after its content."""
    parent, contents = document.mention(PAGES), document.mention(f"Content{index}")
    document.put(f"Page{index}", b"<</Type/Page/Parent %s/Contents %s>>" % (parent, contents))


def put_pages(document: Document, template: Template, count: int, shown: Iterable[str]) -> None:
    """Write the tree of the pages and, once for all, the forms that are shown on them."""
    resources = PDFResourceDictionary(XObject=document.xobjDict(shown))
    resources.basicFonts()
    entries = {
        "Type": "/Pages",
        "Count": count,
        "Kids": PDFArray(document.reference(f"Page{n}") for n in range(count)),
        "MediaBox": PDFArray([0, 0, template.page.width * POINTS, template.page.height * POINTS]),
        "Resources": resources,
    }
    document.put(PAGES, PDFDictionary(entries))


def put_catalog(document: Document, *, bookmarks: bool) -> None:
    """Write the root of the document."""
    entries = {
        "Type": "/Catalog",
        "Lang": PDFString("zh-CN"),
        "Pages": document.reference(PAGES),
        "ViewerPreferences": ViewerPreferencesPDFDictionary({"DisplayDocTitle": "true"}),
    }
    if bookmarks:
        entries[OUTLINES] = document.reference(OUTLINES)
    document.put(CATALOG, PDFDictionary(entries))


def put_bookmarks(document: Document, batch: Sequence[Certificate]) -> None:
    """Write a bookmark for each page."""
    marks = [document.reference(f"Bookmark{n}") for n in range(len(batch))]
    for index, certificate in enumerate(batch):
        entry = OutlineEntryObject()
        entry.Title = certificate.organisation
        entry.Parent = document.reference(OUTLINES)
        entry.Prev = marks[index - 1] if index else None
        entry.Next = marks[index + 1] if index + 1 < len(marks) else None
        entry.Dest = PDFDestinationFit(document.reference(f"Page{index}"))
        document.put(f"Bookmark{index}", entry)
    entries = {"Type": "/Outlines", "Count": len(marks), "First": marks[0], "Last": marks[-1]}
    document.put(OUTLINES, PDFDictionary(entries))


def put_information(document: Document, batch: Sequence[Certificate]) -> None:
    """Say what the document is, from whom it comes, and when the award was made."""
    first = batch[0]
    what = first.organisation if len(batch) == 1 else f"{first.round_year}年度（{len(batch)}份）"
    moment = _text(f"{first.award_date:D:%Y%m%d000000+08'00'}")
    title = PDFString(f"{TITLE} {what}").format(document)
    entries = b"<</Title %s/Author %s/CreationDate %s/ModDate %s>>"
    document.put(INFO, entries % (title, _text(first.issuer), moment, moment))


@lru_cache(maxsize=64)
def _text(words: str) -> bytes:
    """Give a text that many documents have in common."""
    formatted: bytes = PDFString(words).format(DummyDoc())
    return formatted
