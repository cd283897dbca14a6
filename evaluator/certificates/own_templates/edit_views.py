"""The page of a template: its text, what is wrong with it, and how it looks while it is written."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from io import BytesIO

from flask import Response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy.orm.exc import StaleDataError

from evaluator.access import NotAllowed, Permission, current_actor, needs
from evaluator.certificates.blueprint import blueprint
from evaluator.certificates.own_templates.findings import Findings, findings_of
from evaluator.certificates.own_templates.help import FACTS, ornaments
from evaluator.certificates.own_templates.models import TemplateVersion
from evaluator.certificates.own_templates.operations import add_picture, remove_picture, save
from evaluator.certificates.own_templates.previews import ALL, CUT, SHEET, Wish, document, shown
from evaluator.certificates.own_templates.queries import find_version, pictures_of, print_runs
from evaluator.certificates.own_templates.samples import NAMES
from evaluator.certificates.own_templates.sentences import Said, said
from evaluator.certificates.own_templates.uploads import UploadRefused, picture_of, plain_lines
from evaluator.certificates.pictures import one_at_a_time
from evaluator.certificates.preparing import obstacles
from evaluator.database import db
from evaluator.web.errors import Refusal
from evaluator.web.languages import language
from evaluator.web.service import takes_turn_late
from evaluator.web.wording import gettext
from forms.certificate_templates import (
    LookForm,
    RemoveTemplatePictureForm,
    TemplateActForm,
    TemplatePictureForm,
    TemplateTextForm,
)

P = Permission


@blueprint.get("/certificates/templates/<int:version_id>")
@needs(P.AWARD)
def template_page(version_id: int) -> str:
    """Show a version of a template: how it looks, its text, what the checks say of it."""
    return _page(_found(version_id), {})


@blueprint.post("/certificates/templates/<int:version_id>")
@needs(P.AWARD)
def save_template(version_id: int) -> ResponseReturnValue:
    """Keep the changed text of a draft, and show what the checks say of it."""
    found, form = _found(version_id), _text_form()
    if not form.validate_on_submit():
        return _page(found, {"edit": form}), 422
    text, version = plain_lines(form.text.data or ""), form.version.data or 0
    try:
        save(db.session, current_actor(), found=found, version=version, text=text)
    except StaleDataError:
        return _changed_meanwhile(version_id, form), 409
    look = {name: form[name].data for name in ("length", "level", "view")}
    return redirect(url_for("certificates.template_page", version_id=found.id, **look))


@blueprint.post("/certificates/templates/<int:version_id>/preview")
@takes_turn_late
@needs(P.AWARD)
def preview_template(version_id: int) -> ResponseReturnValue:
    """Show how a draft looks by the text that is being typed; nothing is kept."""
    found, form = _found(version_id), _text_form()
    if not form.validate_on_submit():
        return _page(found, {"edit": form}), 422
    return _page(found, {"edit": form}, plain_lines(form.text.data or ""))


@blueprint.post("/certificates/templates/<int:version_id>/pictures")
@needs(P.AWARD)
def add_template_picture(version_id: int) -> ResponseReturnValue:
    """Put a picture of the district's own beside a draft."""
    found, form = _found(version_id), TemplatePictureForm()
    if not form.validate_on_submit():
        return _page(found, {"adding": form}), 422
    try:
        name, picture = picture_of(form.file.data.filename or "", form.file.data.read())
    except UploadRefused as refused:
        form.file.errors = [str(refused)]
        return _page(found, {"adding": form}), 422
    version = form.version.data or 0
    add_picture(
        db.session, current_actor(), found=found, version=version, name=name, picture=picture
    )
    return _back(found)


@blueprint.post("/certificates/templates/<int:version_id>/pictures/remove")
@needs(P.AWARD)
def remove_template_picture(version_id: int) -> ResponseReturnValue:
    """Take a picture away from a draft."""
    found, form = _found(version_id), RemoveTemplatePictureForm()
    if form.validate_on_submit():
        remove_picture(
            db.session, current_actor(), found=found,
            version=form.version.data or 0, name=form.name.data or "",
        )  # fmt: skip
    return _back(found)


@blueprint.get("/certificates/templates/<int:version_id>/pictures/<name>")
@needs(P.AWARD)
def template_picture_file(version_id: int, name: str) -> Response:
    """Send a picture of a template, as it was written anew."""
    pictures = pictures_of(db.session, _found(version_id).pictures)
    if name not in pictures:
        raise NotAllowed("no such picture")
    return Response(pictures[name].content, mimetype=pictures[name].media_type)


