"""What holds a document together: its pages, their bookmarks and what it says about itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlab.pdfbase.pdfdoc import BasicFonts, xObjectName

from reports.certificate.archival import (
    INTENT,
    METADATA,
    Description,
    put_colours,
    put_description,
    text_string,
)
from reports.certificate.container import CATALOG, PAGES, Document
from reports.certificate.data import Certificate
from reports.certificate.tagging import STRUCTURE
from reports.certificate.templates.model import POINTS

TITLE = "荣誉证书"
OUTLINES, RESOURCES = "Outlines", "Resources"
_PAGE = b"<</Type/Page/Parent %d 0 R/Resources %d 0 R/Contents %d 0 R/StructParents %d/Tabs/S%s>>"
_BOOKMARK = b"<</Title%s/Parent %d 0 R/Dest[%d 0 R/Fit]%s%s>>"
_CATALOG = (
    b"<</Type/Catalog/Lang(zh-CN)/Pages %s/Metadata %s/OutputIntents[%s]/StructTreeRoot %s"
    b"/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>%s>>"
)


def put_page(document: Document, index: int, page: int, contents: int, boxes: bytes = b"") -> None:
    """Write a page, before or after its content; both are given by their numbers."""
    parent, resources = document.number(PAGES), document.number(RESOURCES)
    document.pack(page, _PAGE % (parent, resources, contents, index, boxes))


def put_pages(
    document: Document, sheet: tuple[float, float], kids: Iterable[int], shown: Iterable[str]
) -> None:
    """Write the tree of the pages, of one size, and once for all the forms shown on them."""
    named = b"".join(
        b"/%s %s" % (name.encode(), document.mention(name)) for name in map(xObjectName, shown)
    )
    fonts = document.mention(BasicFonts)
    document.put(RESOURCES, b"<</XObject<<%s>>/Font %s>>" % (named, fonts))
    mentioned = [b"%d 0 R" % kid for kid in kids]
    box = b"/MediaBox[0 0 %.4f %.4f]" % (sheet[0] * POINTS, sheet[1] * POINTS)
    entries = len(mentioned), b" ".join(mentioned), box
    document.put(PAGES, b"<</Type/Pages/Count %d/Kids[%s]%s>>" % entries)


def finish(
    document: Document,
    sheet: tuple[float, float],
    pages: range,
    shown: Iterable[str],
    titles: Sequence[str],
    said: Description,
) -> None:
    """Write all but the pages themselves, whose numbers are given with their titles."""
    put_pages(document, sheet, pages, shown)
    put_bookmarks(document, pages.start, titles)
    put_catalog(document, bookmarks=True)
    put_colours(document)
    put_description(document, said)


def put_catalog(document: Document, *, bookmarks: bool) -> None:
    """Write the root of the document."""
    parts = (PAGES, METADATA, INTENT, STRUCTURE)
    outlines = b"/Outlines %s" % document.mention(OUTLINES) if bookmarks else b""
    document.put(CATALOG, _CATALOG % (*map(document.mention, parts), outlines))


def put_bookmarks(document: Document, pages: int, titles: Sequence[str]) -> None:
    """Write a bookmark for each page, of which `pages` is the first one's number."""
    outlines, first, last = (
        document.number(OUTLINES),
        document.reserve(len(titles)),
        len(titles) - 1,
    )
    for n, title in enumerate(titles):
        before = b"/Prev %d 0 R" % (first + n - 1) if n else b""
        behind = b"/Next %d 0 R" % (first + n + 1) if n < last else b""
        entries = text_string(title), outlines, pages + n, before, behind
        document.pack(first + n, _BOOKMARK % entries)
    tree = b"<</Type/Outlines/Count %d/First %d 0 R/Last %d 0 R>>"
    document.put(OUTLINES, tree % (last + 1, first, first + last))


def described(batch: Sequence[Certificate]) -> Description:
    """Say what the document is, from whom it comes, and when the award was made."""
    first = batch[0]
    what = first.organisation if len(batch) == 1 else f"{first.round_year}年度（{len(batch)}份）"
    return Description(f"{TITLE} {what}", first.issuer, first.award_date)
