"""Changes name what they change: `If-Match` holds the ETag of what the caller read."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from flask import jsonify, request
from webargs.flaskparser import abort

from evaluator.api.operations import Operations

matched = Operations.doc(**{"x-match": True})
"""Tell in the description that an operation asks for `If-Match`."""


def require_match(schema: type[ma.Schema], thing: Any) -> None:
    """Refuse a caller who has not read a thing as it is now; `schema` is what reading it shows.

    Whoever calls this holds the thing, so that it stays so until the change is made.
    """
    if not request.if_match or request.if_match.star_tag:
        abort(428)
    if not request.if_match.contains(tag_of(schema, thing)):
        abort(412)


def tag_of(schema: type[ma.Schema], thing: Any) -> str:
    """Return the ETag under which a thing is read."""
    answer = jsonify(schema().dump(thing))
    answer.add_etag()
    return answer.get_etag()[0] or ""
