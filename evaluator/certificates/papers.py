"""Certificates drawn again from what the registry pinned: the same bytes at any time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from io import BytesIO

from evaluator.access import NotAllowed
from evaluator.certificates.models import Certificate
from evaluator.certificates.pinned import pinned_in
from evaluator.web.languages import language
from reports.certificate import SHIPPED, Template, shipped, write_certificates
from reports.certificate.templates import shipped_text


def template_named(name: str) -> Template:
    """Return a template; raises NotAllowed where there is none such."""
    if name not in SHIPPED:
        raise NotAllowed("no such template")
    return shipped(name)


def template_titles() -> dict[str, str]:
    """Return what the templates are called, by their names."""
    return {each: shipped(each).title[language()] for each in SHIPPED}


def digest_of(name: str) -> str:
    """Return by what it is known later whether a template is still the same."""
    return hashlib.sha256(shipped_text(name).encode()).hexdigest()


def document_of(certificates: Sequence[Certificate], template: Template) -> bytes:
    """Return one document with a page for each certificate."""
    out = BytesIO()
    papers = [pinned_in(each.facts).paper(each.token) for each in certificates]
    write_certificates(papers, out, template)
    return out.getvalue()
