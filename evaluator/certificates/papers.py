"""Certificates drawn again from what the registry pinned: the same bytes at any time."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from evaluator.certificates.models import Certificate
from evaluator.certificates.own_templates.store import find_template, titles_on_offer
from evaluator.certificates.pinned import pinned_in
from evaluator.database import db
from reports.certificate import Certificate as Paper
from reports.certificate import Template, write_certificates
from reports.certificate.consignments import Consignment, by_committee
from reports.certificate.covers import write_covers
from reports.certificate.imposing import DoesNotFit, Imposition, filled, single, write_sheets


def template_named(name: str) -> Template:
    """Return a template; raises NotAllowed where there is none such."""
    return find_template(db.session, name)


def template_titles() -> dict[str, str]:
    """Return what the templates are called that batches may choose, by their names."""
    return titles_on_offer(db.session)


def document_of(certificates: Sequence[Certificate], template: Template) -> bytes:
    """Return one document with a page for each certificate."""
    out = BytesIO()
    write_certificates([paper_of(each) for each in certificates], out, template)
    return out.getvalue()


def covers_of(certificates: Sequence[Certificate]) -> bytes:
    """Return the cover sheets by which each committee hands its certificates out."""
    out = BytesIO()
    write_covers(_consignments(certificates), out)
    return out.getvalue()


def sheets_of(certificates: Sequence[Certificate], template: Template) -> bytes:
    """Return the sheets for a printer: with bleed and crop marks, a new one for each committee."""
    out = BytesIO()
    write_sheets(_consignments(certificates), out, template, layout_of(template))
    return out.getvalue()


def paper_of(certificate: Certificate) -> Paper:
    """Return a certificate as it is printed."""
    return pinned_in(certificate.facts).paper(certificate.token)


def _consignments(certificates: Sequence[Certificate]) -> Sequence[Consignment]:
    return by_committee((each.participant.committee, paper_of(each)) for each in certificates)


def layout_of(template: Template) -> Imposition:
    """Lay several on a sheet of A4 where they are small, each on one of its own where not."""
    try:
        several = filled(template.page)
    except DoesNotFit:
        return single(template.page)
    return several if several.places > 1 else single(template.page)
