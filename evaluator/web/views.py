"""Pages that belong to no subject: the choice of language, the health check."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request

from evaluator.access import public
from evaluator.web.addresses import safe_address
from evaluator.web.languages import LANGUAGES

blueprint = Blueprint(
    "web", __name__, template_folder="templates", static_folder="static", static_url_path="/web"
)


@blueprint.get("/health")
@public
def health() -> dict[str, str]:
    """Tell whoever runs the service that it answers."""
    return {"status": "ok"}


@blueprint.post("/language")
@public
def choose_language() -> Response:
    """Keep the chosen language in a cookie, and go back."""
    answer = redirect(safe_address(request.form.get("next", "")))
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        answer.set_cookie("language", chosen, max_age=31_536_000, samesite="Lax", httponly=True)
    return answer  # type: ignore[return-value] # Flask's redirect gives its own Response
