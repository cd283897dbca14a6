"""Certificates into documents: all in one, or a file for each."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from reports.certificate import forms, objects, page, shared
from reports.certificate.container import Container
from reports.certificate.data import Certificate, Citation, MissingGlyph, MissingGlyphs
from reports.certificate.faces import covered
from reports.certificate.font import Font

CATALOG, INFO, PAGES = 1, 2, 3
_UNSAFE = re.compile(r"[^\w.-]+")


def check_glyphs(certificates: Iterable[Certificate]) -> list[MissingGlyph]:
    """List every character that cannot be drawn, with the organisation it belongs to."""
    known = covered()
    missing: dict[MissingGlyph, None] = {}
    for certificate in certificates:
        for character in "".join(_texts(certificate)):
            if ord(character) not in known:
                glyph = MissingGlyph(certificate.organisation, character, ord(character))
                missing[glyph] = None
    return list(missing)


def _texts(certificate: Certificate) -> list[str]:
    return page.texts(certificate) + forms.texts(certificate.citation)


def _refuse_missing(certificates: Sequence[Certificate]) -> None:
    missing = check_glyphs(certificates)
    if missing:
        raise MissingGlyphs(missing)


def write_certificates(certificates: Iterable[Certificate], out: BinaryIO) -> int:
    """Write all certificates as one document, a page each; give the number of pages."""
    batch = list(certificates)
    if not batch:
        raise ValueError("no certificates: a document needs at least one page")
    _refuse_missing(batch)
    citations = list(dict.fromkeys(c.citation for c in batch))
    common = [text for c in citations for text in forms.texts(c)]
    own = (text for c in batch for text in page.texts(c))
    font = Font.of([*page.fixed_texts(), *common, *own])
    _write(batch, citations, font, out)
    return len(batch)


def _write(
    batch: Sequence[Certificate], citations: Sequence[Citation], font: Font, out: BinaryIO
) -> None:
    container = Container(out)
    names = {citation: b"C%d" % n for n, citation in enumerate(citations)}
    at_font = shared.FIRST + len(shared.objects())
    at_words = at_font + 5
    first = at_words + len(citations)
    _put_shared(container, batch[0])
    for number, body in enumerate(font.objects(at_font), at_font):
        container.put(number, body)
    for number, citation in enumerate(citations, at_words):
        resources = b"/Font<</F %d 0 R>>/XObject<<%s>>" % (at_font, shared.names("G"))
        container.put(number, shared.form(forms.words(font, citation), resources))
    for n, certificate in enumerate(batch):
        crest = b"M" if certificate.model else b"K"
        content = page.content(font, certificate, crest, names[certificate.citation])
        container.put(first + 2 * n, objects.stream(content))
        container.put(
            first + 2 * n + 1,
            b"<</Type/Page/Parent %d 0 R/Contents %d 0 R>>" % (PAGES, first + 2 * n),
        )
    container.put(PAGES, _pages(first, len(batch), len(citations), at_font, at_words))
    digest = sha256("\n".join(c.serial + c.organisation for c in batch).encode()).hexdigest()
    container.close(CATALOG, INFO, digest[:32])


def _put_shared(container: Container, certificate: Certificate) -> None:
    container.put(
        CATALOG,
        b"<</Type/Catalog/Pages %d 0 R/Lang(zh-CN)/ViewerPreferences<</DisplayDocTitle true>>>>"
        % PAGES,
    )
    container.put(
        INFO,
        b"<</Title %s/Author %s/CreationDate %s/ModDate %s>>"
        % (
            objects.text(f"荣誉证书 {certificate.serial}"),
            objects.text(certificate.issuer),
            objects.moment(certificate.award_date),
            objects.moment(certificate.award_date),
        ),
    )
    for number, body in enumerate(shared.objects(), shared.FIRST):
        container.put(number, body)


def _pages(first: int, count: int, citations: int, at_font: int, at_words: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (first + 2 * n + 1) for n in range(count))
    words = b"".join(b"/C%d %d 0 R" % (n, at_words + n) for n in range(citations))
    return (
        b"<</Type/Pages/Count %d/Kids[%s]/MediaBox[0 0 841.89 595.276]/Resources<<"
        b"/Font<</F %d 0 R>>/XObject<<%s%s>>>>>>"
        % (count, kids, at_font, shared.names("AKM"), words)
    )


def write_each(certificates: Iterable[Certificate], directory: Path) -> list[Path]:
    """Write one file for each certificate, named by its serial number."""
    batch = list(certificates)
    _refuse_missing(batch)
    paths = []
    for certificate in batch:
        buffer = io.BytesIO()
        write_certificates([certificate], buffer)
        path = directory / f"{_UNSAFE.sub('_', certificate.serial)}.pdf"
        temporary = path.with_suffix(".part")
        temporary.write_bytes(buffer.getvalue())
        os.replace(temporary, path)
        paths.append(path)
    return paths
