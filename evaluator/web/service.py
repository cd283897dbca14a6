"""The Flask application: one unit of work a request."""

from __future__ import annotations

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue

from evaluator.database import db

READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Service(Flask):
    """An application whose requests each are one unit of work: all of it is kept, or nothing."""

    def dispatch_request(self) -> ResponseReturnValue:
        """Answer a request, and commit what it did unless the answer is an error.

        The commit belongs to the request: where it fails, the error handlers answer.
        """
        response: Response = self.make_response(super().dispatch_request())
        if response.status_code < 400:
            db.session.commit()
        else:
            db.session.rollback()
        return response


def begin(app: Flask) -> None:
    """Let a reading request read beside a writing one; see `evaluator.database`."""

    @app.before_request
    def begin_transaction() -> None:
        writes = request.method not in READING
        db.session.connection(execution_options={"writes": writes})
