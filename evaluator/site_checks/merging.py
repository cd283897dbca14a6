"""Two people at the same check: what one of them left alone is taken from the other.

The form takes along a mark of what stood in each field. Where both changed the same field, both
values are shown, and whoever saves again has seen the other's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field

from evaluator.web.wording import gettext

SEEN = "seen"
"""The hidden field with the marks."""
Values = Mapping[str, Any]


def marks_of(values: Values) -> str:
    """Return the marks of what stands in the fields of a form."""
    return json.dumps({name: _mark(_text(value)) for name, value in values.items()})


def merge(form: FlaskForm, values: Values) -> bool:
    """Take what somebody else wrote since into the fields of a form that were left alone.

    `values` are those that are kept now. Returns False where both changed a field: it says so.
    """
    seen, together = _seen(form[SEEN].data), True
    for field in form:
        theirs = _text(values.get(field.name))
        if field.name not in values or _text(field.data) == theirs:
            continue
        before = seen.get(field.name, _mark(""))
        if before == _mark(_text(field.data)):
            field.data = values[field.name]
        elif before != _mark(theirs):
            field.errors = [*field.errors, _differs(field, theirs)]
            together = False
    form[SEEN].data = marks_of(values)
    return together


def _differs(field: Field, theirs: str) -> str:
    choices = {each.value: each.label for each in getattr(field, "choices", None) or ()}
    if not theirs and not choices:
        return gettext("Somebody else emptied this in the meantime. Save again to keep yours.")
    return gettext(
        "Somebody else wrote here in the meantime: “%(theirs)s”. Save again to keep yours.",
        theirs=choices.get(theirs, theirs),
    )


def _seen(sent: str | None) -> dict[str, str]:
    try:
        found = json.loads(sent or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]
