"""What a program sent, read strictly; what is wrong is told by place, in its language."""

from __future__ import annotations

from typing import Any, NoReturn

import marshmallow as ma
from flask import Request
from flask_babel import gettext, lazy_gettext
from webargs.flaskparser import FlaskParser, abort, is_json_request
from webargs.multidictproxy import MultiDictProxy

WORDS = {
    "Missing data for required field.": lazy_gettext("This is missing; send it."),
    "Field may not be null.": lazy_gettext("This cannot be null; send a value, or leave it out."),
    "Unknown field.": lazy_gettext("This name is not known here; mend it or leave it out."),
    "Not a valid integer.": lazy_gettext("Send a whole number."),
    "Not a valid string.": lazy_gettext("Send a text."),
    "Not a valid boolean.": lazy_gettext("Send true or false."),
    "Not a valid date.": lazy_gettext("Send a day such as 2026-03-05."),
    "Not a valid list.": lazy_gettext("Send a list."),
    "Not a valid mapping type.": lazy_gettext("Send an object."),
    "Invalid input type.": lazy_gettext("Send an object."),
    "Invalid type.": lazy_gettext("Send an object."),
    "Invalid value.": lazy_gettext("This value is not allowed here."),
    "Not a valid utf-8 string.": lazy_gettext("Send a text."),
    "Number too large.": lazy_gettext("This number is too large."),
}
"""What marshmallow says in English alone."""


class Reader(FlaskParser):
    """The parser of requests: nothing unknown is passed over, nothing unreadable is our failure."""

    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012 # as the class above has it
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": ma.RAISE,
    }

    def load_json(self, req: Request, schema: ma.Schema) -> Any:
        """Return the JSON of a request; a number or nesting beyond reason is no JSON either."""
        if not is_json_request(req):
            if req.content_length:
                words = gettext("This is not marked as JSON; send Content-Type: application/json.")
                abort(422, errors={"json": [words]})
            return {}
        try:
            return self._raw_load_json(req)
        except (ValueError, RecursionError):
            abort(400, errors={"json": [gettext("This is not JSON that can be read.")]})

    def load_querystring(self, req: Request, schema: ma.Schema) -> MultiDictProxy:
        """Return the words of the address; the same word twice is refused, not guessed at."""
        twice = {
            name: [gettext("This stands twice; send it once.")]
            for name, values in req.args.lists()
            if len(values) > 1
        }
        if twice:
            abort(422, errors={"query": twice})
        return self._makeproxy(req.args, schema)

    def handle_error(self, error: ma.ValidationError, *_: Any, **__: Any) -> NoReturn:
        """Answer 422 with what is wrong by place."""
        abort(422, errors=said(error.messages))


def said(messages: Any) -> Any:
    """Return messages by place in the language of the request."""
    if isinstance(messages, dict):
        return {str(place): said(each) for place, each in messages.items()}
    if isinstance(messages, list):
        return [said(each) for each in messages]
    return str(WORDS.get(messages, messages))
