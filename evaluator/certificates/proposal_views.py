"""What is to become of a certificate: proposed here, confirmed or refused by a second person."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import NotAllowed, Permission, confirmed, current_actor, needs
from evaluator.certificates.addresses import qr_address
from evaluator.certificates.blueprint import blueprint
from evaluator.certificates.certificate_views import show, template_of
from evaluator.certificates.models import Certificate
from evaluator.certificates.policy import manages
from evaluator.certificates.proposal_models import ProposalKind
from evaluator.certificates.proposing import Proposed, confirm, find_proposal, propose, withdraw
from evaluator.certificates.queries import find_certificate
from evaluator.database import db
from evaluator.web.wording import gettext
from forms.certificates import PROPOSE, AgreeForm, EndForm, ReplaceForm, RevokeForm, WithdrawForm

P = Permission
K = ProposalKind


@blueprint.post("/certificates/<int:certificate_id>/replace")
@needs(P.AWARD)
@confirmed
def issue_another(certificate_id: int) -> ResponseReturnValue:
    """Propose another certificate in the place of one."""
    found, form = _managed(certificate_id), ReplaceForm(prefix="replace-")
    return _proposed(found, K.REPLACE, form)


@blueprint.post("/certificates/<int:certificate_id>/revoke")
@needs(P.AWARD)
@confirmed
def take_back(certificate_id: int) -> ResponseReturnValue:
    """Propose to revoke one; then look at the award, where its level is to be taken away too."""
    found, form = _managed(certificate_id), RevokeForm(prefix="revoke-")
    answer = _proposed(found, K.REVOKE, form)
    if form.errors or form.award.data != PROPOSE:
        return answer
    flash(gettext("Now propose what becomes of the award; another organiser confirms it."))
    return redirect(url_for("awards.page", award_id=found.award_id, _anchor="change"))


@blueprint.post("/certificates/<int:certificate_id>/end")
@needs(P.AWARD)
@confirmed
def end(certificate_id: int) -> ResponseReturnValue:
    """Propose that a certificate ends before its last day."""
    found, form = _managed(certificate_id), EndForm(prefix="end-")
    return _proposed(found, K.END, form)


@blueprint.post("/certificates/<int:certificate_id>/proposals/<int:proposal_id>/confirm")
@needs(P.AWARD)
@confirmed
def agree(certificate_id: int, proposal_id: int) -> ResponseReturnValue:
    """Confirm a proposal as the second person."""
    found, form = _managed(certificate_id), AgreeForm(prefix="agree-")
    proposal = find_proposal(db.session, found, proposal_id)
    shown = confirm(
        db.session,
        current_actor(),
        proposal=proposal,
        template=template_of(found),
        address=qr_address(),
        version=form.version.data or 0,
    )
    if shown.id != found.id:
        flash(gettext("Issued anew: %(serial)s", serial=shown.serial))
    else:
        flash(gettext("Confirmed; it holds from now on."))
    return redirect(url_for("certificates.page", certificate_id=shown.id))


@blueprint.post("/certificates/<int:certificate_id>/proposals/<int:proposal_id>/withdraw")
@needs(P.AWARD)
def refuse(certificate_id: int, proposal_id: int) -> ResponseReturnValue:
    """Withdraw a proposal, or refuse it."""
    found, form = _managed(certificate_id), WithdrawForm(prefix="withdraw-")
    proposal = find_proposal(db.session, found, proposal_id)
    if not form.validate():
        return show(found, {"withdraw": form}), 422
    withdraw(
        db.session,
        current_actor(),
        proposal=proposal,
        reason=form.reason.data or "",
        version=form.version.data or 0,
    )
    flash(gettext("The proposal is taken back."))
    return _back(found)


def _proposed(
    found: Certificate, kind: ProposalKind, form: ReplaceForm | RevokeForm | EndForm
) -> ResponseReturnValue:
    if not form.validate():
        return show(found, {kind.value: form}), 422
    propose(
        db.session,
        current_actor(),
        certificate=found,
        proposed=Proposed(kind, form.reason.data or "", form.document.data or ""),
        template=template_of(found),
        version=form.version.data or 0,
    )
    flash(gettext("Proposed. It holds when another organiser has confirmed it."))
    return _back(found)


def _back(found: Certificate) -> ResponseReturnValue:
    return redirect(url_for("certificates.page", certificate_id=found.id))


def _managed(certificate_id: int) -> Certificate:
    if not manages(db.session, current_actor()):
        raise NotAllowed(P.AWARD)
    return find_certificate(db.session, current_actor(), P.AWARD, certificate_id)
