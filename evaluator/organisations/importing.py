"""Pages of the register as a workbook: export, template, import with its preview."""

from __future__ import annotations

from io import BytesIO

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from evaluator.access import Permission, confirmed, current_actor, needs
from evaluator.database import db
from evaluator.organisations.applying import apply_import
from evaluator.organisations.blueprint import blueprint
from evaluator.organisations.catalogue import catalogue
from evaluator.organisations.change_words import changes_in
from evaluator.organisations.details import today
from evaluator.organisations.form_pages import attempt, day_of, reason_of, status_of
from evaluator.organisations.previewing import columns_for, preview_of
from evaluator.organisations.proposals import Preview
from evaluator.organisations.queries import visible_names, visible_organisations
from evaluator.organisations.register_workbook import write_register
from evaluator.organisations.standing import standings_of
from evaluator.organisations.uploaded_workbooks import keep_workbook, kept_workbook
from evaluator.web.languages import language
from evaluator.web.pages import page_among
from forms.organisations import ConfirmImportForm, ImportForm

EDIT = Permission.EDIT_ORGANISATIONS
SEE = Permission.SEE_ORGANISATIONS
SUBJECT = "organisations"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/organisations/export.xlsx")
@needs(SEE)
def export() -> Response:
    """Give the visible register as a workbook, as an import takes it back."""
    query = visible_organisations(current_actor(), SEE)
    organisations = list(db.session.scalars(query))
    columns = columns_for(catalogue(db.session), organisations)
    standings = standings_of(db.session, query, today().year + 1)
    return _workbook(write_register(columns, organisations, standings), "register.xlsx")


@blueprint.get("/organisations/template.xlsx")
@needs(EDIT)
def template() -> Response:
    """Give an empty workbook to fill in."""
    columns = columns_for(catalogue(db.session), [])
    return _workbook(write_register(columns, [], {}), "register-template.xlsx")


@blueprint.route("/organisations/import", methods=["GET", "POST"])
@needs(EDIT)
def upload() -> ResponseReturnValue:
    """Take a workbook and show what it would do; it changes nothing yet."""
    form = ImportForm()
    if request.method == "GET":
        return render_template("organisations/import.html", form=form)
    if not form.validate():
        return render_template("organisations/import.html", form=form), 422
    digest = keep_workbook(SUBJECT, current_actor(), form.file.data.read())
    return redirect(url_for("organisations.preview", digest=digest))


@blueprint.get("/organisations/import/<digest>")
@needs(EDIT)
def preview(digest: str) -> ResponseReturnValue:
    """Show what an uploaded workbook would do to the register as it is now."""
    with kept_workbook(SUBJECT, current_actor(), digest) as path:
        found = preview_of(db.session, current_actor(), path)
    form = ConfirmImportForm()
    form.version.data, form.on.data = found.digest(), today()
    return _preview_page(found, form, digest)


@blueprint.post("/organisations/import/<digest>")
@needs(EDIT)
@confirmed
def confirm(digest: str) -> ResponseReturnValue:
    """Do exactly what the preview showed."""
    actor = current_actor()
    form = ConfirmImportForm()
    with kept_workbook(SUBJECT, actor, digest) as path:

        def act() -> Preview:
            return apply_import(
                db.session,
                actor,
                path=path,
                file=digest,
                previewed=form.version.data or "",
                on=day_of(form),
                reason=reason_of(form),
            )

        done = attempt(form, act) if form.validate() else None
        if done is None:
            found = preview_of(db.session, actor, path)
            form.version.data = found.digest()
            return _preview_page(found, form, digest), status_of(form)
    flash(
        gettext(
            "Taken over: %(new)d new organisations, %(changed)d changed ones.",
            new=len(done.new),
            changed=len(done.changed),
        )
    )
    return redirect(url_for("organisations.listing"))


def _preview_page(found: Preview, form: ConfirmImportForm, digest: str) -> str:
    rows = {"wrong": found.problems, "changed": found.changed, "new": found.new}
    filled = [tab for tab in rows if rows[tab]]
    asked = request.args.get("show", "")
    tab = asked if asked in rows else (filled or ["wrong"])[0]
    known = catalogue(db.session)
    page = page_among(rows[tab])
    numbers = {
        each.organisation.parent_id
        for each in found.changed
        if each.organisation is not None and each.organisation.parent_id
    }
    names = visible_names(db.session, current_actor(), numbers)
    return render_template(
        "organisations/preview.html",
        preview=found,
        form=form,
        digest=digest,
        tab=tab,
        page=page,
        changes_in=lambda each: changes_in(each, names, known, language()),
        known=known,
        column_words=columns_for(known, []).titled,
    )


def _workbook(content: bytes, name: str) -> Response:
    return send_file(BytesIO(content), XLSX, as_attachment=True, download_name=name)
