"""The pages of a batch, drawn in one process or, part by part, in several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain

from reports.certificate import forms, page, reading, shared
from reports.certificate.container import Document, stream
from reports.certificate.data import Certificate, Citation, MissingGlyph, MissingGlyphs
from reports.certificate.faces import face_of
from reports.certificate.fitting import refuse_overlong
from reports.certificate.font import Font
from reports.certificate.glyphs import refuse_missing
from reports.certificate.reading import Words
from reports.certificate.tagging import Part
from reports.certificate.templates import CERTIFICATE_A4, Template


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """What stands on a page as a stream, the parts that its marks tell apart, and its digest."""

    content: bytes
    parts: tuple[Part, ...]
    digest: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """Certificates of one document and what they share: the font, and the words of each award."""

    certificates: tuple[Certificate, ...]
    template: Template
    font: Font
    words: dict[Citation, Words]
    forms: tuple[str, ...]
    start: Document

    @classmethod
    def of(
        cls,
        certificates: Iterable[Certificate],
        template: Template = CERTIFICATE_A4,
        beside: Iterable[str] = (),
    ) -> Batch:
        """Prepare a batch, and letters for what stands beside the certificates.

        It is refused where a character cannot be drawn or a text does not fit.
        """
        batch = tuple(certificates)
        if not batch:
            raise ValueError("no certificates: a document needs at least one page")
        refuse_missing(batch, template)
        refuse_overlong(batch, template)
        awards = list(dict.fromkeys(certificate.citation for certificate in batch))
        crests = tuple(sorted({forms.crest_of(citation) for citation in awards}))
        font = _font(template, batch, awards).extended(letters_of(beside))
        start = Document(before=shared.artwork(template, crests))
        font.put(start)
        words = {
            citation: reading.put_words(start, template, font, citation, f"words{n}")
            for n, citation in enumerate(awards)
        }
        start.put_drawn()
        shown = (forms.FRAME, *crests, *chain(*(found.names() for found in words.values())))
        return cls(batch, template, font, words, shown, start)

    def draw(self, part: slice = slice(None)) -> Iterator[DrawnPage]:
        """Draw the pages of a part of the batch, which are the same in whichever process."""
        return (self._drawn(certificate) for certificate in self.certificates[part])

    def _drawn(self, certificate: Certificate) -> DrawnPage:
        words = self.words[certificate.citation]
        content, parts = reading.content(self.template, self.font, certificate, words)
        return DrawnPage(stream(content), parts, sha256(content).digest())


def _font(template: Template, batch: Iterable[Certificate], awards: Iterable[Citation]) -> Font:
    common = (text for citation in awards for text in forms.texts(template, citation))
    own = (text for certificate in batch for text in page.texts(template, certificate))
    # A font has one letter at least, also where a template that is being written shows none yet.
    return Font.of(["".join([*page.fixed(template), *common, *own]) or " "])


def letters_of(texts: Iterable[str]) -> str:
    """Give the characters of texts that stand beside certificates; all must have a glyph."""
    found = list(texts)
    missing = [
        MissingGlyph(text, character, ord(character))
        for text in found
        for character in text
        if not face_of(character)
    ]
    if missing:
        raise MissingGlyphs(missing)
    return "".join(found)
