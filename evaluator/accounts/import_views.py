"""Pages by which many accounts are made from a workbook."""

from __future__ import annotations

from io import BytesIO

from flask import redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import Permission, confirmed, current_actor, needs
from evaluator.accounts import importing
from evaluator.accounts.account_rows import template
from evaluator.accounts.blueprint import blueprint
from evaluator.accounts.password_slips import passwords_text
from evaluator.accounts.words import ROLES
from evaluator.database import db
from evaluator.organisations.named_columns import UnreadableWorkbook
from evaluator.organisations.uploaded_workbooks import keep_workbook, kept_workbook
from evaluator.web.errors import Refusal
from forms.accounts import ImportAccountsForm

MANAGE = Permission.MANAGE_ACCOUNTS
SUBJECT = "accounts"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/accounts/import/template.xlsx")
@needs(MANAGE)
def import_template() -> ResponseReturnValue:
    """Give an empty workbook to fill in."""
    name = "accounts-template.xlsx"
    return send_file(BytesIO(template()), XLSX, as_attachment=True, download_name=name)


@blueprint.route("/accounts/import", methods=["GET", "POST"])
@needs(MANAGE)
@confirmed
def import_accounts() -> ResponseReturnValue:
    """Take a workbook to be looked at; it changes nothing yet."""
    form = ImportAccountsForm()
    if form.validate_on_submit():
        digest = keep_workbook(SUBJECT, current_actor(), form.file.data.read())
        return redirect(url_for("accounts.preview_import", digest=digest))
    return render_template("accounts/import.html", form=form, roles=ROLES)


@blueprint.get("/accounts/import/<digest>")
@needs(MANAGE)
@confirmed
def preview_import(digest: str) -> ResponseReturnValue:
    """Show what a workbook would do, and what is wrong with which row."""
    with kept_workbook(SUBJECT, current_actor(), digest) as path:
        try:
            preview = importing.preview_of(db.session, current_actor(), path)
        except UnreadableWorkbook as error:
            raise Refusal(str(error)) from error
    return render_template("accounts/preview.html", preview=preview, digest=digest)


@blueprint.post("/accounts/import/<digest>")
@needs(MANAGE)
@confirmed
def confirm_import(digest: str) -> ResponseReturnValue:
    """Make the accounts; their one-time passwords are shown once."""
    with kept_workbook(SUBJECT, current_actor(), digest) as path:
        try:
            made = importing.apply_import(db.session, current_actor(), path)
        except UnreadableWorkbook as error:
            raise Refusal(str(error)) from error
    return render_template("accounts/passwords_once.html", made=made, slips=passwords_text(made))
