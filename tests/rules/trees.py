"""Random trees of the rule language, made from its dataclasses: every key, every way."""

import dataclasses
import datetime
import types
import typing
from typing import Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st

from rules.syntax import (
    Duration,
    Effect,
    Fallback,
    Formula,
    MeasuredOn,
    Node,
    Points,
    Source,
    Words,
)
from rules.syntax.facts import DETAILED_SOURCES, SOURCES
from rules.syntax.scoring import MISSING

NAMES = st.sampled_from(["a", "b2", "出勤率", "four_star", "unrated", "no", "true", "null", "on"])
TEXTS = st.one_of(
    st.sampled_from(["1.1.2", "0123", "2026.10", "yes", ": ", "#", "- x", "|", "null", "1e3"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1),
).filter(str.strip)
NUMBERS = st.sampled_from(["0", "12", "0.5", "95%", "12.50", "2026-01-31", "-3"])
FORMULAS = st.sampled_from(
    ["a >= 90%", 'kind in ["x", "y"]', "not a", "true", "12", "a if b else 1"]
)
POINTS = st.integers(-(10**9), 10**9).map(Points)
AMOUNTS = st.one_of(
    POINTS,
    st.just("all"),
    st.lists(st.one_of(POINTS, st.just("all")), min_size=1, max_size=3).map(tuple),
    st.dictionaries(NAMES, POINTS, min_size=1, max_size=2),
)
LEAVES: dict[Any, st.SearchStrategy] = {
    bool: st.booleans(),
    Points: POINTS,
    Formula: FORMULAS.map(Formula),
    Words: st.builds(Words, TEXTS, st.one_of(st.just(""), TEXTS)),
    Duration: st.builds(Duration, st.integers(0, 100), st.sampled_from(["day", "month", "year"])),
    datetime.date: st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
    Source: st.sampled_from(SOURCES).flatmap(
        lambda kind: st.builds(
            Source, st.just(kind), TEXTS if kind in DETAILED_SOURCES else st.just("")
        )
    ),
    Effect: st.one_of(
        st.builds(Effect, st.sampled_from(["no_level", "lowest_level", "clear_to_zero"])),
        st.builds(Effect, st.just("at_most"), NAMES),
        st.builds(Effect, st.just("down"), st.just(""), st.integers(1, 9)),
    ),
    MeasuredOn: st.builds(MeasuredOn, st.one_of(st.none(), st.integers(0, 4))),
}


def nodes(node: type[Node]) -> st.SearchStrategy:
    """Return trees of a class; of the ways that exclude each other one is given."""
    hints = typing.get_type_hints(node)
    attributes = [each for each in dataclasses.fields(node) if each.name != "where"]
    ways = [each.name for each in attributes if "way" in each.metadata]

    def build(way: str | None) -> st.SearchStrategy:
        given = {
            each.name: _attribute(each, hints[each.name], each.name == way)
            for each in attributes
            if each.name == way or each.name not in ways
        }
        return st.builds(node, **given)

    return st.sampled_from(ways).flatmap(build) if ways else build(None)


def _attribute(attribute: dataclasses.Field, hint: Any, is_way: bool) -> st.SearchStrategy:
    required = is_way or (
        attribute.default is dataclasses.MISSING
        and attribute.default_factory is dataclasses.MISSING
    )
    values = _values(hint, dict(attribute.metadata))
    if required:
        return values
    default = (
        attribute.default_factory
        if attribute.default is dataclasses.MISSING
        else (lambda: attribute.default)
    )
    return st.one_of(st.builds(default), values)


def _values(hint: Any, metadata: dict[str, Any]) -> st.SearchStrategy:
    arguments = get_args(hint)
    if metadata.get("amount"):
        return AMOUNTS
    if get_origin(hint) in (Union, types.UnionType):
        return _values(next(each for each in arguments if each is not type(None)), metadata)
    if get_origin(hint) is Literal:
        return st.sampled_from(arguments)
    if get_origin(hint) is tuple:
        return st.lists(_values(arguments[0], {}), max_size=2).map(tuple)
    if get_origin(hint) is dict:
        return st.dictionaries(NAMES, _values(arguments[1], {}), max_size=2)
    return _plain(hint, metadata)


def _plain(hint: Any, metadata: dict[str, Any]) -> st.SearchStrategy:
    if hint is int:
        return st.integers(0, metadata.get("most", 9999))
    if hint is str:
        return {"number": NUMBERS, "text": TEXTS}.get(metadata.get("as_", ""), NAMES)
    if hint is Fallback:
        words = metadata.get("words", MISSING)
        return st.sampled_from(words).flatmap(
            lambda kind: st.builds(Fallback, st.just(kind), NAMES if kind == "use" else st.just(""))
        )
    if isinstance(hint, type) and issubclass(hint, Node):
        return st.deferred(lambda: nodes(hint))
    return LEAVES[hint]
