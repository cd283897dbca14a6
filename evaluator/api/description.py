"""The description of the interface: for programs as JSON, for people as a page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, render_template
from flask_babel import gettext

from evaluator.access import public
from evaluator.api.described import PROBLEMS
from evaluator.api.examples import examples
from evaluator.api.page_lines import groups_of

EXTENSION = "evaluator interface"

blueprint = Blueprint("api", __name__, url_prefix="/api", template_folder="templates")


@blueprint.get("/openapi.json")
@public
def specification() -> dict[str, Any]:
    """Return the description by OpenAPI 3.1."""
    described: dict[str, Any] = current_app.extensions[EXTENSION]
    return described


@blueprint.get("/")
@public
def page() -> str:
    """Show every operation with what it takes and answers, by the thing that it is about."""
    groups = groups_of(current_app.extensions[EXTENSION])
    return render_template(
        "api/page.html", groups=groups, examples=examples(), problems=PROBLEMS, say=gettext
    )
