"""Pages of accounts."""

from __future__ import annotations

from flask import Blueprint

from evaluator.access import public, signed_in

blueprint = Blueprint("accounts", __name__, template_folder="templates")


@blueprint.get("/sign-in")
@public
def sign_in() -> str:
    """Show the log-in page."""
    return ""


@blueprint.get("/account")
@signed_in
def own() -> str:
    """Show the caller's own account."""
    return ""


@blueprint.post("/sign-out")
@signed_in
def sign_out() -> str:
    """End the session of this browser."""
    return ""
