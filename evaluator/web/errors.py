"""Error pages: what happened and how to go on; what may not be seen looks as if not there."""

from __future__ import annotations

from typing import Any

import structlog
from flask import Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, gettext, lazy_gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from evaluator.access import NotAllowed
from evaluator.access.detours import page_before
from evaluator.database import db, only_read
from evaluator.web.kept_forms import send_again
from evaluator.web.languages import language
from evaluator.web.numbers_in_addresses import beyond_all_rows

log = structlog.get_logger()

PROGRAMS = "/api/"
"""Below this path programs ask, and are answered in JSON."""

TITLES = {
    400: lazy_gettext("This request could not be read"),
    401: lazy_gettext("No valid token"),
    404: lazy_gettext("This page does not exist"),
    405: lazy_gettext("This page does not exist"),
    409: lazy_gettext("Somebody else changed this in the meantime"),
    412: lazy_gettext("Somebody else changed this in the meantime"),
    413: lazy_gettext("This is too large"),
    422: lazy_gettext("What was sent is not as it should be"),
    428: lazy_gettext("The version that is changed must be named"),
    429: lazy_gettext("Too many tries"),
    500: lazy_gettext("Something went wrong on our side"),
}
NOT_NOW = lazy_gettext("This cannot be done now")
"""The title of most refusals: seldom is it somebody else who stands in the way."""
ADVICE = {
    400: lazy_gettext("Go back, load the page again and repeat what you did."),
    401: lazy_gettext("Send a token that is not over, as Authorization: Bearer."),
    404: lazy_gettext("Check the address, or go to the start page."),
    409: lazy_gettext("Go back and load the page again; then make your change once more."),
    412: lazy_gettext("Read it again; then send your change with its new ETag."),
    422: lazy_gettext("Mend what is named under errors, and send it again."),
    428: lazy_gettext("Send If-Match with the ETag that you read."),
    429: lazy_gettext("Wait a few minutes, then try again."),
    500: lazy_gettext("Nothing of it was kept. Try again; if it stays so, tell the administrator."),
}

TO_PROGRAMS = {
    404: (
        lazy_gettext("There is no such thing here for this token"),
        lazy_gettext("Check the address; the token may also lack a scope, or its account a place."),
    ),
    405: (
        lazy_gettext("This address does not take this method"),
        lazy_gettext("Send one of the methods that the header Allow names."),
    ),
}
"""Title and advice where a program has other ways to go on than somebody at a page."""


class Refusal(Exception):
    """Something that cannot be done now; its words tell the caller why, and how to go on."""

    def __init__(self, words: str, status: int = 409):
        super().__init__(words)
        self.words = words
        self.status = status


def set_up_errors(app: Flask) -> None:
    """Answer errors of an app by pages in words."""
    app.register_error_handler(NotAllowed, lambda _error: page(404))
    app.register_error_handler(StaleDataError, lambda _error: page(409))
    # A number in a query that no column can hold; SQLite's driver has its own word for it.
    app.register_error_handler(DataError, lambda _error: page(400))
    app.register_error_handler(OverflowError, lambda _error: page(400))
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(HTTPException, _by_status)
    app.register_error_handler(500, _failed)


def page(
    status: int, words: str = "", details: Any = None, *, title: LazyString | None = None
) -> ResponseReturnValue:
    """Return the page of an error, or its problem for a program; what was done is taken back."""
    db.session.rollback()
    if status < 500:
        # The page names who is signed in; reading that must not wait for those who write.
        only_read(db.session)
    title = title or TITLES.get(status, TITLES[400])
    advice = ADVICE.get(status, ADVICE[404])
    if request.path.startswith(PROGRAMS):
        title, advice = TO_PROGRAMS.get(status, (title, advice))
        return problem(status, str(title), words or str(advice), details)
    advice = words or advice
    shown = render_template(
        "web/error.html", title=title, advice=advice, status=status, back=page_before()
    )
    return shown, status


def problem(status: int, title: str, detail: str, details: Any) -> ResponseReturnValue:
    """Return an error as RFC 9457 has it; `errors` names what was wrong with what was sent."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if details:
        body["errors"] = details
    answer = jsonify(body)
    answer.mimetype = "application/problem+json"
    answer.content_language.add(language())
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer, status


def _refused(error: Refusal) -> ResponseReturnValue:
    return page(error.status, error.words, title=NOT_NOW if error.status == 409 else None)


def _expired(_error: CSRFError) -> ResponseReturnValue:
    kept = send_again(signed_out=False)
    if kept:
        return kept, 400
    return page(400, gettext("The page was open for too long. Load it again and repeat."))


def _too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Say how much may be sent: in all, or in a field of a form that may bring files, too."""
    most, text = request.max_content_length or 0, request.max_form_memory_size or 0
    if (request.content_length or 0) > most > 0:
        words = gettext(
            "At most %(most)s MB can be sent at once. Send fewer or smaller files.",
            most=max(1, most // 2**20),
        )
    else:
        words = gettext(
            "A field of a form may have %(most)s kB of text. Write less, or send it as a file.",
            most=text // 1000,
        )
    return page(413, words)


def _by_status(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()
    status = error.code or 500
    if status == 405 and beyond_all_rows(request.path):
        # The router has seen the other methods of the address before it looked at the number.
        status = 404
    if request.path.startswith(PROGRAMS):
        data = getattr(error, "data", None) or {}
        return page(status, data.get("message", ""), data.get("errors") or data.get("messages"))
    return page(404 if status == 405 else status)


def _failed(error: Exception) -> ResponseReturnValue:
    cause = getattr(error, "original_exception", None) or error
    log.error("request failed", path=request.path, exc_info=cause)
    return page(500)
