"""Marshmallow fields for the leaves of a rule set: each parses text exactly and says what it wants.

A field's `wants` completes the sentence "found X; allowed is …"; its `as_json_schema` is what
editors are told. Each field also writes its value back (`_serialize`) in the canonical spelling.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError, fields

from rules import yaml_reader
from rules.numbers import NotANumber, points_text, read_points
from rules.problems import listed, nearest
from rules.syntax.base import Duration, Formula, Words

Json = dict[str, Any]

MOST_WHOLE = 1_000_000
MOST_YEARS = 100

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


class PointsField(Atom):
    """Points with at most four decimal places."""

    code = "points"
    wants = "points such as 5, 0.5 or -2, with at most 4 decimal places"

    def parse(self, text: str) -> Any:
        """Return the value of the text; raises ValidationError."""
        try:
            return read_points(text)
        except NotANumber:
            raise self.wrong(text) from None

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else points_text(value)

    def as_json_schema(self) -> Json:
        """Return what an editor should accept here."""
        return {"type": ["number", "string"], "pattern": r"^-?\d+(\.\d{1,4})?$"}


class AmountField(PointsField):
    """Points, `all`, a list for the first, second, … occurrence, or a mapping by words."""

    wants = (
        "points such as 0.5, the word all, a list such as [0.5, all], "
        "or a mapping from the words of `by` to points"
    )

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, AnyMapping):
            return {str(key): self.points_of(item) for key, item in value.items()}
        if isinstance(value, list):
            if not value:
                raise self.wrong(value)
            return tuple(
                self.parse(item) if isinstance(item, str) else self.points_of(item)
                for item in value
            )
        return super()._deserialize(value, attr, data, **kwargs)

    def points_of(self, value: Any) -> Any:
        """Return plain points, without the word all."""
        if not isinstance(value, str):
            raise self.wrong(value)
        return super().parse(value)

    def parse(self, text: str) -> Any:
        """Return the value of the text; raises ValidationError."""
        return "all" if text == "all" else super().parse(text)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        if isinstance(value, AnyMapping):
            return {key: points_text(item) for key, item in value.items()}
        if isinstance(value, tuple):
            return [self._serialize(item, attr, obj) for item in value]
        return value if value == "all" else super()._serialize(value, attr, obj)

    def as_json_schema(self) -> Json:
        """Return what an editor should accept here."""
        one = {"anyOf": [super().as_json_schema(), {"const": "all"}]}
        by_word = {"type": "object", "additionalProperties": super().as_json_schema()}
        return {"anyOf": [*one["anyOf"], {"type": "array", "items": one, "minItems": 1}, by_word]}


class FormulaField(Atom):
    """An expression; its meaning is checked later, with all names known."""

    code = "formula"
    wants = "a formula such as `attended >= 90%`"

    def parse(self, text: str) -> Formula:
        """Return the value of the text; raises ValidationError."""
        where = text.where if isinstance(text, yaml_reader.Text) else None
        return Formula(str(text), where) if where else Formula(str(text))

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else " ".join(value.text.split())

    def as_json_schema(self) -> Json:
        """Return what an editor should accept here."""
        return {"type": ["string", "number", "boolean"]}


class WordsField(Atom):
    """Text in Chinese and English: `{zh: …, en: …}`, or Chinese alone as plain text."""

    code = "words"
    wants = "text, or a mapping with zh and, if you like, en"

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, str) and value.strip():
            return Words(str(value))
        if not isinstance(value, AnyMapping) or not value.get("zh"):
            raise self.wrong(value)
        unknown = set(value) - {"zh", "en"}
        if unknown or not all(isinstance(text, str) for text in value.values()):
            raise self.wrong(value)
        return Words(str(value["zh"]), str(value.get("en", "")))

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        if value is None:
            return None
        return {"zh": value.zh, "en": value.en} if value.en else {"zh": value.zh}

    def as_json_schema(self) -> Json:
        """Return what an editor should accept here."""
        text = {"type": "string", "minLength": 1}
        both = {
            "type": "object",
            "properties": {"zh": text, "en": {"type": "string"}},
            "required": ["zh"],
            "additionalProperties": False,
        }
        return {"anyOf": [text, both]}


class DurationField(Atom):
    """A length of time such as `2 years`."""

    code = "duration"
    wants = f"a length of time such as 10 days, 6 months or 5 years, up to {MOST_YEARS} years"

    def parse(self, text: str) -> Duration:
        """Return the value of the text; raises ValidationError."""
        match = re.fullmatch(r"([0-9]{1,5}) (day|month|year)s?", text)
        if not match or int(match[1]) > MOST_YEARS * _A_YEAR[match[2]]:
            raise self.wrong(text)
        return Duration(int(match[1]), match[2])

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else str(value)

    def as_json_schema(self) -> Json:
        """Return what an editor should accept here."""
        return {"type": "string", "pattern": r"^[0-9]{1,5} (day|month|year)s?$"}


_A_YEAR = {"day": 366, "month": 12, "year": 1}


class Day(Atom):
    """A calendar date."""

    code = "date"
    wants = "a date such as 2026-01-31"

    def parse(self, text: str) -> datetime.date:
        """Return the value of the text; raises ValidationError."""
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise self.wrong(text)
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            raise self.wrong(text) from None

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else value.isoformat()

    def as_json_schema(self) -> Json:
        """Return what an editor should accept here."""
        return {"type": "string", "format": "date"}


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
