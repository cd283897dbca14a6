"""Which facts a part of a rule set reads."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from rules.lowering.names import Names
from rules.syntax import Formula, Node


def facts_read(value: Any, names: Names) -> frozenset[str]:
    """Return every fact that a node reads, through measures; a fact may be named or in formulas."""
    return frozenset(_facts(value, names))


def formulas_of(value: Any) -> Iterator[Formula]:
    """Yield every formula of a node, but for conditions on the columns of events."""
    if isinstance(value, Formula):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from formulas_of(each)
    elif isinstance(value, Node):
        for attribute in dataclasses.fields(value):
            if attribute.name != "where_":
                yield from formulas_of(getattr(value, attribute.name))


def named_facts(value: Any) -> Iterator[str]:
    """Yield every fact that a node names outside formulas."""
    if isinstance(value, tuple):
        for each in value:
            yield from named_facts(each)
    elif isinstance(value, Node):
        for attribute in dataclasses.fields(value):
            inner = getattr(value, attribute.name)
            if attribute.metadata.get("refers") == "fact" and inner:
                yield inner
            else:
                yield from named_facts(inner)


def _facts(value: Any, names: Names) -> Iterator[str]:
    yield from named_facts(value)
    for formula in formulas_of(value):
        yield from names.facts_of(formula)
