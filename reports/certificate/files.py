"""A file for each certificate: what they share is prepared once and copied."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from reports.certificate import forms, objects, page, shared
from reports.certificate.container import Container, Continued
from reports.certificate.data import Certificate, Citation
from reports.certificate.font import Font
from reports.certificate.glyphs import refuse_missing
from reports.certificate.plan import CATALOG, INFO, OUTLINE, PAGES, Plan, catalog, crest, info

_UNSAFE = re.compile(r"[^\w-]+")
_USUAL = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-"


def write_each(certificates: Iterable[Certificate], directory: Path) -> list[Path]:
    """Write one file for each certificate, named by its serial number.

    Each file appears whole or not at all, and writing it again gives the same bytes.
    """
    batch = list(certificates)
    refuse_missing(batch)
    names = _names(batch)
    prepared: dict[tuple[Citation, str], Prepared] = {}
    paths = []
    for certificate, name in zip(batch, names, strict=True):
        key = certificate.citation, certificate.verify_base
        if key not in prepared:
            prepared[key] = Prepared.of(*key)
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

    plan: Plan
    font: Font
    words: bytes
    start: bytes
    places: dict[int, int]

    @classmethod
    def of(cls, citation: Citation, verify_base: str) -> Prepared:
        """Write everything that does not depend on the certificate."""
        plan = Plan.of([citation])
        font = Font.of([*page.FIXED, *forms.texts(citation), verify_base, _USUAL])
        out = io.BytesIO()
        container = Container(out)
        container.put(CATALOG, catalog())
        container.put(PAGES, plan.pages(1))
        container.put(OUTLINE, plan.outline(1))
        container.put_all(min(plan.artwork.numbers.values()), plan.artwork.objects)
        words = shared.form(forms.words(font, citation), plan.word_resources())
        container.put(plan.citations[citation], words)
        container.put(plan.content(0) + 1, plan.page(0))
        return cls(plan, font, plan.words(citation), out.getvalue(), container.places)

    def document(self, certificate: Certificate) -> bytes:
        """Give the whole file of one certificate."""
        plan = self.plan
        font = self.font.extended("".join(page.texts(certificate)))
        content = page.content(font, certificate, crest(certificate.citation), self.words)
        out = io.BytesIO()
        container = Continued(out, self.start, self.places)
        container.put(INFO, info([certificate]))
        # The font is two thirds of the work to compress and would shrink by a quarter only.
        container.put_all(plan.font, font.objects(plan.font, objects.PLAIN))
        container.put(plan.content(0), objects.stream(content))
        container.put(plan.content(0) + 2, plan.bookmark(0, 1, certificate.organisation))
        container.close(CATALOG, INFO, sha256(content).digest()[:16])
        return out.getvalue()
