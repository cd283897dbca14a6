"""Pages of the own account."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than stubs

from evaluator.access import (
    NotAllowed,
    Permission,
    confirmed,
    current_actor,
    signed_in,
    without_second_factor,
)
from evaluator.accounts import own_operations, queries, signing_in
from evaluator.accounts.blueprint import blueprint
from evaluator.accounts.form_fields import refuse, text
from evaluator.accounts.models import ApiToken, SignIn
from evaluator.accounts.passwords import WeakPassword
from evaluator.accounts.second_factor import codes_left
from evaluator.accounts.sessions import current_sign_in, end_sign_ins
from evaluator.accounts.words import PERMISSIONS
from evaluator.database import db
from evaluator.web.errors import Refusal
from forms.accounts import LanguageForm, PasswordForm, TokenForm


@blueprint.get("/account")
@signed_in
def own() -> ResponseReturnValue:
    """Show the caller's own account."""
    current = current_sign_in()
    account = current.account
    return render_template(
        "accounts/own.html",
        account=account,
        current=current,
        form=LanguageForm(language=account.language),
        codes_left=codes_left(db.session, account),
        sign_ins=queries.sign_ins_of(db.session, account),
        tokens=queries.tokens_of(db.session, account),
    )


@blueprint.post("/account/language")
@signed_in
def choose_language() -> ResponseReturnValue:
    """Keep the language of the account; it goes before what this browser chose earlier."""
    form = LanguageForm()
    answer = redirect(url_for("accounts.own"))
    if form.validate_on_submit():
        account = current_sign_in().account
        own_operations.choose_language(account=account, language=form.language.data)
        answer.delete_cookie("language")
    return answer


@blueprint.route("/account/password", methods=["GET", "POST"])
@signed_in
@without_second_factor
def change_password() -> ResponseReturnValue:
    """Change the own password; the present one is asked for."""
    current = current_sign_in()
    if current.account.password_hash is None:
        words = gettext("You sign in through the identity provider; there is no password here.")
        raise Refusal(words)
    form = PasswordForm()
    if form.validate_on_submit() and _password_changed(form, current):
        flash(gettext("Your password is changed. Your other sessions have ended."), "message")
        return redirect(url_for("accounts.own"))
    first = current.account.must_change_password
    return render_template("accounts/change_password.html", form=form, first=first)


@blueprint.post("/account/sessions/<int:sign_in_id>/end")
@signed_in
def end_session(sign_in_id: int) -> ResponseReturnValue:
    """End one of the caller's own sessions."""
    found = db.session.get(SignIn, sign_in_id)
    if found is None or found.account_id != current_sign_in().account_id:
        raise NotAllowed("not a session of the caller")
    db.session.delete(found)
    return redirect(url_for("accounts.own"))


@blueprint.post("/account/sessions/end")
@signed_in
def end_other_sessions() -> ResponseReturnValue:
    """End all of the caller's sessions but this one."""
    current = current_sign_in()
    end_sign_ins(db.session, current.account_id, but=current)
    return redirect(url_for("accounts.own"))


@blueprint.route("/account/tokens/new", methods=["GET", "POST"])
@signed_in
@confirmed
def new_token() -> ResponseReturnValue:
    """Make a token for a program; it is shown once."""
    account = current_sign_in().account
    form = TokenForm(days="90")
    scopes = own_operations.grantable_scopes(account)
    form.scopes.choices = [SelectChoice(each.value, str(PERMISSIONS[each])) for each in scopes]
    if not form.validate_on_submit():
        return render_template("accounts/new_token.html", form=form)
    token = own_operations.issue_token(
        db.session,
        current_actor(),
        account=account,
        name=text(form.name),
        scopes=[Permission(each) for each in form.scopes.data or ()],
        lasts=timedelta(days=int(form.days.data)),
    )
    return render_template("accounts/token_once.html", token=token, name=text(form.name))


@blueprint.post("/account/tokens/<int:token_id>/revoke")
@signed_in
def revoke_token(token_id: int) -> ResponseReturnValue:
    """End one of the caller's own tokens."""
    found = db.session.get(ApiToken, token_id)
    if found is None or found.account_id != current_sign_in().account_id:
        raise NotAllowed("not a token of the caller")
    own_operations.revoke_token(db.session, current_actor(), token=found)
    return redirect(url_for("accounts.own"))


def _password_changed(form: PasswordForm, current: SignIn) -> bool:
    """Return whether the password was changed; else say at its field what is wrong."""
    if text(form.new) != text(form.again):
        refuse(form.again, gettext("The two passwords differ."))
        return False
    if not signing_in.confirm_password(db.session, current, text(form.old)):
        refuse(form.old, gettext("This is not your present password."))
        return False
    try:
        own_operations.change_password(
            db.session,
            current_actor(),
            sign_in=current,
            old=text(form.old),
            new=text(form.new),
        )
    except WeakPassword as error:
        refuse(form.new, str(error))
        return False
    return True
