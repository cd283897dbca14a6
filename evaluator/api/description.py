"""The description of the interface: for programs as JSON, for people as a page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, render_template

from evaluator.access import public

EXTENSION = "evaluator interface"

blueprint = Blueprint("api", __name__, url_prefix="/api", template_folder="templates")


@blueprint.get("/openapi.json")
@public
def specification() -> dict[str, Any]:
    """Return the description by OpenAPI 3.1."""
    described: dict[str, Any] = current_app.extensions[EXTENSION].spec.to_dict()
    return described


@blueprint.get("/")
@public
def page() -> str:
    """Show every operation with its parameters and answers."""
    return render_template("api/page.html", spec=specification())
