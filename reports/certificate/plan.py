"""Which object has which number, and the objects that hold a document together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.certificate import font as fonts
from reports.certificate import objects, page, shared
from reports.certificate.data import Certificate, Citation

CATALOG, INFO, PAGES, OUTLINE, ARTWORK = 1, 2, 3, 4, 5
TITLE = "荣誉证书"


@dataclass(frozen=True, slots=True)
class Plan:
    """The numbers of a document's objects; a page has three: content, page and bookmark."""

    artwork: shared.Artwork
    font: int
    citations: dict[Citation, int]
    first: int

    @classmethod
    def of(cls, citations: Iterable[Citation]) -> Plan:
        """Number the objects of a document that shows these awards."""
        shown = tuple(dict.fromkeys(citations))
        crests = tuple(sorted({crest(citation) for citation in shown}))
        artwork = shared.artwork(crests, ARTWORK)
        font = ARTWORK + len(artwork.objects)
        words = font + fonts.OBJECTS
        numbers = {citation: number for number, citation in enumerate(shown, words)}
        return cls(artwork, font, numbers, words + len(shown))

    def content(self, index: int) -> int:
        """Give the number of a page's content; the page and its bookmark follow."""
        return self.first + 3 * index

    def words(self, citation: Citation) -> bytes:
        """Give the name under which a page paints the words of its award."""
        return b"C%d" % self.citations[citation]

    def resources(self) -> bytes:
        """Give the resources that all pages share."""
        crests = [
            name for name in (shared.CREST, shared.CROWNED_CREST) if name in self.artwork.numbers
        ]
        words = b"".join(b"/C%d %d 0 R" % (n, n) for n in self.citations.values())
        drawings = self.artwork.named(shared.FRAME, *crests)
        return b"<</Font<</F %d 0 R>>/XObject<<%s%s>>>>" % (self.font, drawings, words)

    def word_resources(self) -> bytes:
        """Give the resources of the words of an award."""
        return b"/Font<</F %d 0 R>>/XObject<<%s>>" % (self.font, self.artwork.named(shared.STAR))

    def pages(self, count: int) -> bytes:
        """Give the page tree."""
        kids = b" ".join(b"%d 0 R" % (self.content(n) + 1) for n in range(count))
        return b"<</Type/Pages/Count %d/Kids[%s]/MediaBox[0 0 %.3f %.3f]/Resources%s>>" % (
            count, kids, page.WIDTH, page.HEIGHT, self.resources(),
        )  # fmt: skip

    def page(self, index: int) -> bytes:
        """Give a page."""
        return b"<</Type/Page/Parent %d 0 R/Contents %d 0 R>>" % (PAGES, self.content(index))

    def outline(self, count: int) -> bytes:
        """Give the root of the bookmarks."""
        first, last = self.content(0) + 2, self.content(count - 1) + 2
        return b"<</Type/Outlines/Count %d/First %d 0 R/Last %d 0 R>>" % (count, first, last)

    def bookmark(self, index: int, count: int, words: str) -> bytes:
        """Give the bookmark of a page."""
        own = self.content(index) + 2
        before = b"/Prev %d 0 R" % (own - 3) if index else b""
        after = b"/Next %d 0 R" % (own + 3) if index + 1 < count else b""
        return b"<</Title %s/Parent %d 0 R%s%s/Dest[%d 0 R/Fit]>>" % (
            objects.text(words), OUTLINE, before, after, own - 1,
        )  # fmt: skip


def crest(citation: Citation) -> str:
    """Give the name of the crest that an award is shown with."""
    return shared.CROWNED_CREST if citation.model else shared.CREST


def catalog() -> bytes:
    """Give the root of the document."""
    return (
        b"<</Type/Catalog/Pages %d 0 R/Outlines %d 0 R/Lang(zh-CN)"
        b"/ViewerPreferences<</DisplayDocTitle true>>>>" % (PAGES, OUTLINE)
    )


def info(batch: Sequence[Certificate]) -> bytes:
    """Describe the document: what, by whom, and when the award was made."""
    first = batch[0]
    what = first.organisation if len(batch) == 1 else f"{first.round_year}年度（{len(batch)}份）"
    moment = objects.moment(first.award_date)
    return b"<</Title %s/Author %s/CreationDate %s/ModDate %s>>" % (
        objects.text(f"{TITLE} {what}"), objects.text(first.issuer), moment, moment,
    )  # fmt: skip