@blueprint.get("/certificates/templates/<int:version_id>/download")
@needs(P.AWARD)
def download_template(version_id: int) -> Response:
    """Send the text of a template."""
    found = _found(version_id)
    name = f"{found.title}-{found.number}.yaml"
    content = BytesIO(found.text.encode())
    return send_file(content, "application/yaml", as_attachment=True, download_name=name)


@blueprint.get("/certificates/templates/<int:version_id>/sample.pdf")
@needs(P.AWARD)
def template_sample(version_id: int) -> Response:
    """Send a specimen as PDF, to be printed as a proof."""
    found, wish = _found(version_id), Wish.of(db.session, request.args)
    read = findings_of(found.text, pictures_of(db.session, found.pictures))
    paper = wish.level.paper(NAMES[wish.names[0]])
    if read.template is None or obstacles([paper], read.template):
        raise Refusal(gettext("Some characters or names cannot be printed by this template."))
    with one_at_a_time:
        data = document(read.template, paper, wish.view)
    return send_file(BytesIO(data), "application/pdf", download_name=f"{found.title}.pdf")


def on_lines(findings: Findings) -> dict[int, list[Said]]:
    """Return what is wrong on which line of the text."""
    found: dict[int, list[Said]] = {}
    for each in findings.problems:
        found.setdefault(each.where.line, []).append(said(each, language()))
    return found


def _changes(found: TemplateVersion, text: str) -> list[str]:
    """Return the lines that went since the version before, and those that came."""
    former = next(
        (each for each in found.template.versions if each.number == found.number - 1), None
    )
    if former is None:
        return []
    return [*difflib.unified_diff(former.text.split("\n"), text.split("\n"), n=1, lineterm="")][2:]


def _found(version_id: int) -> TemplateVersion:
    return find_version(db.session, current_actor(), version_id)


def _back(found: TemplateVersion) -> ResponseReturnValue:
    return redirect(url_for("certificates.template_page", version_id=found.id))


def _changed_meanwhile(version_id: int, form: TemplateTextForm) -> str:
    """Show what was typed above what somebody else wrote; a second save is a decision."""
    typed = plain_lines(form.text.data or "")
    db.session.rollback()
    found = _found(version_id)
    form.version.raw_data = None
    form.version.data = found.version
    form.text.errors = [
        gettext(
            "Somebody else changed this draft in the meantime. What you typed is kept here; their "
            "text can be downloaded. Bring both together, then save."
        )
    ]
    return _page(found, {"edit": form}, typed)


def _text_form() -> TemplateTextForm:
    form = TemplateTextForm()
    _offer_choices(form, Wish.of(db.session, request.form))
    return form


def _offer_choices(form: LookForm, wish: Wish) -> None:
    """Fill in what can be looked at, and what is looked at now."""
    lengths = {str(each): gettext("%(count)d characters", count=each) for each in NAMES}
    form.length.choices = [*lengths.items(), (ALL, gettext("All four beside each other"))]
    form.level.choices = [
        (each.key, each.zh if language() == "zh" else each.en) for each in wish.levels
    ]
    form.view.choices = [(CUT, gettext("As it is cut")),
                         (SHEET, gettext("Printer's sheet with bleed and crop marks"))]  # fmt: skip
    form.length.data, form.level.data, form.view.data = wish.length, wish.level.key, wish.view


def _page(found: TemplateVersion, given: Mapping[str, FlaskForm], typed: str | None = None) -> str:
    text = found.text if typed is None else typed
    findings = findings_of(text, pictures_of(db.session, found.pictures))
    wish = Wish.of(db.session, request.values)
    version = {"version": found.version}
    edit = TemplateTextForm(formdata=None, data={"text": text, **version})
    _offer_choices(edit, wish)
    versions = found.template.versions
    return render_template(
        "certificates/template_page.html",
        found=found,
        text=text,
        findings=findings,
        said=said,
        on_lines=on_lines(findings),
        previews_shown=list(shown(findings.template, wish)) if findings.template else (),
        wish=wish,
        changed=_changes(found, text),
        facts=FACTS,
        ornaments=ornaments(),
        printed=print_runs(db.session, [each.key for each in versions]),
        forms={
            "edit": edit,
            "adding": TemplatePictureForm(formdata=None, data=version),
            "removing": RemoveTemplatePictureForm(formdata=None, data=version),
            "act": TemplateActForm(formdata=None, data=version),
            "whole": TemplateActForm(formdata=None, data={"version": found.template.version}),
            **given,
        },
    )
