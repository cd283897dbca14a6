"""The JSON Schema of rule set files, for editors: made from the tree, so nothing is said twice.

A file that extends another, or is only there to be extended, is checked by a second form of the
same definitions in which what the other file brings may be left out.
"""

from __future__ import annotations

import dataclasses
import itertools
from typing import Any

from marshmallow import Schema, fields

from rules.inheritance import LISTS, TABLES
from rules.schema import atoms, compound, leaves, schema_of
from rules.syntax import Node, Part, RuleSet

Json = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NAME = r"^[^\s\d!-/:-@\[-^`{-~][^\s!-/:-@\[-^`{-~]*$"
"""A short name for readers of `\\w` as ASCII too: no space, no ASCII sign but the underscore."""

_TRUE: Json = {"enum": [True, "true"]}
_INHERITANCE: dict[str, Json] = {
    "extends": {"type": "string", "description": "File beside this one that is built upon."},
    "shared": {**_TRUE, "description": "The file is only there to be extended."},
    "remove": {
        "type": "array",
        "items": {"type": "string"},
        "description": "Ids, facts and measures of the extended file that are dropped.",
    },
}


def json_schema() -> Json:
    """Return the JSON Schema 2020-12 of a rule set file."""
    whole, partial = _Definitions(partial=False), _Definitions(partial=True)
    complete, change = whole.reference(RuleSet), partial.reference(RuleSet)
    return {
        "$schema": _DIALECT,
        "$id": "urn:evaluator:rule-set",
        "title": "Rule set",
        "type": "object",
        "if": {"anyOf": [{"required": ["extends"]}, {"required": ["shared"]}]},
        "then": change,
        "else": complete,
        "$defs": {"Words": _words(), **dict(sorted({**whole.found, **partial.found}.items()))},
    }


class _Definitions:
    """Gathers a definition for every node that a rule set may hold."""

    def __init__(self, partial: bool):
        self.partial = partial
        self.found: dict[str, Json] = {}

    def reference(self, node: type[Node], merged: bool = True) -> Json:
        """Return the reference to a node's definition, making it where it is not yet there."""
        partial = self.partial and merged
        name = node.__name__ + ("Change" if partial else "")
        if name not in self.found:
            self.found[name] = {}
            self.found[name].update(self._definition(node, partial))
        return {"$ref": f"#/$defs/{name}"}

    def _definition(self, node: type[Node], partial: bool) -> Json:
        schema = schema_of(node)()
        properties = {
            str(each.data_key): self._described(name, each, node, partial)
            for name, each in schema.fields.items()
        }
        if partial and node is RuleSet:
            properties = {**_INHERITANCE, **properties}
        required = _identity(schema) if partial else _required(schema)
        return {
            "type": "object",
            "description": " ".join((node.__doc__ or "").split()),
            "properties": properties,
            **({"required": required} if required else {}),
            "additionalProperties": False,
            **_ways(node, partial),
        }

    def _described(self, name: str, field: Any, node: type[Node], partial: bool) -> Json:
        key = str(field.data_key)
        merged = partial and (key in TABLES or key in LISTS)
        made = {**self._of(field, merged), "description": field.metadata["help"]}
        default = next(each.default for each in dataclasses.fields(node) if each.name == name)
        if isinstance(default, (bool, int, str)) and default != "":
            made["default"] = default
        return made

    def _of(self, field: Any, merged: bool) -> Json:
        if isinstance(field, fields.Nested):
            return self.reference(_node_of(field), merged)
        if isinstance(field, compound.Items):
            return {"type": "array", "items": self._of(field.inner, merged)}
        if isinstance(field, compound.Table):
            # A fact or measure of the child replaces the parent's as a whole.
            return {
                "type": "object",
                "propertyNames": {"pattern": _NAME},
                "additionalProperties": self._of(field.inner, merged=False),
            }
        return _scalar(field)


def _node_of(field: fields.Nested) -> type[Node]:
    node: type[Node] = field.schema.node  # type: ignore[attr-defined]
    return node


def _scalar(field: atoms.Atom) -> Json:
    if isinstance(field, leaves.WordsField):
        return {"$ref": "#/$defs/Words"}
    if isinstance(field, atoms.Name):
        return {"type": "string", "pattern": _NAME}
    if isinstance(field, atoms.Whole):
        return {"type": ["integer", "string"], "minimum": 0, "pattern": "^[0-9]{1,9}$"}
    if isinstance(field, atoms.Flag):
        return {"enum": [True, False, "true", "false"]}
    widened: Json = _widened(field.as_json_schema())
    return widened


def _words() -> Json:
    made: Json = _widened(leaves.WordsField().as_json_schema())
    return {"description": "Text in Chinese and, if you like, in English.", **made}


def _widened(schema: Any) -> Any:
    """Return a schema that takes any scalar where text is wanted: YAML reads 2026.1 as a number."""
    if isinstance(schema, list):
        return [_widened(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") == "string" and not {"pattern", "format"} & schema.keys():
        return {**schema, "type": ["string", "number", "boolean"]}
    return {key: _widened(value) for key, value in schema.items()}


def _required(schema: Schema) -> list[str]:
    return [str(each.data_key) for each in schema.fields.values() if each.required]


def _identity(schema: Schema) -> list[str]:
    """Return what a change must name even where all else comes from the extended file."""
    return [key for key in _required(schema) if key == "id"]


def _ways(node: type[Node], partial: bool) -> Json:
    """Return that exactly one way is given; a change may also leave the way to the other file."""
    ways = [
        str(each.metadata.get("key", each.name))
        for each in dataclasses.fields(node)
        if "way" in each.metadata
    ]
    if not ways:
        return {}
    if partial:
        pairs = itertools.combinations(ways, 2)
        return {"allOf": [{"not": {"required": list(pair)}} for pair in pairs]}
    one = [{"required": [way]} for way in ways]
    # A part with a condition alone brings its points once.
    alone = [{"required": ["when"], "not": {"anyOf": one}}] if node is Part else []
    return {"oneOf": [*one, *alone]}
