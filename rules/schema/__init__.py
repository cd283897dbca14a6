"""Marshmallow schemas of the rule language, and what reads and writes through them."""

from __future__ import annotations

from typing import Any, TypeVar

from marshmallow import ValidationError

from rules.problems import Problem, RuleErrors
from rules.schema.build import schema_of
from rules.schema.flaws import problems_of
from rules.syntax.base import Node
from rules.yaml_reader import Mapping

NodeT = TypeVar("NodeT", bound=Node)


def read_node(node: type[NodeT], value: Mapping) -> NodeT:
    """Return the typed node of a mapping; raises RuleErrors with every flaw and its place."""
    try:
        loaded = schema_of(node)().load(value)
    except ValidationError as error:
        raise RuleErrors(problems_of(error.messages, value, value.where)) from error
    assert isinstance(loaded, node)  # noqa: S101 - the schema was made from this class
    return loaded


def plain(node: Node) -> dict[str, Any]:
    """Return the canonical plain values of a node: what was left out stays out."""
    values: dict[str, Any] = schema_of(type(node))().dump(node)
    return values


__all__ = ["Problem", "plain", "read_node", "schema_of"]
