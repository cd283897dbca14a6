"""All certificates of a batch in one document, a page each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import BinaryIO

from reports.certificate import forms, objects, page, shared
from reports.certificate.container import Container
from reports.certificate.data import Certificate
from reports.certificate.font import Font
from reports.certificate.glyphs import refuse_missing
from reports.certificate.plan import CATALOG, INFO, OUTLINE, PAGES, Plan, catalog, crest, info


def write_certificates(certificates: Iterable[Certificate], out: BinaryIO) -> int:
    """Write all certificates as one document; give the number of its pages."""
    batch = list(certificates)
    if not batch:
        raise ValueError("no certificates: a document needs at least one page")
    refuse_missing(batch)
    plan = Plan.of(certificate.citation for certificate in batch)
    font = _font(batch, plan)
    container = Container(out)
    _put_shared(container, plan, font)
    identity = _put_pages(container, plan, font, batch)
    container.put(INFO, info(batch))
    container.close(CATALOG, INFO, identity)
    return len(batch)


def _font(batch: Sequence[Certificate], plan: Plan) -> Font:
    common = [text for citation in plan.citations for text in forms.texts(citation)]
    own = (text for certificate in batch for text in page.texts(certificate))
    return Font.of([*page.FIXED, *common, *own])


def _put_shared(container: Container, plan: Plan, font: Font) -> None:
    container.put(CATALOG, catalog())
    container.put_all(min(plan.artwork.numbers.values()), plan.artwork.objects)
    container.put_all(plan.font, font.objects(plan.font))
    for citation, number in plan.citations.items():
        words = forms.words(font, citation)
        container.put(number, shared.form(words, plan.word_resources()))


def _put_pages(container: Container, plan: Plan, font: Font, batch: Sequence[Certificate]) -> bytes:
    """Write the pages and what binds them; give a mark that depends on all of them."""
    seen, count = sha256(), len(batch)
    for index, certificate in enumerate(batch):
        citation = certificate.citation
        content = page.content(font, certificate, crest(citation), plan.words(citation))
        seen.update(content)
        number = plan.content(index)
        container.put(number, objects.stream(content))
        container.put(number + 1, plan.page(index))
        container.put(number + 2, plan.bookmark(index, count, certificate.organisation))
    container.put(PAGES, plan.pages(count))
    container.put(OUTLINE, plan.outline(count))
    return seen.digest()[:16]
