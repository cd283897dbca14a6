"""Pages of the second factor: setting it up, and new recovery codes."""

from __future__ import annotations

from flask import render_template, url_for
from flask import session as browser_session
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from evaluator.access import confirmed, current_actor, signed_in, without_second_factor
from evaluator.accounts import own_operations, second_factor
from evaluator.accounts.blueprint import blueprint
from evaluator.accounts.form_fields import refuse, text
from evaluator.accounts.sealing import seal, unseal
from evaluator.accounts.sessions import current_sign_in
from evaluator.database import db, now
from forms.accounts import SecondFactorForm

_SECRET = "new_second_factor"  # noqa: S105 - the name of a place, not a secret


@blueprint.route("/account/second-factor", methods=["GET", "POST"])
@signed_in
@without_second_factor
@confirmed
def set_up_second_factor() -> ResponseReturnValue:
    """Show the QR code of a new second factor; take it into use once its first code is right."""
    form = SecondFactorForm()
    secret = _secret()
    if form.validate_on_submit():
        step = second_factor.accepted_step(secret, text(form.code), 0, now())
        if step is not None:
            return _set_up(secret, step)
        refuse(form.code, gettext("This code is not right. Is the clock of your phone right?"))
    account = current_sign_in().account
    address = second_factor.enrolment_address(secret, account.login_name, gettext("Star rating"))
    return render_template(
        "accounts/set_up_second_factor.html",
        form=form,
        picture=second_factor.qr_picture(address),
        secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        replaces=account.totp_secret is not None,
    )


@blueprint.route("/account/recovery-codes", methods=["GET"])
@signed_in
@confirmed
def recovery_codes() -> ResponseReturnValue:
    """Show how many recovery codes are left, and offer new ones."""
    left = second_factor.codes_left(db.session, current_sign_in().account)
    return render_template("accounts/recovery_codes.html", left=left)


@blueprint.post("/account/recovery-codes")
@signed_in
@confirmed
def renew_recovery_codes() -> ResponseReturnValue:
    """Show new recovery codes once; the old ones end."""
    account = current_sign_in().account
    codes = own_operations.replace_recovery_codes(db.session, current_actor(), account=account)
    return render_template("accounts/new_codes.html", codes=codes, on=url_for("accounts.own"))


def _set_up(secret: str, step: int) -> ResponseReturnValue:
    first = current_sign_in().account.totp_secret is None
    codes = own_operations.set_up_second_factor(
        db.session, current_actor(), sign_in=current_sign_in(), secret=secret, step=step
    )
    browser_session.pop(_SECRET, None)
    on = url_for("web.start" if first else "accounts.own")
    return render_template("accounts/new_codes.html", codes=codes, on=on)


def _secret() -> str:
    """Return the seed that this browser is setting up; reading the page writes to no table."""
    kept = unseal(browser_session.get(_SECRET, ""))
    if kept is None:
        kept = second_factor.new_secret()
        browser_session[_SECRET] = seal(kept)
    return kept
