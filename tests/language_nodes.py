"""Every node class of the language, found from the tree of a rule set."""

from __future__ import annotations

import typing

from rules.syntax import Node


def nodes_below(node: type[Node], found: dict[str, type[Node]]) -> dict[str, type[Node]]:
    """Return every node class that a node may hold."""
    if node.__name__ not in found:
        found[node.__name__] = node
        for hint in typing.get_type_hints(node).values():
            for inner in parts_of(hint):
                nodes_below(inner, found)
    return found


def parts_of(hint: object) -> list[type[Node]]:
    """Return the node classes inside a type."""
    if isinstance(hint, type) and issubclass(hint, Node):
        return [hint]
    return [node for inner in typing.get_args(hint) for node in parts_of(inner)]
