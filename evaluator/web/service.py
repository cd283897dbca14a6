"""The Flask application: one unit of work a request."""

from __future__ import annotations

from collections.abc import Callable
from threading import BoundedSemaphore
from typing import Any, TypeVar

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue

from evaluator.database import db, only_read, take_turn
from evaluator.precedence import PRECEDENCE

View = TypeVar("View", bound=Callable[..., Any])
_LATE, _FIRST = "takes_turn_late", "goes_first"
READING = frozenset({"GET", "HEAD", "OPTIONS"})
_SIDE_BY_SIDE = BoundedSemaphore(2)
"""So many of what goes first a worker is at: of five, each would take as long as all together."""


class Service(Flask):
    """An application whose requests each are one unit of work: all of it is kept, or nothing."""

    def full_dispatch_request(self) -> Response:
        """Answer a request, saves before all others; see `evaluator.precedence`."""
        view = self.view_functions.get(request.endpoint or "")
        first = getattr(view, _FIRST, False)
        if not first:
            with PRECEDENCE.patiently():
                return super().full_dispatch_request()
        with PRECEDENCE.first(), _SIDE_BY_SIDE:
            return super().full_dispatch_request()

    def dispatch_request(self) -> ResponseReturnValue:
        """Answer a request, and commit what it did unless the answer is an error.

        The commit belongs to the request: where it fails, the error handlers answer.
        """
        view = self.view_functions.get(request.endpoint or "")
        if getattr(view, _LATE, False):
            # What is noted before the turn, such as when somebody was here last, is written in it.
            db.session.autoflush = False
        elif request.method not in READING:
            take_turn(db.session)
        response: Response = self.make_response(super().dispatch_request())
        if response.status_code < 400:
            db.session.commit()
        else:
            db.session.rollback()
        return response


def begin(app: Flask) -> None:
    """Let every request read beside a writing one; see `evaluator.database`."""

    @app.before_request
    def begin_transaction() -> None:
        only_read(db.session)


def takes_turn_late(view: View) -> View:
    """Declare that what a route calls takes the turn to write by itself, after it has read.

    All others take it when they are called. It is for what hundreds do in the same minute.
    """
    setattr(view, _LATE, True)
    return view


def goes_first(view: View) -> View:
    """Declare that what else is looked at or drawn gives way to a route: saving is urgent."""
    setattr(view, _FIRST, True)
    return view
