"""Messages as text; the translating package itself is not typed."""

from __future__ import annotations

import flask_babel


def gettext(message: str, **values: object) -> str:
    """Return a message in the language of the request."""
    return str(flask_babel.gettext(message, **values))
