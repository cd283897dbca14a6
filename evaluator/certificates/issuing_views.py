"""A batch before it is issued: looked at, with pictures of the longest names, then issued."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import NotAllowed, Permission, confirmed, current_actor, needs
from evaluator.certificates.addresses import is_official, qr_address
from evaluator.certificates.batch_views import require_manager
from evaluator.certificates.blueprint import blueprint
from evaluator.certificates.issuing import issue
from evaluator.certificates.papers import template_named, template_titles
from evaluator.certificates.pictures import picture_of
from evaluator.certificates.preparing import prepare, specimen
from evaluator.certificates.words import Titles
from evaluator.database import db
from evaluator.rounds.models import Round
from evaluator.web.wording import gettext
from forms.certificates import IssueForm
from reports.certificate import Template

P = Permission
DEFAULT = "certificate-a4"
SPECIMENS = 3
"""Of how many of the longest names a picture is shown."""


@blueprint.get("/certificates/rounds/<int:round_id>")
@needs(P.AWARD)
@confirmed
def preview(round_id: int) -> str:
    """Show who would get a certificate, and what keeps a batch from beginning."""
    form = _form(formdata=None)
    form.template.data = _template(request.args.get("template", "")).name
    return _preview(_round(round_id), form)


@blueprint.get("/certificates/rounds/<int:round_id>/specimen/<int:award_id>")
@needs(P.AWARD)
def specimen_picture(round_id: int, award_id: int) -> Response:
    """Show how the certificate of an award will look, without its number and code."""
    template = _template(request.args.get("template", ""))
    prepared = prepare(db.session, _round(round_id), template)
    award = next((each for each in prepared.awards if each.id == award_id), None)
    if award is None or prepared.obstacles:
        raise NotAllowed("no such specimen")
    one = award.participant
    paper = specimen(award, prepared.rules[one.category], one.name)
    return Response(picture_of(paper, template), mimetype="image/png")


@blueprint.post("/certificates/rounds/<int:round_id>")
@needs(P.AWARD)
@confirmed
def give_out(round_id: int) -> ResponseReturnValue:
    """Issue a certificate to all who were shown."""
    made, form = _round(round_id), _form()
    if not form.validate():
        form.template.data = DEFAULT
        return _preview(made, form), 422
    batch = issue(
        db.session,
        current_actor(),
        made=made,
        template=template_named(form.template.data or ""),
        address=qr_address(),
        seen=form.seen.data or "",
    )
    words = gettext("Certificates issued: %(count)d. Their print files are being drawn.",
                    count=batch.count)  # fmt: skip
    flash(words)
    return redirect(url_for("certificates.batch", batch_id=batch.id))


def _round(round_id: int) -> Round:
    require_manager()
    found = db.session.get(Round, round_id)
    if found is None:
        raise NotAllowed("no such round")
    return found


def _template(name: str) -> Template:
    return template_named(name or DEFAULT)


def _form(**more: None) -> IssueForm:
    form = IssueForm(**more)
    form.template.choices = list(template_titles().items())
    return form


def _preview(made: Round, form: IssueForm) -> str:
    prepared = prepare(db.session, made, template_named(form.template.data or ""))
    form.seen.data = form.seen.data or prepared.digest
    longest = sorted(prepared.awards, key=lambda each: -len(each.participant.name))
    return render_template(
        "certificates/preview.html",
        made=made,
        prepared=prepared,
        specimens=() if prepared.obstacles else longest[:SPECIMENS],
        titles=Titles(),
        form=form,
        address=qr_address(),
        official=is_official(),
    )
