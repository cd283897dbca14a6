"""Pages of signing in and out, and of proving anew who one is."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from evaluator.access import public, signed_in, without_second_factor
from evaluator.accounts import confirming, half_way, sessions, signing_in
from evaluator.accounts.blueprint import blueprint
from evaluator.accounts.form_fields import refuse, text
from evaluator.accounts.models import Account
from evaluator.accounts.provider import is_configured
from evaluator.accounts.second_factor import codes_left
from evaluator.database import db
from evaluator.web.addresses import safe_address
from forms.accounts import CodeForm, ConfirmForm, SignInForm


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Show the log-in page; take the log-in name and password."""
    if g.get("actor") and request.method == "GET":
        return redirect(onward())
    form = SignInForm()
    if form.validate_on_submit():
        account = signing_in.check_password(db.session, text(form.login_name), text(form.password))
        if account is not None:
            return go_on(account, "password", onward())
        refuse(form.password, gettext("Log-in name and password do not fit together."))
    return render_template("accounts/sign_in.html", form=form, provider=is_configured())


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@public
def enter_code() -> ResponseReturnValue:
    """Take the code of the second factor from whoever has given the password."""
    found = half_way.who(db.session)
    if found is None:
        return redirect(url_for("accounts.sign_in", next=onward()))
    account, way = found
    form = CodeForm()
    if form.validate_on_submit():
        address = onward()
        used = signing_in.check_code(db.session, account, text(form.code), way)
        if used == "recovery_code":
            _tell_of_codes(account)
        if used is not None:
            return redirect(address)
        refuse(form.code, gettext("This code is not right, or was used before."))
    return render_template("accounts/enter_code.html", form=form)


@blueprint.post("/sign-out")
@signed_in
@without_second_factor
def sign_out() -> ResponseReturnValue:
    """End the session of this browser."""
    sessions.end_sign_in(db.session)
    return redirect(url_for("accounts.sign_in"))


@blueprint.route("/confirm", methods=["GET", "POST"])
@signed_in
@without_second_factor
def confirm() -> ResponseReturnValue:
    """Ask the person anew for a password or code before a dangerous act."""
    form = ConfirmForm()
    if form.is_submitted() and confirming.check(form):
        return redirect(onward())
    return render_template("accounts/confirm.html", form=form, provider=confirming.is_linked())


def go_on(account: Account, way: str, address: str) -> ResponseReturnValue:
    """Sign an account in, or ask for its code first; then lead on to an address."""
    if signing_in.go_half_way(db.session, account, way):
        return redirect(url_for("accounts.enter_code", next=address))
    signing_in.enter(db.session, account, way=way)
    return redirect(address)


def onward() -> str:
    """Return where to go on, which is never away from here."""
    return safe_address(request.args.get("next", "/"))


def _tell_of_codes(account: Account) -> None:
    """Tell whoever came by a recovery code how many are left."""
    left = codes_left(db.session, account)
    flash(gettext("Recovery codes that are left: %(count)s", count=left), "message")
