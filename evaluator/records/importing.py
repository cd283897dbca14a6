"""Pages that bring in a workbook of facts: upload, preview, confirmation."""

from __future__ import annotations

from io import BytesIO

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from evaluator.access import NotAllowed, Permission, confirmed, current_actor, needs
from evaluator.database import db
from evaluator.organisations.details import today
from evaluator.organisations.form_pages import attempt, status_of
from evaluator.organisations.uploaded_workbooks import keep_workbook
from evaluator.records.applying import apply_import
from evaluator.records.blueprint import blueprint
from evaluator.records.brought import SUBJECT, brought_in_upload
from evaluator.records.previewing import (
    FactChange,
    RecordRow,
    RecordsPreview,
    preview_of_brought,
)
from evaluator.records.queries import RulesOfYear, rules_of_year, years_with_rule_sets
from evaluator.records.shown import value_words
from evaluator.records.workbook import workbook_of
from evaluator.web.errors import Refusal
from evaluator.web.languages import language
from evaluator.web.pages import page_among
from forms.records import ConfirmForm, ImportForm, year_choices

IMPORT = Permission.IMPORT_RECORDS
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/records/<int:year>/workbook.xlsx")
@needs(IMPORT)
def workbook(year: int) -> Response:
    """Give the workbook of a year with what is known so far, to fill in and upload."""
    content = workbook_of(db.session, current_actor(), year, _rules(year).rule_sets)
    return send_file(BytesIO(content), XLSX, as_attachment=True, download_name=f"facts-{year}.xlsx")


@blueprint.route("/records/import", methods=["GET", "POST"])
@needs(IMPORT)
def upload() -> ResponseReturnValue:
    """Take a workbook and show what it would make known; it changes nothing yet."""
    years = years_with_rule_sets(db.session)
    if not years:
        raise Refusal(
            gettext("No round has rule sets yet, so nobody could tell what the columns mean.")
        )
    form = ImportForm()
    form.year.choices = year_choices(years)
    if request.method == "GET":
        return render_template("records/import.html", form=form)
    if not form.validate():
        return render_template("records/import.html", form=form), 422
    digest = keep_workbook(SUBJECT, current_actor(), form.file.data.read())
    return redirect(url_for("records.preview", year=form.year.data, digest=digest))


@blueprint.get("/records/import/<int:year>/<digest>")
@needs(IMPORT)
def preview(year: int, digest: str) -> ResponseReturnValue:
    """Show what an uploaded workbook would make known."""
    actor, rules = current_actor(), _rules(year)
    brought = brought_in_upload(actor, digest, rules)
    found = preview_of_brought(db.session, actor, brought, year, rules.rule_sets)
    form = ConfirmForm()
    form.version.data, form.as_of.data = found.digest(), today()
    return _page(found, form, year, digest, rules)


@blueprint.post("/records/import/<int:year>/<digest>")
@needs(IMPORT)
@confirmed
def confirm(year: int, digest: str) -> ResponseReturnValue:
    """Make known exactly what the preview showed."""
    actor, form, rules = current_actor(), ConfirmForm(), _rules(year)
    brought = brought_in_upload(actor, digest, rules)

    def act() -> RecordsPreview:
        return apply_import(
            db.session,
            actor,
            brought=brought,
            file=digest,
            year=year,
            previewed=form.version.data or "",
            as_of=form.as_of.data or today(),
            reason=(form.reason.data or "").strip(),
        )

    done = attempt(form, act) if form.validate() else None
    if done is None:
        found = preview_of_brought(db.session, actor, brought, year, rules.rule_sets)
        form.version.data = found.digest()
        return _page(found, form, year, digest, rules), status_of(form)
    flash(gettext("Taken over: records of %(count)d organisations.", count=len(done.rows)))
    return redirect(url_for("records.listing", year=year))


def _rules(year: int) -> RulesOfYear:
    found = rules_of_year(db.session, year)
    if not found.rule_sets:
        raise NotAllowed(IMPORT)
    return found


def _page(
    found: RecordsPreview,
    form: ConfirmForm,
    year: int,
    digest: str,
    rules: RulesOfYear,
) -> str:
    def words(row: RecordRow, change: FactChange) -> tuple[str, str, str]:
        fact = rules.rule_sets[row.organisation.category or ""].facts[change.fact]
        values = (value_words(fact, each, language()) for each in (change.before, change.value))
        return (fact.label.say(language()), *values)  # type: ignore[return-value]

    return render_template(
        "records/preview.html",
        preview=found,
        page=page_among(found.problems or found.rows),
        form=form,
        year=year,
        digest=digest,
        words=words,
    )
