"""The tables of keys and of functions in docs/rule-language.md, made from the code.

`python tests/docs/key_tables.py` writes them anew between their markers; a test compares them.
"""

from __future__ import annotations

import dataclasses
import datetime
import re
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import rules.syntax as syntax
from rules.formula import FUNCTIONS
from rules.syntax import Duration, Effect, Fallback, Formula, MeasuredOn, Node, Source, Words
from rules.syntax.base import Points

DOCUMENT = Path(__file__).parents[2] / "docs" / "rule-language.md"
_MARKER = re.compile(r"(<!-- (keys|functions)(?:: (\w+))? -->\n).*?(<!-- end -->)", re.DOTALL)
_LEAVES: dict[Any, str] = {
    str: "name", int: "whole number", bool: "true or false", Points: "points",
    Formula: "formula", Words: "words", Duration: "duration", datetime.date: "date",
    Source: "source", Effect: "effect", MeasuredOn: "`unrounded` or `rounded: PLACES`",
    Fallback: "fallback",
}  # fmt: skip


def with_tables(text: str) -> str:
    """Return the document with every table made anew."""
    return _MARKER.sub(lambda match: f"{match[1]}{_table(match[2], match[3])}{match[4]}", text)


def documented_nodes(text: str) -> list[str]:
    """Return the names of the nodes that have a table."""
    return [match[3] for match in _MARKER.finditer(text) if match[2] == "keys"]


def _table(kind: str, name: str) -> str:
    rows = _functions() if kind == "functions" else _keys(getattr(syntax, name))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _functions() -> Iterator[tuple[str, ...]]:
    yield ("function", "gives")
    yield ("---", "---")
    for name, meaning in FUNCTIONS.items():
        yield (f"`{name}`", meaning)


def _keys(node: type[Node]) -> Iterator[tuple[str, ...]]:
    hints = typing.get_type_hints(node)
    yield ("key", "value", "", "meaning")
    yield ("---", "---", "---", "---")
    for each in dataclasses.fields(node):
        if each.name != "where":
            key = str(each.metadata.get("key", each.name))
            yield (f"`{key}`", _value(hints[each.name], each), _needed(each), each.metadata["help"])


def _needed(attribute: dataclasses.Field[Any]) -> str:
    if "way" in attribute.metadata:
        return "one of these"
    missing = dataclasses.MISSING
    required = attribute.default is missing and attribute.default_factory is missing
    return "required" if required else ""


def _value(hint: Any, attribute: dataclasses.Field[Any]) -> str:
    """Return what a key takes, in a few words."""
    if attribute.metadata.get("amount"):
        return "points, `all`, a list or a mapping of points"
    if attribute.metadata.get("as_") in ("number", "text"):
        return {"number": "number", "text": "text"}[attribute.metadata["as_"]]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _value(next(each for each in arguments if each is not type(None)), attribute)
    if origin is Literal:
        return ", ".join(f"`{each}`" for each in arguments)
    if origin is tuple:
        return f"list of {_value(arguments[0], attribute)}"
    if origin is dict:
        return f"mapping of names to {_value(arguments[1], attribute)}"
    if hint in _LEAVES:
        return _LEAVES[hint]
    return hint.__name__


if __name__ == "__main__":
    DOCUMENT.write_text(with_tables(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
