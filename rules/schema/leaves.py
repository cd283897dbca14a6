"""Marshmallow fields for points, formulas, texts, lengths of time and dates."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping as AnyMapping
from typing import Any

from rules import yaml_reader
from rules.numbers import NotANumber, points_text, read_points
from rules.schema.atoms import Atom, Json
from rules.syntax.base import Duration, Formula, Words

MOST_YEARS = 100
_A_YEAR = {"day": 366, "month": 12, "year": 1}


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
