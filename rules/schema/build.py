"""Marshmallow schemas made from the dataclasses of `rules.syntax`: nothing is said twice."""

from __future__ import annotations

import dataclasses
import datetime
import types
import typing
from collections.abc import Callable
from typing import Any, Literal, Union, get_args, get_origin

from marshmallow import (
    EXCLUDE,
    Schema,
    ValidationError,
    fields,
    post_dump,
    post_load,
    validates_schema,
)

from rules.problems import listed, nearest
from rules.schema import atoms, compound, leaves
from rules.schema.atoms import Flaw
from rules.syntax.base import Duration, Formula, Node, Points, Words
from rules.syntax.facts import Source
from rules.syntax.levels import Effect, MeasuredOn
from rules.syntax.scoring import MISSING, Fallback, Part

_MAY_STAND_ALONE: dict[type[Node], str] = {Part: "when"}
"""A part with a condition alone brings its points once."""


class NodeSchema(Schema):
    """Base of every generated schema: unknown keys, exclusive ways, the place of the node."""

    node: type[Node]

    class Meta:
        """Unknown keys are reported by `known_keys`, with the nearest allowed name."""

        unknown = EXCLUDE

    error_messages = {  # noqa: RUF012 - marshmallow declares it of the instance
        "type": "found something else; allowed here is a mapping of keys and values."
    }

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def known_keys(self, data: Any, original: Any, **kwargs: Any) -> None:
        """Refuse keys that mean nothing here."""
        if not isinstance(original, dict):
            return
        allowed = [str(field.data_key) for field in self.fields.values()]
        unknown = {key: _unknown(key, allowed) for key in original if key not in allowed}
        if unknown:
            raise ValidationError(unknown)

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def one_way(self, data: Any, original: Any, **kwargs: Any) -> None:
        """Refuse two ways at once, and none where one is needed."""
        ways = _ways(self.node)
        if not ways or not isinstance(original, dict):
            return
        found = [key for key in original if key in ways]
        alone = _MAY_STAND_ALONE.get(self.node)
        if len(found) > 1:
            raise atoms.flawed(
                "one-way",
                f"found {listed(found)} together; "
                f"allowed is exactly one of {listed(ways)}. Remove the others.",
            )
        if not found and not (alone and alone in original):
            raise atoms.flawed("one-way", f"found none of {listed(ways)}; add exactly one.")

    @post_dump
    def without_empty(self, data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Leave out what was left out; an empty list that was given instead of none stays."""
        empty = {_key(each) for each in dataclasses.fields(self.node) if _is_empty_by_default(each)}
        return {
            key: value
            for key, value in data.items()
            if value is not None and not (key in empty and value in ([], {}, ""))
        }

    @post_load(pass_original=True)
    def make(self, data: dict[str, Any], original: Any, **kwargs: Any) -> Node:
        """Return the node, with its place."""
        where = getattr(original, "where", None)
        return self.node(**data, **({"where": where} if where else {}))


def _is_empty_by_default(attribute: dataclasses.Field[Any]) -> bool:
    return attribute.default == () or attribute.default_factory is dict


def _unknown(key: str, allowed: list[str]) -> list[Flaw]:
    message = f'found "{key}"; allowed here are {listed(allowed)}.{nearest(key, allowed)}'
    return [Flaw("unknown-key", message, of_key=True)]


def _ways(node: type[Node]) -> tuple[str, ...]:
    return tuple(_key(each) for each in dataclasses.fields(node) if "way" in each.metadata)


def _key(attribute: dataclasses.Field[Any]) -> str:
    return str(attribute.metadata.get("key", attribute.name))


def schema_of(node: type[Node]) -> type[Schema]:
    """Return the marshmallow schema class of a syntax node; made once."""
    if node not in _made:
        _made[node] = _schema(node)
    return _made[node]


_made: dict[Any, type[Schema]] = {}


def _schema(node: type[Node]) -> type[Schema]:
    hints = typing.get_type_hints(node)
    members: dict[str, Any] = {
        attribute.name: _field(attribute, hints[attribute.name])
        for attribute in dataclasses.fields(node)
        if attribute.name != "where"
    }
    return type(f"{node.__name__}Schema", (NodeSchema,), {**members, "node": node})


def _field(attribute: dataclasses.Field[Any], hint: Any) -> Any:
    required = (
        attribute.default is dataclasses.MISSING
        and attribute.default_factory is dataclasses.MISSING
    )
    made = _of_type(hint, attribute.metadata)
    made.data_key = _key(attribute)
    made.required = required
    made.metadata = {"help": attribute.metadata["help"]}
    missing = f'"{made.data_key}" is missing. {attribute.metadata["help"]}{_choices(made)}'
    made.error_messages = {
        **made.error_messages,
        "required": [Flaw("missing-key", f"{missing} Add `{made.data_key}: …`.")],
        "null": [
            Flaw(
                "empty",
                f'"{made.data_key}" has no value. {attribute.metadata["help"]} '
                "Give it a value or remove the key.",
            )
        ],
    }
    return made


def _choices(made: Any) -> str:
    """Return what may be chosen, where the choice is among a few words."""
    if isinstance(made, atoms.Word):
        return f" Allowed is {made.wants}."
    if isinstance(made, compound.WordWithDetail):
        return f" Allowed is {made.wants_text}."
    return ""


_ATOMS: dict[Any, type[atoms.Atom]] = {
    bool: atoms.Flag,
    Points: leaves.PointsField,
    Formula: leaves.FormulaField,
    Words: leaves.WordsField,
    Duration: leaves.DurationField,
    datetime.date: leaves.Day,
    Source: compound.SourceField,
    Effect: compound.EffectField,
    MeasuredOn: compound.MeasuredOnField,
}


def _of_type(hint: Any, metadata: typing.Mapping[str, Any]) -> Any:
    if metadata.get("amount"):
        return leaves.AmountField()
    arguments = get_args(hint)
    if get_origin(hint) in (Union, types.UnionType):
        (hint,) = [each for each in arguments if each is not type(None)]
        return _of_type(hint, metadata)
    if get_origin(hint) in _HOLDERS:
        return _HOLDERS[get_origin(hint)](arguments)
    return _of_plain_type(hint, metadata)


_HOLDERS: dict[Any, Callable[[tuple[Any, ...]], Any]] = {
    Literal: lambda words: atoms.Word(words),
    tuple: lambda arguments: compound.Items(_of_type(arguments[0], {})),
    dict: lambda arguments: compound.Table(_of_type(arguments[1], {})),
}


def _of_plain_type(hint: Any, metadata: typing.Mapping[str, Any]) -> Any:
    if hint is int:
        return atoms.Whole(metadata.get("most", atoms.MOST_WHOLE))
    if hint is Fallback:
        return compound.FallbackField(metadata.get("words", MISSING))
    if hint is str:
        return {"number": atoms.Number, "text": atoms.Atom}.get(
            metadata.get("as_", "name"), atoms.Name
        )()
    if isinstance(hint, type) and issubclass(hint, Node):
        return fields.Nested(schema_of(hint))
    return _ATOMS[hint]()
