"""Marshmallow fields that hold other fields: words with a detail, tables by name, lists, nodes."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from typing import Any

from marshmallow import ValidationError, fields

from rules.problems import listed, nearest
from rules.schema.atoms import NAME, Atom, Flaw, Json, flawed, shown
from rules.syntax.facts import DETAILED_SOURCES, SOURCES, Source
from rules.syntax.levels import EFFECTS, Effect, MeasuredOn
from rules.syntax.scoring import MISSING, OTHERWISE, Fallback


class WordWithDetail(Atom):
    """A bare word, or a mapping of one word to its detail."""

    words: tuple[str, ...] = ()
    detailed: tuple[str, ...] = ()

    @property
    def wants_text(self) -> str:
        """Name every allowed spelling."""
        bare = [word for word in self.words if word not in self.detailed]
        return f"one of {listed([*bare, *(f'{word}: …' for word in self.detailed)])}"

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, AnyMapping) and len(value) == 1:
            word, detail = next(iter(value.items()))
            if word in self.detailed and isinstance(detail, str) and detail:
                return self.make(word, str(detail))
            raise self._unknown(word)
        if isinstance(value, str) and value in self.words and value not in self.detailed:
            return self.make(str(value), "")
        raise self._unknown(value)

    def _unknown(self, value: object) -> ValidationError:
        hint = nearest(value, self.words) if isinstance(value, str) else ""
        if value in self.detailed:
            hint = f" Write `{value}: …`, with what it is."
        return flawed(self.code, f"found {shown(value)}; allowed is {self.wants_text}.{hint}")

    def make(self, word: str, detail: str) -> Any:
        """Return the value of a word and its detail."""
        raise NotImplementedError

    def parts_of(self, value: Any) -> tuple[str, str]:
        """Return the word and its detail."""
        raise NotImplementedError

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        if value is None:
            return None
        word, detail = self.parts_of(value)
        return {word: detail} if detail else word

    def as_json_schema(self) -> Json:
        """Return what an editor should accept here."""
        bare = [word for word in self.words if word not in self.detailed]
        mapping = {
            "type": "object",
            "properties": {word: {"type": ["string", "integer"]} for word in self.detailed},
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": 1,
        }
        return {"anyOf": [{"enum": bare}, mapping]}


class SourceField(WordWithDetail):
    """Where a fact comes from."""

    code = "source"
    words = SOURCES
    detailed = DETAILED_SOURCES

    def make(self, word: str, detail: str) -> Source:
        """Return the value of a word and its detail."""
        return Source(word, detail)

    def parts_of(self, value: Source) -> tuple[str, str]:
        """Return the word and its detail."""
        return value.kind, value.detail


class FallbackField(WordWithDetail):
    """What stands in for points."""

    code = "fallback"
    detailed = ("use",)

    def __init__(self, words: tuple[str, ...], **kwargs: Any):
        super().__init__(**kwargs)
        self.words = words

    def make(self, word: str, detail: str) -> Fallback:
        """Return the value of a word and its detail."""
        return Fallback(word, detail)

    def parts_of(self, value: Fallback) -> tuple[str, str]:
        """Return the word and its detail."""
        return value.kind, value.use


class EffectField(WordWithDetail):
    """What a veto does."""

    code = "veto-effect"
    words = EFFECTS
    detailed = ("at_most", "down")

    def make(self, word: str, detail: str) -> Effect:
        """Return the value of a word and its detail."""
        if word == "down":
            if not detail.isdigit() or not 1 <= int(detail) <= 9:
                raise flawed(self.code, f'found down: "{detail}"; allowed is 1 to 9 levels.')
            return Effect(word, steps=int(detail))
        return Effect(word, detail)

    def parts_of(self, value: Effect) -> tuple[str, str]:
        """Return the word and its detail."""
        return value.kind, str(value.steps) if value.kind == "down" else value.level


class MeasuredOnField(WordWithDetail):
    """Whether bands look at the rounded total."""

    code = "measured-on"
    words = ("unrounded", "rounded")
    detailed = ("rounded",)

    def make(self, word: str, detail: str) -> MeasuredOn:
        """Return the value of a word and its detail."""
        if word == "unrounded":
            return MeasuredOn()
        if detail not in ("0", "1", "2", "3", "4"):
            raise flawed(self.code, f'found rounded: "{detail}"; allowed is 0 to 4 places.')
        return MeasuredOn(int(detail))

    def parts_of(self, value: MeasuredOn) -> tuple[str, str]:
        """Return the word and its detail."""
        return ("unrounded", "") if value.rounded is None else ("rounded", str(value.rounded))


class Items(fields.Field[Any]):
    """A list of one kind of field."""

    def __init__(self, inner: Any, **kwargs: Any):
        super().__init__(**kwargs)
        self.inner = inner

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, list):
            raise flawed("list", f"found {shown(value)}; allowed is a list, each item after `- `.")
        return tuple(_each(self.inner, enumerate(value)).values())

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else [self.inner._serialize(item, attr, obj) for item in value]


class Table(fields.Field[Any]):
    """A mapping from short names to one kind of field."""

    def __init__(self, inner: Any, **kwargs: Any):
        super().__init__(**kwargs)
        self.inner = inner

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, AnyMapping):
            raise flawed("table", f"found {shown(value)}; allowed is a mapping by short names.")
        wrong = [key for key in value if not NAME.fullmatch(key)]
        if wrong:
            raise ValidationError(
                {key: [Flaw("name", _name_message(key), of_key=True)] for key in wrong}
            )
        return _each(self.inner, value.items())

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return {key: self.inner._serialize(item, attr, obj) for key, item in value.items()}


def _name_message(key: str) -> str:
    return f'found "{key}" as a name; allowed are letters, digits and underscores, a letter first.'


def _each(inner: Any, items: Any) -> dict[Any, Any]:
    """Deserialize each item; all errors are gathered under the item's key."""
    values, errors = {}, {}
    for key, item in items:
        try:
            values[key] = inner.deserialize(item)
        except ValidationError as error:
            errors[key] = error.messages
    if errors:
        raise ValidationError(errors)
    return values


__all__ = [
    "MISSING",
    "OTHERWISE",
    "EffectField",
    "FallbackField",
    "Items",
    "MeasuredOnField",
    "SourceField",
    "Table",
]
