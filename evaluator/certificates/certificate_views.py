"""The page of a certificate: what it says, its document and history, replacing and revoking it."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from flask import Response, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy import select

from evaluator.access import NotAllowed, Permission, confirmed, current_actor, needs
from evaluator.accounts.models import Account
from evaluator.certificates.addresses import qr_address
from evaluator.certificates.blueprint import blueprint
from evaluator.certificates.changing import name_now, replace, revoke
from evaluator.certificates.models import Certificate
from evaluator.certificates.papers import document_of, paper_of, template_named
from evaluator.certificates.pictures import picture_of
from evaluator.certificates.pinned import pinned_in
from evaluator.certificates.policy import manages, may_replace
from evaluator.certificates.queries import certificates_of, find_certificate
from evaluator.certificates.signed_queries import signed_file_of
from evaluator.certificates.standing import standing_of
from evaluator.certificates.words import EVENTS, MARKS, STATES
from evaluator.database import db
from evaluator.web.wording import gettext
from forms.certificates import PROPOSE, ReplaceForm, RevokeForm
from reports.certificate import Template

P = Permission


@blueprint.get("/certificates/<int:certificate_id>")
@needs(P.SEE_AWARDS)
def page(certificate_id: int) -> str:
    """Show a certificate with its history."""
    return _page(_visible(certificate_id), {})


@blueprint.get("/certificates/<int:certificate_id>/document")
@needs(P.SEE_AWARDS)
def document(certificate_id: int) -> Response:
    """Send the certificate as it was printed, drawn again from what was pinned."""
    found = _visible(certificate_id)
    data = document_of([found], _template(found))
    return send_file(BytesIO(data), "application/pdf", download_name=f"{found.serial}.pdf")


@blueprint.get("/certificates/<int:certificate_id>/picture")
@needs(P.SEE_AWARDS)
def picture(certificate_id: int) -> Response:
    """Send a picture of the certificate."""
    found = _visible(certificate_id)
    answer = Response(picture_of(paper_of(found), _template(found)), mimetype="image/png")
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


@blueprint.post("/certificates/<int:certificate_id>/replace")
@needs(P.AWARD)
@confirmed
def issue_another(certificate_id: int) -> ResponseReturnValue:
    """Issue another certificate in the place of one."""
    found, form = _managed(certificate_id), ReplaceForm(prefix="replace-")
    if not form.validate():
        return _page(found, {"replace": form}), 422
    made = replace(
        db.session,
        current_actor(),
        certificate=found,
        reason=form.reason.data or "",
        document=form.document.data or "",
        template=_template(found),
        address=qr_address(),
        version=form.version.data or 0,
    )
    flash(gettext("Issued anew: %(serial)s", serial=made.serial))
    return redirect(url_for("certificates.page", certificate_id=made.id))


@blueprint.post("/certificates/<int:certificate_id>/revoke")
@needs(P.AWARD)
@confirmed
def take_back(certificate_id: int) -> ResponseReturnValue:
    """Revoke a certificate; then look at the award, where its level is to be taken away too."""
    found, form = _managed(certificate_id), RevokeForm(prefix="revoke-")
    if not form.validate():
        return _page(found, {"revoke": form}), 422
    revoke(
        db.session,
        current_actor(),
        certificate=found,
        reason=form.reason.data or "",
        document=form.document.data or "",
        version=form.version.data or 0,
    )
    flash(gettext("The certificate is revoked."))
    if form.award.data == PROPOSE:
        flash(gettext("Now propose what becomes of the award; another organiser confirms it."))
        return redirect(url_for("awards.page", award_id=found.award_id, _anchor="change"))
    return redirect(url_for("certificates.page", certificate_id=found.id))


def _template(found: Certificate) -> Template:
    """Return the template by which the batch of a certificate was printed first."""
    return template_named(found.batch.prints[0].template)


def _visible(certificate_id: int) -> Certificate:
    return find_certificate(db.session, current_actor(), P.SEE_AWARDS, certificate_id)


def _managed(certificate_id: int) -> Certificate:
    if not manages(db.session, current_actor()):
        raise NotAllowed(P.AWARD)
    return find_certificate(db.session, current_actor(), P.AWARD, certificate_id)


def _page(found: Certificate, given: Mapping[str, FlaskForm]) -> str:
    actor = current_actor()
    runs = manages(db.session, actor)
    known = {"version": found.version}
    forms = {
        "replace": ReplaceForm(formdata=None, prefix="replace-", data=known),
        "revoke": RevokeForm(formdata=None, prefix="revoke-", data=known),
    }
    return render_template(
        "certificates/page.html",
        certificate=found,
        pinned=pinned_in(found.facts),
        is_signed=signed_file_of(db.session, found) is not None,
        standing=standing_of(found),
        states=STATES,
        marks=MARKS,
        kinds=EVENTS,
        others=[each for each in certificates_of(db.session, actor, found.award_id)
                if each.id != found.id],
        standing_of=standing_of,
        people=_people(found) if runs else {},
        runs=runs,
        may_replace=runs and may_replace(found),
        name_now=name_now(db.session, found),
        forms={**forms, **given},
    )  # fmt: skip


def _people(found: Certificate) -> dict[int, str]:
    numbers = {each.account_id for each in found.events} - {None}
    query = select(Account.id, Account.name).where(Account.id.in_(numbers))
    return dict(db.session.execute(query).all())
