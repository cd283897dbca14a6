"""Batches: looked at before they are issued, issued, drawn, published, downloaded."""

from __future__ import annotations

from io import BytesIO

from flask import Response, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy import select

from evaluator.access import NotAllowed, Permission, confirmed, current_actor, needs
from evaluator.certificates.addresses import is_official, qr_address
from evaluator.certificates.blueprint import blueprint
from evaluator.certificates.issuing import issue
from evaluator.certificates.models import Batch
from evaluator.certificates.papers import TEMPLATES, template_named
from evaluator.certificates.policy import manages
from evaluator.certificates.preparing import prepare
from evaluator.certificates.printing import WHOLE
from evaluator.certificates.publishing import go_on_printing, publish, stop_printing
from evaluator.certificates.queries import batches as all_batches
from evaluator.certificates.queries import find_batch, find_file
from evaluator.certificates.words import Titles
from evaluator.database import db
from evaluator.jobs.queries import Progress, progress
from evaluator.organisations.models import Organisation
from evaluator.rounds.models import Round
from evaluator.storage import storage
from evaluator.web.pages import page_of
from evaluator.web.wording import gettext
from forms.certificates import IssueForm

P = Permission


@blueprint.get("/certificates/batches")
@needs(P.AWARD)
def batches() -> str:
    """List the batches, the newest first."""
    _require_manager()
    page = page_of(db.session, all_batches())
    return render_template("certificates/batches.html", page=page)


@blueprint.get("/certificates/rounds/<int:round_id>")
@needs(P.AWARD)
@confirmed
def preview(round_id: int) -> str:
    """Show who would get a certificate, and what keeps a batch from beginning."""
    made = _round(round_id)
    return _preview(made, _form(formdata=None))


@blueprint.post("/certificates/rounds/<int:round_id>")
@needs(P.AWARD)
@confirmed
def give_out(round_id: int) -> ResponseReturnValue:
    """Issue a certificate to all who were shown."""
    made, form = _round(round_id), _form()
    if not form.validate():
        return _preview(made, form), 422
    batch = issue(
        db.session,
        current_actor(),
        made=made,
        template=template_named(form.template.data or ""),
        address=qr_address(),
        seen=form.seen.data or "",
    )
    flash(gettext("Certificates issued: %(count)d. Their print files are being drawn.",
                  count=batch.count))  # fmt: skip
    return redirect(url_for("certificates.batch", batch_id=batch.id))


@blueprint.get("/certificates/batches/<int:batch_id>")
@needs(P.AWARD)
def batch(batch_id: int) -> str:
    """Show a batch, how far its print files are, and what can be done with it."""
    found = _batch(batch_id)
    return render_template(
        "certificates/batch.html",
        batch=found,
        progress=_progress(found),
        whole=WHOLE,
        committees=_committees(found),
        act=FlaskForm(),
    )


@blueprint.post("/certificates/batches/<int:batch_id>/publish")
@needs(P.AWARD)
@confirmed
def publish_root(batch_id: int) -> ResponseReturnValue:
    """Publish the Merkle root of a batch."""
    publish(db.session, current_actor(), batch=_batch(batch_id))
    flash(gettext("The root of the batch is public now."))
    return redirect(url_for("certificates.batch", batch_id=batch_id))


@blueprint.post("/certificates/batches/<int:batch_id>/stop")
@needs(P.AWARD)
def stop(batch_id: int) -> ResponseReturnValue:
    """Stop drawing the print files."""
    stop_printing(db.session, current_actor(), batch=_batch(batch_id))
    return redirect(url_for("certificates.batch", batch_id=batch_id))


@blueprint.post("/certificates/batches/<int:batch_id>/resume")
@needs(P.AWARD)
def go_on(batch_id: int) -> ResponseReturnValue:
    """Go on drawing the print files."""
    go_on_printing(db.session, current_actor(), batch=_batch(batch_id))
    return redirect(url_for("certificates.batch", batch_id=batch_id))


@blueprint.get("/certificates/batches/<int:batch_id>/files/<name>")
@needs(P.AWARD)
def file(batch_id: int, name: str) -> Response:
    """Send a finished document of a batch."""
    found = find_file(_batch(batch_id), name)
    data = BytesIO(storage().get(found.storage_key))
    return send_file(
        data, "application/pdf", as_attachment=True, download_name=f"{batch_id}-{found.name}"
    )


def _require_manager() -> None:
    if not manages(db.session, current_actor()):
        raise NotAllowed(P.AWARD)


def _batch(batch_id: int) -> Batch:
    return find_batch(db.session, current_actor(), batch_id)


def _round(round_id: int) -> Round:
    _require_manager()
    found = db.session.get(Round, round_id)
    if found is None:
        raise NotAllowed("no such round")
    return found


def _form(**more: None) -> IssueForm:
    form = IssueForm(**more)
    form.template.choices = [(each, gettext("Certificate, A4")) for each in TEMPLATES]
    return form


def _preview(made: Round, form: IssueForm) -> str:
    prepared = prepare(db.session, made)
    form.seen.data = form.seen.data or prepared.digest
    return render_template(
        "certificates/preview.html",
        made=made,
        prepared=prepared,
        titles=Titles(),
        form=form,
        address=qr_address(),
        official=is_official(),
    )


def _progress(found: Batch) -> Progress | None:
    return progress(db.session, found.job_id) if found.job_id is not None else None


def _committees(found: Batch) -> dict[str, str]:
    """Return whose certificates a file holds, by its name."""
    numbers = [each.name for each in found.files if each.name != WHOLE]
    ids = {int(name.removeprefix("committee-").removesuffix(".pdf")): name for name in numbers}
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids))
    return {ids[number]: name for number, name in db.session.execute(query)}
