"""What a line of the log changed, value by value, for people to read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from evaluator.audit.models import AuditLine
from evaluator.audit.words import field_words, value_words


@dataclass(frozen=True)
class Difference:
    """One value that changed; None where there was none before, or is none after."""

    name: str
    before: str | None
    after: str | None


def differences(line: AuditLine) -> list[Difference]:
    """Return the values that a line changed; what stayed is left out."""
    before, after = _values(line.before), _values(line.after)
    names = [*before, *(name for name in after if name not in before)]
    return [
        Difference(field_words(name), _said(before, name), _said(after, name))
        for name in names
        if name not in before or name not in after or before[name] != after[name]
    ]


def as_text(line: AuditLine) -> str:
    """Return the differences of a line in one text, for a cell of a table."""
    return "; ".join(_sentence(each) for each in differences(line))


def _sentence(each: Difference) -> str:
    if each.before is None:
        return f"{each.name}: {each.after}"
    return f"{each.name}: {each.before} → {each.after if each.after is not None else '—'}"


def _values(text: str) -> dict[str, Any]:
    """Return the values of a line; one that was tampered with is shown as it stands."""
    try:
        values = json.loads(text)
    except json.JSONDecodeError:
        values = text
    return values if isinstance(values, dict) else {"": values}


def _said(values: Mapping[str, Any], name: str) -> str | None:
    return _text(name, values[name]) if name in values else None


def _text(name: str, value: Any) -> str:
    if isinstance(value, dict):
        said = [f"{field_words(key)}: {_text(key, each)}" for key, each in value.items()]
        return str(gettext(", ").join(said)) or _text(name, None)
    if isinstance(value, list):
        return str(gettext(", ").join(_text(name, each) for each in value)) or _text(name, None)
    if value is None or value == "":
        return str(gettext("(empty)"))
    if isinstance(value, bool):
        return str(gettext("yes") if value else gettext("no"))
    return value_words(name, str(value))
