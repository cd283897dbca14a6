"""What a public notice on paper says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """The names of a category and level, each with its committee."""

    title: str
    subtitle: str
    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class NoticePaper:
    """A notice; `draft` is written across the pages of one that is not published."""

    title: str
    paragraphs: Sequence[str]
    period: str
    groups: Sequence[Group]
    objecting: str
    office: Sequence[str]
    signed: str
    address: str
    footer: str
    draft: str
    page_words: str
    """With `{page}` and `{pages}`."""

    def texts(self) -> Iterator[str]:
        """Yield everything that is written, so that the font has each character."""
        yield from (self.title, self.period, self.objecting, self.signed, self.address)
        yield from (self.footer, self.draft, self.page_words)
        yield from self.paragraphs
        yield from self.office
        for group in self.groups:
            yield from (group.title, group.subtitle)
            for row in group.rows:
                yield from row
