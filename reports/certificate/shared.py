"""The artwork as form XObjects: drawn once, whatever document uses it."""

from __future__ import annotations

from functools import lru_cache

from reports.certificate import forms
from reports.certificate.artwork.paper import Paper
from reports.certificate.container import SMALLEST, Document
from reports.certificate.templates.model import Template


@lru_cache(maxsize=16)
def artwork(template: Template, crests: tuple[str, ...]) -> Document:
    """Begin a document with the artwork of awards that are shown with these crests."""
    document = Document(level=SMALLEST)
    paper = Paper(document)
    with paper.form(forms.FRAME):
        forms.frame(paper, template)
    with paper.form(forms.STAR):
        forms.level_star(paper, template)
    for crest in crests:
        with paper.form(crest):
            forms.crest(paper, template, model=crest == forms.CROWNED_CREST)
    document.put_drawn()
    return document
