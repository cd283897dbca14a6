"""All certificates of a batch in one document, a page each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import BinaryIO

from reports.certificate import binding, forms, page, shared
from reports.certificate.artwork.paper import Paper
from reports.certificate.container import Document
from reports.certificate.data import Certificate, Citation
from reports.certificate.fitting import refuse_overlong
from reports.certificate.font import Font
from reports.certificate.glyphs import refuse_missing
from reports.certificate.templates import CERTIFICATE_A4, Template


def write_certificates(
    certificates: Iterable[Certificate], out: BinaryIO, template: Template = CERTIFICATE_A4
) -> int:
    """Write all certificates as one document; give the number of its pages."""
    batch = list(certificates)
    if not batch:
        raise ValueError("no certificates: a document needs at least one page")
    refuse_missing(batch, template)
    refuse_overlong(batch, template)
    awards = {c.citation: f"words{n}" for n, c in enumerate(batch)}
    crests = tuple(sorted({forms.crest_of(citation) for citation in awards}))
    document = Document(out, shared.artwork(template, crests))
    font = _font(template, batch, awards)
    _put_words(document, template, font, awards)
    identity = _put_pages(document, template, font, batch, awards)
    binding.put_pages(document, template, len(batch), [forms.FRAME, *crests, *awards.values()])
    binding.put_bookmarks(document, batch)
    binding.put_catalog(document, bookmarks=True)
    binding.put_information(document, batch)
    document.close(identity)
    return len(batch)


def _font(template: Template, batch: Sequence[Certificate], awards: Iterable[Citation]) -> Font:
    common = [text for citation in awards for text in forms.texts(template, citation)]
    own = (text for certificate in batch for text in page.texts(template, certificate))
    return Font.of([*page.fixed(template), *common, *own])


def _put_words(
    document: Document, template: Template, font: Font, awards: dict[Citation, str]
) -> None:
    """Write the font, and the words of each award under its name."""
    font.put(document)
    paper = Paper(document)
    for citation, name in awards.items():
        with paper.form(name):
            forms.words(paper, template, font, citation)
    document.put_drawn()


def _put_pages(
    document: Document,
    template: Template,
    font: Font,
    batch: Sequence[Certificate],
    awards: dict[Citation, str],
) -> bytes:
    """Write the pages; give a mark that depends on all of them."""
    seen = sha256()
    for index, certificate in enumerate(batch):
        content = page.content(template, font, certificate, awards[certificate.citation])
        seen.update(content)
        binding.put_content(document, index, content)
        binding.put_page(document, index)
    return seen.digest()[:16]
