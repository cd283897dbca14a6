"""What a person typed into the form, and the mark by which two who edit the same notice it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from evaluator.applications.facts import FactSheet
from evaluator.applications.models import Answer
from evaluator.scoring.reading import Unreadable, reader_of
from rules.syntax import EventField, Fact

Value = str | list[dict[str, str]] | None
"""A text, the rows of a list, or None where nothing is said."""

LONGEST = 2_000
"""So many characters fit into one field."""
_TRUTHS = ("false", "true")


@dataclass(frozen=True)
class Typed:
    """What was typed for a fact; `was` is the mark of what the page had shown.

    Without a mark it is taken as typed where nothing was said yet.
    """

    value: Value
    reason: str = ""
    was: str = ""
    confirmed: bool = False


@dataclass(frozen=True)
class Field:
    """A fact as its field shows it: what is said of it, or else what is known."""

    value: Value
    reason: str
    mark: str


def field_of(name: str, fact: Fact, sheet: FactSheet) -> Field:
    """Return what the field of a fact shows before anybody types."""
    answer = sheet.answers.get(name)
    said = answer is not None and answer.value is not None
    value = as_typed(fact, answer.value if answer and said else known_value(name, fact, sheet))
    reason = answer.reason if answer else ""
    return Field(value, reason, mark(answer, value, reason))


def known_value(name: str, fact: Fact, sheet: FactSheet) -> Any:
    """Return what is known of a fact without the branch: a record, or the register."""
    if name in sheet.known:
        return sheet.known[name].value
    if fact.source.kind == "organisation":
        return sheet.organisation.attributes.get(fact.source.detail)
    return None


def mark(answer: Answer | None, value: Value, reason: str) -> str:
    """Return what tells one state of a field from another: the version, and what it shows."""
    return f"{answer.version if answer else 0}-{shown_mark(value, reason)}"


def shown_mark(value: Value, reason: str) -> str:
    """Return the mark of a value with its reason, whoever wrote it."""
    text = json.dumps([value, reason.strip()], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def as_typed(fact: Fact, raw: Any) -> Value:
    """Return a raw value as the field of its fact holds it; what cannot be read stays as it is."""
    if isinstance(raw, Mapping):
        raw = raw.get("value")
    if raw is None or raw == "":
        return None
    if fact.type == "events":
        return _rows(fact, raw)
    return _word(fact, raw)


def _rows(fact: Fact, raw: Any) -> Value:
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        return str(raw)
    rows = [_row(fact, each) for each in raw if isinstance(each, Mapping)]
    return [row for row in rows if any(row.values())]


def _row(fact: Fact, raw: Mapping[str, Any]) -> dict[str, str]:
    row = {"date": _text(raw.get("date"))}
    for name, column in fact.fields.items():
        value = raw.get(name)
        row[name] = "" if value is None or value == "" else _word(column, value)
    return row


def _word(fact: Fact | EventField, raw: Any) -> str:
    """Return the word of a choice or of a truth value, where it is written in another way."""
    if fact.type in ("boolean", "choice"):
        with suppress(Unreadable):
            code = reader_of(fact)(raw)
            return _TRUTHS[code] if fact.type == "boolean" else list(fact.options)[code]
    return _text(raw)


def _text(raw: Any) -> str:
    return "" if raw is None else str(raw).strip()
