"""The page of a certificate: what it says, its document and history, what is proposed of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

from flask import Response, render_template, send_file
from flask_wtf import FlaskForm
from sqlalchemy import select

from evaluator.access import Permission, current_actor, needs
from evaluator.accounts.models import Account
from evaluator.awards.policy import sees_proposals
from evaluator.certificates.blueprint import blueprint
from evaluator.certificates.changing import name_now
from evaluator.certificates.models import Certificate
from evaluator.certificates.papers import document_of, paper_of, template_named
from evaluator.certificates.pictures import picture_of
from evaluator.certificates.pinned import pinned_in
from evaluator.certificates.policy import manages, may_replace
from evaluator.certificates.proposal_models import CertificateProposal
from evaluator.certificates.proposing import may_confirm, proposals_of
from evaluator.certificates.queries import certificates_of, find_certificate
from evaluator.certificates.signed.queries import signed_file_of
from evaluator.certificates.standing import standing_of
from evaluator.certificates.words import EVENTS, MARKS, PROPOSALS, STATES
from evaluator.database import db
from forms.certificates import AgreeForm, EndForm, ReplaceForm, RevokeForm, WithdrawForm
from reports.certificate import Template

P = Permission


@blueprint.get("/certificates/<int:certificate_id>")
@needs(P.SEE_AWARDS)
def page(certificate_id: int) -> str:
    """Show a certificate with its history."""
    return show(_visible(certificate_id), {})


@blueprint.get("/certificates/<int:certificate_id>/document")
@needs(P.SEE_AWARDS)
def document(certificate_id: int) -> Response:
    """Send the certificate as it was printed, drawn again from what was pinned."""
    found = _visible(certificate_id)
    data = document_of([found], template_of(found))
    return send_file(BytesIO(data), "application/pdf", download_name=f"{found.serial}.pdf")


@blueprint.get("/certificates/<int:certificate_id>/picture")
@needs(P.SEE_AWARDS)
def picture(certificate_id: int) -> Response:
    """Send a picture of the certificate."""
    found = _visible(certificate_id)
    answer = Response(picture_of(paper_of(found), template_of(found)), mimetype="image/png")
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


def template_of(found: Certificate) -> Template:
    """Return the template by which the batch of a certificate was printed first."""
    return template_named(found.batch.prints[0].template)


def _visible(certificate_id: int) -> Certificate:
    return find_certificate(db.session, current_actor(), P.SEE_AWARDS, certificate_id)


def show(found: Certificate, given: Mapping[str, FlaskForm]) -> str:
    """Return the page of a certificate, with the forms that were given where they are wrong."""
    actor = current_actor()
    runs, told = manages(db.session, actor), sees_proposals(actor, found.participant.path)
    proposals = proposals_of(db.session, found) if told else []
    pending = next((each for each in proposals if each.is_pending), None)
    standing = standing_of(found)
    return render_template(
        "certificates/page.html",
        certificate=found,
        pinned=pinned_in(found.facts),
        is_signed=signed_file_of(db.session, found) is not None,
        standing=standing,
        states=STATES,
        marks=MARKS,
        kinds=EVENTS,
        others=[each for each in certificates_of(db.session, actor, found.award_id)
                if each.id != found.id],
        standing_of=standing_of,
        people=_people(found, proposals) if told else {},
        runs=runs,
        changes=PROPOSALS,
        pending=pending,
        withdrawn=[each for each in proposals if each.withdrawn_at is not None],
        may_confirm=pending is not None and may_confirm(actor, pending),
        may_replace=runs and pending is None and may_replace(found),
        may_end=runs and pending is None and standing.is_valid,
        name_now=name_now(db.session, found),
        forms={**_forms(found), **given},
    )  # fmt: skip


def _forms(found: Certificate) -> dict[str, FlaskForm]:
    known = {"version": found.version}
    kinds = {
        "replace": ReplaceForm,
        "revoke": RevokeForm,
        "end": EndForm,
        "agree": AgreeForm,
        "withdraw": WithdrawForm,
    }
    return {
        name: form(formdata=None, prefix=f"{name}-", data=known) for name, form in kinds.items()
    }


def _people(found: Certificate, proposals: Sequence[CertificateProposal]) -> dict[int, str]:
    events = {number for each in found.events for number in (each.account_id, each.proposed_by)}
    numbers = (events | {each.proposed_by for each in proposals}) - {None}
    query = select(Account.id, Account.name).where(Account.id.in_(numbers))
    return dict(db.session.execute(query).all())
