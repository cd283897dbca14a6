"""A file for each certificate: what they share is prepared once and copied."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from reports.certificate import archival, binding, forms, page, reading, shared
from reports.certificate.container import PLAIN, Document, stream
from reports.certificate.data import Certificate, Citation
from reports.certificate.fitting import refuse_overlong
from reports.certificate.font import Font
from reports.certificate.glyphs import refuse_missing
from reports.certificate.reading import Words
from reports.certificate.tagging import Structure
from reports.certificate.templates import CERTIFICATE_A4, Template

_WORDS = "words"
_UNSAFE = re.compile(r"[^\w-]+")
_USUAL = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-"


def write_each(
    certificates: Iterable[Certificate], directory: Path, template: Template = CERTIFICATE_A4
) -> list[Path]:
    """Write one file for each certificate, named by its serial number.

    Each file appears whole or not at all, and writing it again gives the same bytes.
    """
    batch = list(certificates)
    refuse_missing(batch, template)
    refuse_overlong(batch, template)
    names = _names(batch)
    prepared: dict[tuple[Citation, str], Prepared] = {}
    paths = []
    for certificate, name in zip(batch, names, strict=True):
        key = certificate.citation, certificate.verify_base
        if key not in prepared:
            prepared[key] = Prepared.of(template, *key)
        path = directory / name
        _replace(path, prepared[key].document(certificate))
        paths.append(path)
    return paths


def _names(batch: Sequence[Certificate]) -> list[str]:
    """Turn serial numbers into file names; no two may fall together."""
    names = [f"{_UNSAFE.sub('_', certificate.serial)}.pdf" for certificate in batch]
    owners: dict[str, str] = {}
    for certificate, name in zip(batch, names, strict=True):
        folded = name.casefold()  # some file systems do not tell A from a
        if folded in owners:
            both = f"serials {owners[folded]!r} and {certificate.serial!r}"
            raise ValueError(f"{both} would both be written to {name}; make them differ")
        owners[folded] = certificate.serial
    return names


def _replace(path: Path, data: bytes) -> None:
    temporary = f"{path}.part"
    with open(temporary, "wb", buffering=0) as file:
        file.write(data)
    os.replace(temporary, path)


@dataclass(frozen=True, slots=True)
class Prepared:
    """The beginning of every file that carries the same award."""

    template: Template
    font: Font
    words: Words
    start: Document
    page: int
    contents: int

    @classmethod
    def of(cls, template: Template, citation: Citation, verify_base: str) -> Prepared:
        """Write everything that does not depend on the certificate."""
        crest = forms.crest_of(citation)
        texts = [*page.fixed(template), *forms.texts(template, citation)]
        font = Font.of([*texts, verify_base, _USUAL])
        start = Document(before=shared.artwork(template, (crest,)))
        words = reading.put_words(start, template, font, citation, _WORDS)
        number, contents = start.reserve(1), start.reserve(1)
        sheet = template.page.width, template.page.height
        binding.put_pages(start, sheet, [number], [forms.FRAME, crest, *words.names()])
        binding.put_page(start, 0, number, contents)
        binding.put_catalog(start, bookmarks=False)
        archival.put_colours(start)
        start.put_drawn()
        return cls(template, font, words, start, number, contents)

    def document(self, certificate: Certificate) -> bytes:
        """Give the whole file of one certificate."""
        font = self.font.extended("".join(page.texts(self.template, certificate)))
        content, parts = reading.content(self.template, font, certificate, self.words)
        document = Document(before=self.start)
        # The font is two thirds of the work to compress and would shrink by a quarter only.
        font.put(document, PLAIN)
        document.put_numbered(self.contents, stream(content))
        structure = Structure(document)
        structure.add(self.page, parts)
        structure.close()
        archival.put_description(document, binding.described([certificate]))
        return document.close(sha256(content).digest()[:16])
