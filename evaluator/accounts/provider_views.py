"""Pages of signing in through the district's identity provider."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask import session as browser_session
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from evaluator.access import NotAllowed, public
from evaluator.accounts import provider
from evaluator.accounts.blueprint import blueprint
from evaluator.accounts.linking import account_of_claims
from evaluator.accounts.sign_in_views import go_on, onward
from evaluator.database import db

_NEXT = "after_provider"


@blueprint.get("/sign-in/provider")
@public
def sign_in_by_provider() -> ResponseReturnValue:
    """Send the person to the provider."""
    _require_provider()
    browser_session[_NEXT] = onward()
    callback = url_for("accounts.provider_callback", _external=True)
    try:
        return provider.lead_there(callback, anew="anew" in request.args)
    except provider.ProviderFailed:
        return _back(gettext("The identity provider does not answer. Try again later."))


@blueprint.get("/sign-in/provider/back")
@public
def provider_callback() -> ResponseReturnValue:
    """Sign in whom the provider sends back, where an account is known for them.

    This address is reached by GET although it signs in. What was read so far ends here, so that
    the provider is asked outside of any transaction, and the next one begins as a writing one.
    """
    _require_provider()
    db.session.commit()
    address = browser_session.pop(_NEXT, "/")
    try:
        claims = provider.claims_of_answer()
    except provider.ProviderFailed:
        return _back(gettext("The log-in at the identity provider did not succeed. Try again."))
    account = account_of_claims(db.session, provider.issuer(), claims)
    if account is None:
        return _back(gettext("No account here belongs to this person. Ask your administrator."))
    return go_on(account, "provider", address)


def _require_provider() -> None:
    if not provider.is_configured():
        raise NotAllowed("no identity provider")


def _back(words: str) -> ResponseReturnValue:
    flash(words, "error")
    return redirect(url_for("accounts.sign_in"))
