"""Pages of evidence: all files of an application, what they prove, and the files themselves."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

import evaluator.evidence.upload_views  # noqa: F401 # registers its routes
from evaluator.access import Permission, current_actor, needs
from evaluator.database import db
from evaluator.evidence import operations, policy, queries
from evaluator.evidence.blueprint import blueprint, titles
from evaluator.evidence.models import EvidenceFile
from evaluator.evidence.receiving import receive_files
from evaluator.evidence.serving import served
from evaluator.rounds.models import Participant
from evaluator.rounds.queries import find_participant
from evaluator.web.addresses import safe_address
from forms.evidence import DateForm, FilesForm, LinkForm

P = Permission
MOST_MESSAGES = 6
"""Messages are kept in a cookie until the next page, which holds 4 KB."""


@blueprint.get("/applications/<int:participant_id>/evidence", endpoint="all")
@needs(P.SEE_APPLICATIONS)
def everything(participant_id: int) -> ResponseReturnValue:
    """Show all files of an application, whatever they prove."""
    actor = current_actor()
    participant = find_participant(db.session, actor, P.SEE_APPLICATIONS, participant_id)
    form = FilesForm(formdata=None)
    choices = [("", gettext("Say later")), *titles(participant).items()]
    form.indicator.choices = choices
    return render_template(
        "evidence/all.html",
        participant=participant,
        form=form,
        files=queries.files_of(db.session, participant_id),
        usage=queries.usage_of(db.session, participant_id),
        editable=policy.may_change(db.session, actor, participant),
    )


@blueprint.get("/applications/<int:participant_id>/evidence/<indicator_id>")
@needs(P.SEE_APPLICATIONS)
def of_indicator(participant_id: int, indicator_id: str) -> ResponseReturnValue:
    """Show the files that prove one indicator: a part of a page, for the script that uploads."""
    actor = current_actor()
    participant = find_participant(db.session, actor, P.SEE_APPLICATIONS, participant_id)
    if indicator_id not in titles(participant):
        abort(404)
    return render_template(
        "evidence/files.html",
        participant=participant,
        indicator_id=indicator_id,
        evidence_by_indicator=queries.evidence_of(db.session, participant_id),
        editable=policy.may_change(db.session, actor, participant),
    )


@blueprint.post("/applications/<int:participant_id>/evidence")
@needs(P.FILL_APPLICATIONS)
def add(participant_id: int) -> ResponseReturnValue:
    """Take in the files of a form, each by itself; those that are refused are told with reason."""
    actor = current_actor()
    participant = find_participant(db.session, actor, P.FILL_APPLICATIONS, participant_id)
    form = FilesForm()
    if not form.validate_on_submit():
        abort(400)
    kept, refusals = receive_files(db.session, actor, participant, form.indicator.data or "")
    if kept:
        flash(ngettext("%(num)d file is uploaded.", "%(num)d files are uploaded.", len(kept)))
    for words in refusals[:MOST_MESSAGES]:
        flash(words, "error")
    if len(refusals) > MOST_MESSAGES:
        more = len(refusals) - MOST_MESSAGES
        flash(gettext("%(more)d more files were refused.", more=more), "error")
    if not (kept or refusals):
        flash(gettext("Choose one file or several first."), "error")
    return _back(participant)


@blueprint.post("/evidence/<int:file_id>/date")
@needs(P.FILL_APPLICATIONS)
def set_date(file_id: int) -> ResponseReturnValue:
    """Set when what a file shows took place."""
    file = _file(file_id)
    form = DateForm(prefix=request.args.get("field", ""))
    if form.validate_on_submit():
        operations.set_evidence_date(
            db.session,
            current_actor(),
            file=file,
            version=form.version.data or 0,
            day=form.evidence_date.data,
        )
        flash(gettext("The date of %(name)s is saved.", name=file.name))
    else:
        flash(gettext("Give the date of %(name)s as 2026-03-05.", name=file.name), "error")
    return _back(file.participant)


@blueprint.post("/evidence/<int:file_id>/links")
@needs(P.FILL_APPLICATIONS)
def link(file_id: int) -> ResponseReturnValue:
    """Let a file prove a further indicator."""
    file = _file(file_id)
    form = LinkForm(prefix=f"file-{file_id}")
    if form.validate_on_submit():
        operations.link(db.session, current_actor(), file=file, indicator=form.indicator.data)
        flash(gettext("%(name)s proves it now as well.", name=file.name))
    else:
        flash(gettext("Choose an indicator first."), "error")
    return _back(file.participant)


@blueprint.post("/applications/<int:participant_id>/evidence/<indicator_id>")
@needs(P.FILL_APPLICATIONS)
def use(participant_id: int, indicator_id: str) -> ResponseReturnValue:
    """Let a file that is there already prove this indicator too."""
    actor = current_actor()
    participant = find_participant(db.session, actor, P.FILL_APPLICATIONS, participant_id)
    file_id = request.form.get(f"use-{indicator_id}", type=int)
    if file_id is None:
        flash(gettext("Choose a file first."), "error")
        return _back(participant)
    file = _file(file_id)
    if file.participant_id != participant_id:
        abort(404)
    operations.link(db.session, actor, file=file, indicator=indicator_id)
    flash(gettext("%(name)s proves it now as well.", name=file.name))
    return _back(participant)


@blueprint.post("/evidence/<int:file_id>/links/<indicator_id>/remove")
@needs(P.FILL_APPLICATIONS)
def unlink(file_id: int, indicator_id: str) -> ResponseReturnValue:
    """Take a file away from an indicator; one that proves nothing any more is removed."""
    file, actor = _file(file_id), current_actor()
    operations.unlink(db.session, actor, file=file, indicator=indicator_id)
    if file.indicators:
        flash(gettext("%(name)s is taken away here and stays elsewhere.", name=file.name))
    else:
        operations.remove_file(db.session, actor, file=file)
        flash(gettext("%(name)s is removed.", name=file.name))
    return _back(file.participant)


@blueprint.post("/evidence/<int:file_id>/remove")
@needs(P.FILL_APPLICATIONS)
def remove(file_id: int) -> ResponseReturnValue:
    """Remove a file from everything that it proves."""
    file = _file(file_id)
    operations.remove_file(db.session, current_actor(), file=file)
    flash(gettext("%(name)s is removed.", name=file.name))
    return _back(file.participant)


@blueprint.get("/files/<int:file_id>/<name>")
@needs(P.SEE_APPLICATIONS)
def download(file_id: int, name: str) -> Response:
    """Serve a file; its name in the address is for those who read it."""
    file = _file(file_id)
    if name != file.name:
        abort(404)
    return served(file)


def _file(file_id: int) -> EvidenceFile:
    return queries.find_file(db.session, current_actor(), file_id)


def _back(participant: Participant) -> ResponseReturnValue:
    """Go back to the place on the page that asked, else to all files."""
    asked = request.form.get("next", "")
    every = url_for("evidence.all", participant_id=participant.id)
    place = quote(request.args.get("at", ""), safe="")
    return redirect((safe_address(asked) if asked else every) + (f"#{place}" if place else ""))
