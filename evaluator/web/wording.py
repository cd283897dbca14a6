"""Messages as text: flask_babel is not typed, and its `gettext` would make everything `Any`."""

from __future__ import annotations

import flask_babel


def gettext(message: str, **values: object) -> str:
    """Return a message in the language of this request."""
    return str(flask_babel.gettext(message, **values))
