"""From marshmallow's nested error messages to problems with file, line and column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rules.problems import Position, Problem
from rules.schema.atoms import Flaw
from rules.yaml_reader import Mapping, Sequence, Text

_WHOLE_NODE = "_schema"


def problems_of(messages: Any, value: Any, where: Position) -> Iterator[Problem]:
    """Yield each flaw with the place of the value that it is about."""
    if isinstance(messages, dict):
        for key, inner in messages.items():
            below, place = _step(value, key, where)
            yield from problems_of(inner, below, _key_place(inner, value, key) or place)
    elif isinstance(messages, list):
        for message in messages:
            yield _problem(message, where)
    else:
        yield _problem(messages, where)


def _problem(message: Any, where: Position) -> Problem:
    if isinstance(message, Flaw):
        return Problem(where, message.code, message.message)
    return Problem(where, "type", str(message))


def _step(value: Any, key: Any, where: Position) -> tuple[Any, Position]:
    """Return the value under a key and its place; a missing key stands where its mapping does."""
    if isinstance(value, Mapping) and key in value:
        inner = value[key]
        return inner, _place(inner, value.keys_at[key])
    if isinstance(value, Sequence) and isinstance(key, int) and key < len(value):
        return value[key], value.items_at[key]
    return (value if key == _WHOLE_NODE else None), where


def _key_place(messages: Any, value: Any, key: Any) -> Position | None:
    """Return the place of a key, where it is the key that is wrong and not its value."""
    if not isinstance(messages, list) or not isinstance(value, Mapping):
        return None
    wrong = any(isinstance(each, Flaw) and each.of_key for each in messages)
    return value.keys_at.get(key) if wrong else None


def _place(inner: Any, key_at: Position) -> Position:
    return inner.where if isinstance(inner, Text) else key_at
