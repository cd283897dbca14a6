"""The blueprint of the pages of accounts; a first password is changed before anything else."""

from __future__ import annotations

from flask import Blueprint, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import declared_access

blueprint = Blueprint("accounts", __name__, template_folder="templates")
_OPEN_BEFORE = frozenset({"accounts.change_password", "accounts.sign_out"})


@blueprint.before_app_request
def change_first_password() -> ResponseReturnValue | None:
    """Lead whoever still has a one-time password to the page where it is changed."""
    sign_in = g.get("sign_in")
    if sign_in is None or not sign_in.account.must_change_password:
        return None
    if request.endpoint is None or request.endpoint in _OPEN_BEFORE:
        return None
    view = current_app.view_functions[request.endpoint]
    access = declared_access(view, request.method)
    if access is None or access.public:
        return None
    return redirect(url_for("accounts.change_password"))
