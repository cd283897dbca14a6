"""The list of templates: the program's own and the district's, and how a new one comes about."""

from __future__ import annotations

from functools import lru_cache

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from evaluator.access import NotAllowed, Permission, current_actor, needs
from evaluator.certificates.batch_views import require_manager
from evaluator.certificates.blueprint import blueprint
from evaluator.certificates.own_templates import edit_views, state_views
from evaluator.certificates.own_templates.findings import findings_of
from evaluator.certificates.own_templates.models import TemplateVersion
from evaluator.certificates.own_templates.operations import begin
from evaluator.certificates.own_templates.previews import picture
from evaluator.certificates.own_templates.queries import (
    find_version,
    own_templates,
    pictures_of,
    print_runs,
)
from evaluator.certificates.own_templates.samples import SPECIMEN
from evaluator.certificates.own_templates.uploads import UploadRefused, text_of, title_of
from evaluator.database import db
from evaluator.web.languages import language
from forms.certificate_templates import UploadTemplateForm
from reports.certificate import SHIPPED, Template, shipped
from reports.certificate.templates import shipped_text

MODULES = (edit_views, state_views)
"""The other pages of templates; importing them registers them."""
P = Permission
ACROSS = 420
"""Points across a picture in the list."""


@blueprint.get("/certificates/templates")
@needs(P.AWARD)
def templates() -> str:
    """List the templates with a picture of each."""
    require_manager()
    return _listing(UploadTemplateForm())


@blueprint.post("/certificates/templates")
@needs(P.AWARD)
def upload_template() -> ResponseReturnValue:
    """Begin a template from an uploaded file, right or wrong."""
    require_manager()
    form = UploadTemplateForm()
    if not form.validate_on_submit():
        return _listing(form), 422
    name = form.file.data.filename or ""
    try:
        text = text_of(form.file.data.read())
    except UploadRefused as refused:
        form.file.errors = [str(refused)]
        return _listing(form), 422
    read = findings_of(text, {}).template
    title = (read.title["zh"] or read.name) if read else title_of(name)
    return _begun(begin(db.session, current_actor(), text=text, title=title, origin=name))


@blueprint.post("/certificates/templates/copy")
@needs(P.AWARD)
def copy_template() -> ResponseReturnValue:
    """Begin a template as a copy of one of the program or of the district."""
    require_manager()
    name, actor = request.form.get("template", ""), current_actor()
    if name in SHIPPED:
        title = shipped(name).title["zh"]
        return _begun(begin(db.session, actor, text=shipped_text(name), title=title, origin=name))
    found = find_version(db.session, actor, request.form.get("version_id", 0, int))
    return _begun(
        begin(
            db.session,
            actor,
            text=found.text,
            title=found.title,
            pictures=found.pictures,
            origin=found.key,
        )
    )


@blueprint.get("/certificates/templates/shipped/<name>/picture")
@needs(P.AWARD)
def shipped_picture(name: str) -> Response:
    """Send a picture of a template that comes with the program."""
    require_manager()
    if name not in SHIPPED:
        raise NotAllowed("no such template")
    return _png(_drawn(shipped(name)))


@blueprint.get("/certificates/templates/<int:version_id>/picture")
@needs(P.AWARD)
def template_picture(version_id: int) -> Response:
    """Send a picture of a template of the district, as far as it can be drawn."""
    found = find_version(db.session, current_actor(), version_id)
    read = findings_of(found.text, pictures_of(db.session, found.pictures))
    if not read.holds or read.template is None:
        raise NotAllowed("it cannot be drawn")
    return _png(_drawn(read.template))


@lru_cache(64)
def _drawn(template: Template) -> bytes:
    return picture(template, SPECIMEN, ACROSS)


def _png(content: bytes) -> Response:
    answer = Response(content, mimetype="image/png")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


def _begun(found: TemplateVersion) -> ResponseReturnValue:
    return redirect(url_for("certificates.template_page", version_id=found.id))


def _listing(form: UploadTemplateForm) -> str:
    found = own_templates(db.session)
    printed = print_runs(db.session, [each.key for one in found for each in one.versions])
    return render_template(
        "certificates/template_list.html",
        shipped={name: shipped(name).title[language()] for name in SHIPPED},
        templates=found,
        used={one.id: sum(printed.get(each.key, 0) for each in one.versions) for one in found},
        upload=form,
        act=FlaskForm(),
    )
