"""What a part of a rule set means, as plain values that are equal where the meaning is equal."""

from __future__ import annotations

import dataclasses
from typing import Any

from rules.formula import Expression, parse
from rules.numbers import NotANumber, read_number
from rules.syntax import Formula, Level, Node, Period


def normal(value: Any) -> Any:
    """Return a comparable value: without places, formulas by what they say, lists by their ids."""
    if isinstance(value, Formula):
        return _tree(parse(value))
    if isinstance(value, Node):
        return _node(value)
    if isinstance(value, tuple):
        return _list(value)
    if isinstance(value, dict):
        return {key: normal(item) for key, item in value.items()}
    return value


def _tree(expression: Expression) -> Any:
    return (expression.kind, expression.value, tuple(map(_tree, expression.args)))


def _node(node: Node) -> Any:
    return {
        attribute.name: _attribute(attribute, getattr(node, attribute.name))
        for attribute in dataclasses.fields(node)
        if attribute.name != "where"
    }


def _attribute(attribute: dataclasses.Field[Any], value: Any) -> Any:
    """Return an attribute; a number that is kept as text counts by its value."""
    if attribute.metadata.get("as_") != "number" or not isinstance(value, str):
        return normal(value)
    try:
        return read_number(value)
    except NotANumber:
        return value


def _list(items: tuple[Any, ...]) -> Any:
    """Return items by their id where they have one; the order matters for levels alone."""
    ids = [getattr(each, "id", None) for each in items]
    if items and all(isinstance(each, str) for each in ids):
        found = {name: normal(each) for name, each in zip(ids, items, strict=True)}
        return (found, ids) if isinstance(items[0], Level) else found
    if all(isinstance(each, Period) for each in items):
        return sorted((each.from_, each.to) for each in items)
    return [normal(each) for each in items]
