"""Which characters of a batch cannot be drawn: asked before anything is written."""

from __future__ import annotations

from collections.abc import Iterable

from reports.certificate import forms, page
from reports.certificate.data import Certificate, Citation, MissingGlyph, MissingGlyphs
from reports.certificate.faces import face_of, meant
from reports.certificate.templates import CERTIFICATE_A4, Template


def check_glyphs(
    certificates: Iterable[Certificate], template: Template = CERTIFICATE_A4
) -> list[MissingGlyph]:
    """List every character that no font can draw, with the organisation it belongs to."""
    known: set[str] = set()
    missing: dict[MissingGlyph, None] = {}
    words: dict[Citation, str] = {}
    for certificate in certificates:
        citation = certificate.citation
        if citation not in words:
            words[citation] = "".join(forms.texts(template, citation))
        text = "".join(page.texts(template, certificate)) + words[citation]
        known.update(character for character in set(text) - known if face_of(character))
        if known.issuperset(text):
            continue
        for character in text:
            if character not in known:
                shown = meant(character)
                missing[MissingGlyph(certificate.organisation, shown, ord(shown))] = None
    return list(missing)


def refuse_missing(
    certificates: Iterable[Certificate], template: Template = CERTIFICATE_A4
) -> None:
    """Stop, naming every organisation and character, unless all can be drawn."""
    missing = check_glyphs(certificates, template)
    if missing:
        raise MissingGlyphs(missing)
