"""Batches that are issued: drawn, published, downloaded, printed by further templates."""

from __future__ import annotations

from io import BytesIO

from flask import Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from sqlalchemy import select

from evaluator.access import NotAllowed, Permission, confirmed, current_actor, needs
from evaluator.certificates.blueprint import blueprint
from evaluator.certificates.models import Batch, PrintRun
from evaluator.certificates.own_templates.store import titles_of
from evaluator.certificates.papers import template_titles
from evaluator.certificates.policy import manages
from evaluator.certificates.printing import COVERS, SHEETS, WHOLE
from evaluator.certificates.publishing import go_on_printing, print_by, publish, stop_printing
from evaluator.certificates.queries import batches as all_batches
from evaluator.certificates.queries import find_batch, find_file, find_run
from evaluator.certificates.signed.views import signed_of
from evaluator.database import db
from evaluator.jobs.queries import Progress, progress
from evaluator.organisations.models import Organisation
from evaluator.storage import storage
from evaluator.web.pages import page_of
from evaluator.web.wording import gettext

P = Permission
COMMON = {
    WHOLE: lazy_gettext("The whole batch in one document"),
    COVERS: lazy_gettext("Cover sheets for handing out, by committee"),
    SHEETS: lazy_gettext("Sheets for the printer, with bleed and crop marks"),
}


@blueprint.get("/certificates/batches")
@needs(P.AWARD)
def batches() -> str:
    """List the batches, the newest first."""
    require_manager()
    page = page_of(db.session, all_batches())
    return render_template("certificates/batches.html", page=page)


@blueprint.get("/certificates/batches/<int:batch_id>")
@needs(P.AWARD)
def batch(batch_id: int) -> str:
    """Show a batch, how far its print files are, and what can be done with it."""
    found = _batch(batch_id)
    titles = template_titles()
    printed = {each.template for each in found.prints}
    runs = [(each, _progress(each)) for each in found.prints]
    signed = signed_of(db.session, found)
    drawing = any(each is not None and each.is_under_way for _run, each in runs)
    return render_template(
        "certificates/batch.html",
        batch=found,
        runs=runs,
        under_way=drawing or signed.is_under_way,
        signed=signed,
        file_titles=_file_titles(found),
        titles=titles_of(db.session, printed),
        others={name: words for name, words in titles.items() if name not in printed},
        act=FlaskForm(),
    )


@blueprint.post("/certificates/batches/<int:batch_id>/publish")
@needs(P.AWARD)
@confirmed
def publish_root(batch_id: int) -> ResponseReturnValue:
    """Publish the Merkle root of a batch."""
    publish(db.session, current_actor(), batch=_batch(batch_id))
    flash(gettext("The root of the batch is public now."))
    return _back(batch_id)


@blueprint.post("/certificates/batches/<int:batch_id>/prints")
@needs(P.AWARD)
def print_also(batch_id: int) -> ResponseReturnValue:
    """Print a batch by a further template."""
    template = request.form.get("template", "")
    if template not in template_titles():
        raise NotAllowed("no such template on offer")
    print_by(db.session, current_actor(), batch=_batch(batch_id), template=template)
    return _back(batch_id)


@blueprint.post("/certificates/batches/<int:batch_id>/prints/<template>/stop")
@needs(P.AWARD)
def stop(batch_id: int, template: str) -> ResponseReturnValue:
    """Stop drawing print files."""
    stop_printing(db.session, current_actor(), run=find_run(_batch(batch_id), template))
    return _back(batch_id)


@blueprint.post("/certificates/batches/<int:batch_id>/prints/<template>/resume")
@needs(P.AWARD)
def go_on(batch_id: int, template: str) -> ResponseReturnValue:
    """Go on drawing print files."""
    go_on_printing(db.session, current_actor(), run=find_run(_batch(batch_id), template))
    return _back(batch_id)


@blueprint.get("/certificates/batches/<int:batch_id>/prints/<template>/<name>")
@needs(P.AWARD)
def file(batch_id: int, template: str, name: str) -> Response:
    """Send a finished document of a batch."""
    found = find_file(find_run(_batch(batch_id), template), name)
    data = BytesIO(storage().get(found.storage_key))
    shown = f"{batch_id}-{template}-{found.name}"
    return send_file(data, "application/pdf", as_attachment=True, download_name=shown)


def require_manager() -> None:
    """Raise NotAllowed for who does not issue certificates of the whole district."""
    if not manages(db.session, current_actor()):
        raise NotAllowed(P.AWARD)


def _back(batch_id: int) -> ResponseReturnValue:
    return redirect(url_for("certificates.batch", batch_id=batch_id))


def _batch(batch_id: int) -> Batch:
    return find_batch(db.session, current_actor(), batch_id)


def _progress(run: PrintRun) -> Progress | None:
    return progress(db.session, run.job_id) if run.job_id is not None else None


def _file_titles(found: Batch) -> dict[str, str]:
    """Return what the files hold, by their names: whose certificates, or all of them."""
    names = {file.name for run in found.prints for file in run.files} - set(COMMON)
    ids = {int(name.removeprefix("committee-").removesuffix(".pdf")): name for name in names}
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids))
    common = {name: str(words) for name, words in COMMON.items()}
    return common | {ids[number]: name for number, name in db.session.execute(query)}
