"""What the parts of a page are, and in which order they are read: the tree of tags.

ISO 32000-1, 14.7 and 14.8. The tree hangs on marks that the page's operators carry.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from reports.certificate.archival import text_string
from reports.certificate.container import Document

STRUCTURE = "Structure"
EMBLEM_WORDS, CODE_WORDS = text_string("徽章：红底金星"), "核验二维码："
_TOGETHER = 64  # pages in one leaf of the tree that leads from marks to elements


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page: its kind, how many marks in a row it has, and words for what is drawn."""

    kind: bytes
    marks: int
    instead: bytes = b""


@dataclass(slots=True)
class Structure:
    """The tree of a document, as its pages are added."""

    document: Document
    sections: list[bytes] = field(default_factory=list)
    parents: list[bytes] = field(default_factory=list)
    root: int = field(init=False)
    whole: int = field(init=False)

    def __post_init__(self) -> None:
        self.root = self.document.number(STRUCTURE)
        self.whole = self.document.reserve(1)

    def add(self, page: int, *together: tuple[Part, ...]) -> None:
        """Write the elements of the next page; `page` is its object's number.

        Where several certificates stand on one page, their marks are numbered on.
        """
        parents: list[bytes] = []
        for parts in together:
            self._add_section(page, parts, parents)
        self.parents.append(b"[%s]" % b" ".join(parents))

    def _add_section(self, page: int, parts: tuple[Part, ...], parents: list[bytes]) -> None:
        section = self.document.reserve(1 + len(parts))
        self.sections.append(b"%d 0 R" % section)
        children = []
        for number, part in enumerate(parts, section + 1):
            self.document.pack(number, _element(part, section, page, len(parents)))
            child = b"%d 0 R" % number
            children.append(child)
            parents += [child] * part.marks
        entries = self.whole, b" ".join(children)
        self.document.pack(section, b"<</S/Sect/P %d 0 R/K[%s]>>" % entries)

    def close(self) -> None:
        """Write the root, and the way from the pages' marks to their elements."""
        document, sections = self.document, b" ".join(self.sections)
        document.pack(
            self.whole, b"<</S/Document/Lang(zh-CN)/P %d 0 R/K[%s]>>" % (self.root, sections)
        )
        count = len(self.parents)
        leaves = [self._leaf(at, min(at + _TOGETHER, count)) for at in range(0, count, _TOGETHER)]
        document.put(
            STRUCTURE,
            b"<</Type/StructTreeRoot/K %d 0 R/ParentTreeNextKey %d/ParentTree<</Kids[%s]>>>>"
            % (self.whole, count, b" ".join(leaves)),
        )

    def _leaf(self, first: int, end: int) -> bytes:
        number = self.document.reserve(1)
        rows = b"".join(b"%d%s" % (n, self.parents[n]) for n in range(first, end))
        self.document.pack(number, b"<</Limits[%d %d]/Nums[%s]>>" % (first, end - 1, rows))
        return b"%d 0 R" % number


def _element(part: Part, section: int, page: int, mark: int) -> bytes:
    instead = b"/Alt%s" % part.instead if part.instead else b""
    marks = b" ".join(b"%d" % n for n in range(mark, mark + part.marks))
    kids = marks if part.marks == 1 else b"[%s]" % marks
    return b"<</S/%s/P %d 0 R/Pg %d 0 R/K %s%s>>" % (part.kind, section, page, kids, instead)
