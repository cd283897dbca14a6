"""Pages of objections: for those who handle them, for organisers, for supervisors."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import Response, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import NotAllowed, Permission, current_actor, needs, signed_in
from evaluator.accounts.models import Account
from evaluator.database import db
from evaluator.evidence.checks.verdict import IMAGES, PDF
from evaluator.notices.blueprint import blueprint
from evaluator.notices.handling import appoint, conclude, give_opinion, majority
from evaluator.notices.models import Attachment, Objection, ObjectionState
from evaluator.notices.policy import (
    candidates,
    excluded,
    handler_of,
    runs,
    sees_person,
)
from evaluator.notices.queries import find_objection, said, visible_objections
from evaluator.notices.words import objection_state
from evaluator.storage import storage
from evaluator.web.errors import Refusal
from evaluator.web.pages import page_of
from evaluator.web.wording import gettext
from forms.notices import AppointForm, OpinionForm, OutcomeForm

P = Permission
blueprint.add_app_template_global(objection_state)


@blueprint.get("/objections")
@signed_in
def objections() -> str:
    """List the objections that the caller handles or sees."""
    actor = current_actor()
    if not (actor.may(P.HANDLE_OBJECTIONS) or actor.may(P.SEE_OBJECTIONS)):
        raise NotAllowed(P.HANDLE_OBJECTIONS)
    page = page_of(db.session, visible_objections(db.session, actor))
    return render_template("notices/objections.html", page=page, actor=actor)


@blueprint.get("/objections/<int:objection_id>", endpoint="objection")
@signed_in
def show(objection_id: int) -> str:
    """Show an objection as far as the caller may read it."""
    return _page(find_objection(db.session, current_actor(), objection_id))


@blueprint.post("/objections/<int:objection_id>/panel")
@needs(P.PUBLISH_NOTICES)
def set_panel(objection_id: int) -> ResponseReturnValue:
    """Appoint the second panel."""
    objection, form = _run(objection_id), AppointForm()
    if not form.validate_on_submit():
        return _page(objection, appoint_form=form), 422
    appoint(
        db.session,
        current_actor(),
        objection=objection,
        account_ids=form.handlers.data or [],
        version=_version(form),
    )
    return _back(objection)


@blueprint.post("/objections/<int:objection_id>/opinion")
@needs(P.HANDLE_OBJECTIONS)
def opine(objection_id: int) -> ResponseReturnValue:
    """Keep the opinion of a member of the second panel."""
    objection = find_objection(db.session, current_actor(), objection_id)
    if handler_of(current_actor(), objection) is None:
        raise NotAllowed(P.HANDLE_OBJECTIONS)
    form = OpinionForm()
    if not form.validate_on_submit():
        return _page(objection, opinion_form=form), 422
    upholds = form.upholds.data == "yes"
    give_opinion(
        db.session,
        current_actor(),
        objection=objection,
        upholds=upholds,
        opinion=form.opinion.data or "",
    )
    return _back(objection)


@blueprint.post("/objections/<int:objection_id>/outcome")
@needs(P.PUBLISH_NOTICES)
def state_outcome(objection_id: int) -> ResponseReturnValue:
    """State the outcome of an objection."""
    objection, form = _run(objection_id), OutcomeForm()
    if not form.validate_on_submit():
        return _page(objection, outcome_form=form), 422
    try:
        conclude(
            db.session,
            current_actor(),
            objection=objection,
            outcome=ObjectionState(form.outcome.data),
            reason=form.reason.data or "",
            version=_version(form),
        )
    except Refusal as refusal:
        # What was typed stays, the words stand beside it.
        db.session.rollback()
        form.reason.errors = [refusal.words]
        return _page(_run(objection_id), outcome_form=form), 422
    return _back(objection)


@blueprint.get("/objections/<int:objection_id>/files/<int:file_id>")
@needs(P.HANDLE_OBJECTIONS)
def attachment(objection_id: int, file_id: int) -> Response:
    """Send an attached file to those who handle the objection."""
    objection = find_objection(db.session, current_actor(), objection_id)
    found = next((each for each in objection.attachments if each.id == file_id), None)
    if found is None or not sees_person(current_actor(), objection):
        raise NotAllowed(P.HANDLE_OBJECTIONS)
    return _sent(found, BytesIO(storage().get(found.storage_key)))


def _sent(found: Attachment, content: Any) -> Response:
    answer = send_file(
        content,
        mimetype=found.media_type,
        as_attachment=found.media_type not in IMAGES | {PDF},
        download_name=found.name,
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _run(objection_id: int) -> Objection:
    """Return an objection that the caller runs; raises NotAllowed."""
    objection = find_objection(db.session, current_actor(), objection_id)
    if not runs(current_actor(), objection):
        raise NotAllowed(P.PUBLISH_NOTICES)
    return objection


def _page(
    objection: Objection,
    appoint_form: AppointForm | None = None,
    opinion_form: OpinionForm | None = None,
    outcome_form: OutcomeForm | None = None,
) -> str:
    actor, mine = current_actor(), handler_of(current_actor(), objection)
    version = {"version": objection.version}
    return render_template(
        "notices/objection.html",
        objection=objection,
        name=said(objection.entry.notice).name(objection.entry.id),
        runs=runs(actor, objection) and objection.outcome_at is None,
        mine=mine,
        person=sees_person(actor, objection),
        # Each gives an opinion before reading those of the others.
        reads_opinions=mine is None or mine.at is not None,
        majority=majority(objection),
        appoint_form=appoint_form or AppointForm(formdata=None, data=version),
        panel=_panel(objection) if runs(actor, objection) else [],
        opinion_form=opinion_form or _opinion_form(mine),
        outcome_form=outcome_form or OutcomeForm(formdata=None, data=version),
    )


def _panel(objection: Objection) -> list[tuple[Account, str, bool]]:
    """Return who could be on the second panel, each with why not, and whether it is."""
    participant = objection.entry.participant
    found = candidates(db.session, participant)
    reasons = excluded(db.session, participant, [each.id for each in found])
    there = {each.account_id for each in objection.handlers}
    return [(each, reasons.get(each.id, ""), each.id in there) for each in found]


def _opinion_form(mine: Any) -> OpinionForm:
    if mine is None or mine.at is None:
        return OpinionForm(formdata=None)
    upholds = "yes" if mine.upholds else "no"
    return OpinionForm(formdata=None, data={"upholds": upholds, "opinion": mine.opinion})


def _version(form: Any) -> int:
    return int(form.version.data) if str(form.version.data or "").isdecimal() else 0


def _back(objection: Objection) -> ResponseReturnValue:
    flash(gettext("Kept."))
    return redirect(url_for("notices.objection", objection_id=objection.id))
