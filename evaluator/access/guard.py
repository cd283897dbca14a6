"""The gate before every view: deny by default, and let in whoever the route declares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from evaluator.access.actor import Actor, NotAllowed
from evaluator.access.detours import this_page
from evaluator.access.routes import Access, declared_access

PUBLIC_ENDPOINTS = frozenset({"web.static", "bootstrap.static"})
"""Files of the pages themselves: styles, scripts, pictures."""


class UndeclaredRoute(Exception):
    """A route that names no permission; it answers nobody until it does."""


def guard(
    app: Flask,
    ask_anew: Callable[[], ResponseReturnValue | None],
    wants_second_factor: Callable[[], bool],
    keep_posted: Callable[[], str | None],
) -> None:
    """Check every request of an app; two functions ask about the sign-in of this request.

    `ask_anew` answers with a question for whoever has not proved lately who they are,
    `keep_posted` with a page that keeps what was posted by somebody who is not signed in.
    """

    @app.before_request
    def check() -> Any:
        if request.endpoint is None or request.endpoint in PUBLIC_ENDPOINTS:
            return None
        access = declared_access(app.view_functions[request.endpoint], request.method)
        if access is None:
            raise UndeclaredRoute(request.endpoint)
        if access.public:
            return None
        actor: Actor | None = g.get("actor")
        if actor is None:
            return _sign_in(keep_posted)
        if access.second_factor and wants_second_factor():
            return redirect(url_for("accounts.set_up_second_factor"))
        _permit(actor, access)
        return ask_anew() if access.confirmed else None


def _permit(actor: Actor, access: Access) -> None:
    if access.permission is not None and not actor.may(access.permission):
        raise NotAllowed(access.permission)


def _sign_in(keep_posted: Callable[[], str | None]) -> Any:
    """Send an unknown caller to the log-in page, and back to where they wanted to go."""
    if request.path.startswith("/api/"):
        abort(401)
    kept = keep_posted()
    if kept:
        return kept, 403
    return redirect(url_for("accounts.sign_in", next=this_page()))
