"""The description as its page shows it: groups of operations, each in a line or two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evaluator.api.described import METHODS


@dataclass(frozen=True)
class Field:
    """Something that is sent: where, its name, its type, whether it must be, what it means."""

    where: str
    name: str
    type: str
    required: bool
    description: str


@dataclass(frozen=True)
class Operation:
    """One operation."""

    method: str
    path: str
    summary: str
    description: str
    fields: Sequence[Field]
    answers: Sequence[str]


@dataclass(frozen=True)
class Group:
    """The operations on one kind of thing."""

    name: str
    title: str
    operations: Sequence[Operation]


def groups_of(spec: Mapping[str, Any]) -> list[Group]:
    """Return the groups of a description in the order of its tags."""
    found: dict[str, list[Operation]] = {each["name"]: [] for each in spec["tags"]}
    for path, operations in spec["paths"].items():
        for method in METHODS:
            if method in operations:
                operation = _operation(spec, path, method, operations)
                found[operations[method]["tags"][0]].append(operation)
    return [Group(each["name"], each["description"], found[each["name"]]) for each in spec["tags"]]


def _operation(
    spec: Mapping[str, Any], path: str, method: str, operations: Mapping[str, Any]
) -> Operation:
    operation = operations[method]
    parameters = [*operations.get("parameters", ()), *operation.get("parameters", ())]
    fields = [
        _field(spec, each["in"], each["name"], each["schema"], each)
        for each in parameters
        if each["name"] != "Accept-Language"
    ]
    return Operation(
        method.upper(),
        path,
        operation.get("summary", ""),
        operation.get("description", ""),
        [*fields, *_body(spec, operation)],
        list(operation["responses"]),
    )


def _body(spec: Mapping[str, Any], operation: Mapping[str, Any]) -> Iterator[Field]:
    for content_type, content in operation.get("requestBody", {}).get("content", {}).items():
        schema = _resolved(spec, content["schema"])
        required = schema.get("required", ())
        for name, each in schema.get("properties", {}).items():
            yield _field(spec, "json", name, each, {"required": name in required})
        if "properties" not in schema:
            yield Field("body", content_type, schema.get("type", ""), True, "")


def _field(
    spec: Mapping[str, Any],
    where: str,
    name: str,
    schema: Mapping[str, Any],
    more: Mapping[str, Any],
) -> Field:
    words = more.get("description") or schema.get("description", "")
    return Field(where, name, _type(spec, schema), bool(more.get("required")), words)


def _type(spec: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    """Return the type of a value in short: `string`, `array of Part`, one of its words."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "enum" in schema:
        return " | ".join(str(each) for each in schema["enum"])
    if "anyOf" in schema:
        return " | ".join(_type(spec, each) for each in schema["anyOf"])
    kind = schema.get("type", "any")
    named = " | ".join(kind) if isinstance(kind, list) else str(schema.get("format", kind))
    return f"array of {_type(spec, schema['items'])}" if "items" in schema else named


def _resolved(spec: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in schema:
        return schema
    found: Mapping[str, Any] = spec["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found
