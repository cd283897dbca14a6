"""Which texts of a batch do not fit: asked before anything is written."""

from __future__ import annotations

from collections.abc import Iterable

from reports.certificate.data import Certificate, Citation, Overlong, OverlongTexts
from reports.certificate.layout import fits
from reports.certificate.templates.model import Template, TextField


def check_fit(certificates: Iterable[Certificate], template: Template) -> list[Overlong]:
    """List every text that would have to be smaller than its field allows, with its owner.

    The characters must have glyphs: ask that first.
    """
    awards: dict[Citation, list[tuple[TextField, str]]] = {}
    found = []
    for certificate in certificates:
        citation = certificate.citation
        if citation not in awards:
            awards[citation] = _unfit_words(template, citation)
        own = [(field, field.wording.on(certificate)) for field in template.own_texts]
        unfit = [*awards[citation], *((f, text) for f, text in own if not fits(f, text))]
        found += [
            Overlong(certificate.organisation, certificate.serial, field.name, text)
            for field, text in unfit
        ]
    return found


def _unfit_words(template: Template, citation: Citation) -> list[tuple[TextField, str]]:
    texts = ((field, field.wording.shared_with(citation)) for field in template.shared_texts)
    return [(field, text) for field, text in texts if not fits(field, text)]


def refuse_overlong(certificates: Iterable[Certificate], template: Template) -> None:
    """Stop, naming every organisation and text, unless all fit."""
    found = check_fit(certificates, template)
    if found:
        raise OverlongTexts(template.name, found)
