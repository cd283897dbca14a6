"""Which constructs of the language a rule set has, and which there are."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterator
from typing import Any, Literal, Union, get_args, get_origin

from language_nodes import nodes_below
from value_pools import nodes_of

from rules.formula import FUNCTIONS, Expression, parse
from rules.syntax import Duration, Effect, Fallback, Formula, MeasuredOn, RuleSet
from rules.syntax.levels import EFFECTS
from rules.syntax.scoring import MISSING

WORDS_ONLY = frozenset(
    {"label", "title", "description", "unit", "help", "note", "reused", "anchors", "evidence"}
) | {"basis", "because", "decided_by", "category_title", "issuer", "version", "rhythm", "percent"}
"""Keys that say something to people, or how a number is shown; points and levels are the same."""
DECLARED_ONLY = frozenset(
    {
        "RuleSet.rule_set",
        "RuleSet.category",
        "RuleSet.targets",
        "RuleSet.procedure",
        "RuleSet.follow_up",
        "Level.stars",
        "Level.certificate",
        "Level.laurel",
        "Level.validity",
        "Veto.found_at",
    }
)
_NODES_DECLARED_ONLY = frozenset(
    {"Anchor", "Evidence", "Basis", "Validity", "PopulationTarget", "FollowUp", "Step"}
)
_OPERATORS = (
    *("+", "-", "*", "/", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or", "not"),
    *("negate", "if", "list", "truth", "text", "number"),
)
_UNITS = ("day", "month", "year")


def scoring_constructs() -> set[str]:
    """Return every construct that may change points, levels or quotas."""
    found = {f"formula: {each}" for each in (*_OPERATORS, *FUNCTIONS)}
    for name, node in nodes_below(RuleSet, {}).items():
        hints = typing.get_type_hints(node)
        for each in dataclasses.fields(node):
            key = f"{name}.{each.name.rstrip('_')}"
            if name in _NODES_DECLARED_ONLY or key in DECLARED_ONLY:
                continue
            if each.name != "where" and each.name not in WORDS_ONLY:
                found |= {f"{key}{value}" for value in _values_of_type(hints[each.name], each)}
    return found


def _values_of_type(hint: Any, attribute: dataclasses.Field[Any]) -> list[str]:
    """Return what a key may hold, as far as kinds of values are told apart."""
    if "amount" in attribute.metadata:
        return [": all", ": points", ": list", ": mapping", " with all"]
    if get_origin(hint) in (Union, types.UnionType):
        (hint,) = [each for each in get_args(hint) if each is not type(None)]
    if get_origin(hint) is Literal:
        return [f"={word}" for word in get_args(hint)]
    if hint is Fallback:
        return [f"={word}" for word in attribute.metadata.get("words", MISSING)]
    if attribute.name == "among" and hint is str:
        return ["=category", "=committee", "=choice"]
    return _KINDS.get(hint, [""])


_KINDS = {
    Effect: [f"={word}" for word in EFFECTS],
    MeasuredOn: ["=None", *(f"={places}" for places in range(5))],
    Duration: [f" in {unit}s" for unit in _UNITS],
    bool: ["=True", "=False"],
}


def constructs_of(rules: RuleSet) -> set[str]:
    """Return the constructs of one rule set, by the names of `scoring_constructs`."""
    found: set[str] = set()
    for node in nodes_of(rules):
        for each in dataclasses.fields(node):
            value = getattr(node, each.name)
            key = f"{type(node).__name__}.{each.name.rstrip('_')}"
            if each.name != "where" and value not in (None, (), {}):
                found |= {f"{key}{suffix}" for suffix in _values(each, value)}
            if isinstance(value, Formula):
                found |= set(_of_formula(parse(value)))
    return found


def _values(attribute: dataclasses.Field[Any], value: Any) -> Iterator[str]:
    if "amount" in attribute.metadata:
        yield from _of_amount(value)
    elif isinstance(value, Fallback | Effect):
        yield f"={value.kind}"
    elif isinstance(value, MeasuredOn):
        yield f"={value.rounded}"
    elif isinstance(value, Duration):
        yield f" in {value.unit}s"
    elif attribute.name == "among" and isinstance(value, str):
        yield f"={value if value in ('category', 'committee') else 'choice'}"
    else:
        yield ""
        if isinstance(value, bool | str):
            yield f"={value}"


def _of_amount(value: Any) -> Iterator[str]:
    if isinstance(value, tuple):
        yield ": list"
        yield from (" with all" for each in value if each == "all")
    elif isinstance(value, dict):
        yield ": mapping"
    else:
        yield ": all" if value == "all" else ": points"


def _of_formula(expression: Expression) -> Iterator[str]:
    called = expression.kind == "call"
    yield f"formula: {expression.value if called else expression.kind}"
    for each in expression.args:
        yield from _of_formula(each)
