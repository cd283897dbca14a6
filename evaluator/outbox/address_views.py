"""The page of one's own mail address."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from evaluator.access import current_actor, signed_in
from evaluator.accounts.form_fields import refuse, text
from evaluator.accounts.sessions import current_sign_in
from evaluator.database import db
from evaluator.outbox import own_address as operations
from evaluator.outbox import queries
from evaluator.outbox.addresses import NoAddress
from evaluator.outbox.blueprint import blueprint
from evaluator.outbox.settings import mail_is_configured
from forms.outbox import AddressForm, MailCodeForm


@blueprint.get("/account/mail")
@signed_in
def own_address() -> str:
    """Show where the caller's mail goes."""
    return _page(AddressForm(), MailCodeForm())


@blueprint.post("/account/mail")
@signed_in
def name_address() -> ResponseReturnValue:
    """Send a code to the address that the caller wants to use."""
    form, account = AddressForm(), current_sign_in().account
    if not form.validate_on_submit():
        return _page(form, MailCodeForm(formdata=None)), 422
    try:
        operations.send_code(
            db.session, current_actor(), account=account, address=text(form.address)
        )
    except NoAddress:
        words = gettext("Write one address such as name@example.org, in Latin letters.")
        refuse(form.address, words)
        return _page(form, MailCodeForm(formdata=None)), 422
    flash(gettext("A code is on its way. Look into your mailbox."), "message")
    return redirect(url_for("outbox.own_address"))


@blueprint.post("/account/mail/confirm")
@signed_in
def confirm_address() -> ResponseReturnValue:
    """Take the address into use that the code was sent to."""
    form, account = MailCodeForm(), current_sign_in().account
    if not form.validate_on_submit():
        return _page(AddressForm(formdata=None), form), 422
    try:
        operations.confirm_code(db.session, current_actor(), account=account, code=text(form.code))
    except operations.WrongCode:
        refuse(form.code, gettext("This code is wrong or over. Let a new one be sent."))
        # No error status: it would take back that the try was counted.
        return _page(AddressForm(formdata=None), form)
    flash(gettext("Your letters come by mail from now on."), "message")
    return redirect(url_for("outbox.own_address"))


@blueprint.post("/account/mail/remove")
@signed_in
def remove_address() -> ResponseReturnValue:
    """Send no more mail to the caller."""
    operations.remove_address(db.session, current_actor(), account=current_sign_in().account)
    flash(gettext("You get no more mail; read your letters here."), "message")
    return redirect(url_for("outbox.own_address"))


def _page(form: AddressForm, code_form: MailCodeForm) -> str:
    kept = queries.mail_address_of(db.session, current_sign_in().account_id)
    return render_template(
        "outbox/own_address.html",
        kept=kept,
        form=form,
        code_form=code_form,
        sends_mail=mail_is_configured(),
    )
