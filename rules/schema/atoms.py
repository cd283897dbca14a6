"""Marshmallow fields for the leaves of a rule set: each parses text exactly and says what it wants.

A field's `wants` completes the sentence "found X; allowed is …"; its `as_json_schema` is what
editors are told. Each field also writes its value back (`_serialize`) in the canonical spelling.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError, fields

from rules.problems import listed, nearest

Json = dict[str, Any]

MOST_WHOLE = 1_000_000

NAME = re.compile(r"[^\W\d]\w*", re.UNICODE)


@dataclass(frozen=True)
class Flaw:
    """What is wrong at one place; `rules.schema.flaws` adds the place."""

    code: str
    message: str
    of_key: bool = False
    """Whether the key is wrong and not its value."""


def flawed(code: str, message: str) -> ValidationError:
    """Return the error that carries one flaw through marshmallow."""
    return ValidationError([Flaw(code, message)])


def shown(value: object) -> str:
    """Return a found value as an error message quotes it."""
    if value is None:
        return "nothing"
    if isinstance(value, AnyMapping):
        return f"a mapping with {listed(value)}" if value else "an empty mapping"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return f'"{value}"'


class Atom(fields.Field[Any]):
    """A leaf that is written as text."""

    code = "value"
    wants = "text"

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, str):
            raise self.wrong(value)
        return self.parse(value)

    def wrong(self, value: object) -> ValidationError:
        """Return the error for a value that is not what the field wants."""
        return flawed(self.code, f"found {shown(value)}; allowed is {self.wants}.")

    def parse(self, text: str) -> Any:
        """Return the value of the text; raises ValidationError."""
        return str(text)

    def as_json_schema(self) -> Json:
        """Return what an editor should accept here."""
        return {"type": "string"}


class Name(Atom):
    """A short name: letters of any script, digits, underscores."""

    code = "name"
    wants = "a short name of letters, digits and underscores that begins with a letter"

    def parse(self, text: str) -> str:
        """Return the value of the text; raises ValidationError."""
        if not NAME.fullmatch(text):
            raise self.wrong(text)
        return str(text)

    def as_json_schema(self) -> Json:
        """Return what an editor should accept here."""
        return {"type": "string", "pattern": r"^[^\W\d]\w*$"}


class Number(Atom):
    """A number kept as text, such as 95% or 1500.5; its type decides what it means."""

    code = "number"
    wants = "a number such as 12, 0.5, 95% or a date such as 2026-01-31"

    def as_json_schema(self) -> Json:
        """Return what an editor should accept here."""
        return {"type": ["string", "number"]}


class Whole(Atom):
    """A whole number, zero or more."""

    code = "whole-number"

    def __init__(self, most: int, **kwargs: Any):
        super().__init__(**kwargs)
        self.most = most
        self.wants = f"a whole number from 0 to {most:,}"

    def parse(self, text: str) -> int:
        """Return the value of the text; raises ValidationError."""
        if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) > self.most:
            raise self.wrong(text)
        return int(text)

    def as_json_schema(self) -> Json:
        """Return what an editor should accept here."""
        return {"type": "integer", "minimum": 0, "maximum": self.most}


class Flag(Atom):
    """A YAML 1.2 boolean."""

    code = "boolean"
    wants = "true or false"

    def parse(self, text: str) -> bool:
        """Return the value of the text; raises ValidationError."""
        if text not in ("true", "false"):
            raise self.wrong(text)
        return text == "true"

    def as_json_schema(self) -> Json:
        """Return what an editor should accept here."""
        return {"type": "boolean"}


class Word(Atom):
    """One of a few fixed words."""

    code = "choice"

    def __init__(self, words: tuple[str, ...], **kwargs: Any):
        super().__init__(**kwargs)
        self.words = words
        self.wants = f"one of {listed(words)}"

    def parse(self, text: str) -> str:
        """Return the value of the text; raises ValidationError."""
        if text not in self.words:
            hint = nearest(text, self.words)
            raise flawed(self.code, f'found "{text}"; allowed is {self.wants}.{hint}')
        return str(text)

    def as_json_schema(self) -> Json:
        """Return what an editor should accept here."""
        return {"enum": list(self.words)}
