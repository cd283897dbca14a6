"""Certificates drawn again from what the registry pinned: the same bytes at any time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from io import BytesIO

from evaluator.access import NotAllowed
from evaluator.certificates.models import Certificate
from evaluator.certificates.pinned import pinned_in
from reports.certificate import write_certificates
from reports.certificate.templates import CERTIFICATE_A4, Template

TEMPLATES = {each.name: each for each in (CERTIFICATE_A4,)}


def template_named(name: str) -> Template:
    """Return a template; raises NotAllowed where there is none such."""
    if name not in TEMPLATES:
        raise NotAllowed("no such template")
    return TEMPLATES[name]


def digest_of(template: Template) -> str:
    """Return by what it is known later whether a template is still the same."""
    return hashlib.sha256(repr(template).encode()).hexdigest()


def document_of(certificates: Sequence[Certificate], template: Template) -> bytes:
    """Return one document with a page for each certificate."""
    out = BytesIO()
    write_certificates(
        [pinned_in(each.facts).paper(each.token) for each in certificates], out, template
    )
    return out.getvalue()
