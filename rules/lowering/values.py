"""Typed values of expressions in integer form."""

from __future__ import annotations

import datetime
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from rules.integers import Int
from rules.numbers import NotANumber, read_number
from rules.quotients import Quotient
from rules.syntax import EventField, Fact

DEFAULT_PLACES = 2
FIRST_DAY = datetime.date(1900, 1, 1).toordinal()
LAST_DAY = datetime.date(2199, 12, 31).toordinal()
MOST_EVENTS = 1_000
MOST_DECLARED = 100_000


@dataclass(frozen=True, eq=False)
class Number:
    """An exact number; `percent` only says how it is shown."""

    quotient: Quotient
    percent: bool = False


@dataclass(frozen=True, eq=False)
class Truth:
    """A condition: 1 or 0."""

    bit: Int


@dataclass(frozen=True, eq=False)
class Choice:
    """The position of the chosen word among the options."""

    code: Int
    options: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Day:
    """A date as its proleptic ordinal."""

    ordinal: Int


@dataclass(frozen=True, eq=False)
class Literal:
    """A text or a list of texts, to be compared with a choice."""

    words: tuple[str, ...]
    is_list: bool = False


Value = Number | Truth | Choice | Day | Literal

names = {
    Number: "a number",
    Truth: "a condition",
    Choice: "a choice",
    Day: "a date",
    Literal: "a text",
}


def kind_of(value: Value) -> str:
    """Return the type of a value as a message calls it."""
    return names[type(value)]


def scale_of(fact: Fact | EventField) -> int:
    """Return by what a number of this fact is multiplied to be whole."""
    if fact.type == "integer":
        return 1
    return int(10 ** (places_of(fact) + (2 if fact.type == "ratio" else 0)))


def places_of(fact: Fact | EventField) -> int:
    """Return how many decimal places of a number are kept, or of its percentage."""
    return DEFAULT_PLACES if fact.places is None else fact.places


def bounds_of(fact: Fact | EventField) -> tuple[int, int]:
    """Return the lowest and highest whole number of a fact; raises NotANumber."""
    if fact.type == "boolean":
        return 0, 1
    if fact.type == "choice":
        return 0, max(len(fact.options) - 1, 0)
    if fact.type == "events":
        return 0, int(fact.max or MOST_EVENTS)
    low, high = _declared_bounds(fact)
    if low > high:
        raise NotANumber(f"{low} > {high}")
    return low, high


def _declared_bounds(fact: Fact | EventField) -> tuple[int, int]:
    if fact.type == "date":
        return _day(fact.min, FIRST_DAY), _day(fact.max, LAST_DAY)
    highest = fact.max or ("100%" if fact.type == "ratio" else None)
    if highest is None:
        raise NotANumber("max")
    return _scaled(fact.min or "0", scale_of(fact)), _scaled(highest, scale_of(fact))


def bounds_message(name: str, fact: Fact | EventField) -> str:
    """Return what to say about a fact for which `bounds_of` raises."""
    low, high = fact.min or "none", fact.max or "none"
    with suppress(NotANumber):
        _declared_bounds(fact)
        return (
            f'"{name}" has min: {fact.min or 0} above max: {fact.max or "100%"}; the lower '
            "bound comes first. Mend one of them."
        )
    wanted = {
        "date": "dates such as 2026-01-31",
        "integer": "whole numbers such as 0 and 60",
        "ratio": "shares such as 0% and 100%",
    }.get(fact.type, "numbers such as 0 and 7.5")
    places = f" of at most {places_of(fact)} decimal places" if fact.type == "decimal" else ""
    return (
        f'"{name}" has min: {low} and max: {high}, which bound nothing; allowed are {wanted}'
        f"{places}. A number needs `max:`; `min:` is 0 where not given."
    )


def is_most_events(text: str | None) -> bool:
    """Return whether the `max` of an events fact says how many events it may hold."""
    return text is None or (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_DECLARED)


def most_events_message(fact: Fact | EventField) -> str:
    """Return what to say about a `max` that does not say how many."""
    return (
        f'found max: "{fact.max}"; the most events of a fact is a whole number from 1 to '
        f"{MOST_DECLARED:,}."
    )


@cache
def _scaled(text: str, scale: int) -> int:
    value = read_number(text) * scale
    if value.denominator != 1:
        raise NotANumber(text)
    return value.numerator


def _day(text: str | None, default: int) -> int:
    if text is None:
        return default
    try:
        return datetime.date.fromisoformat(text).toordinal()
    except ValueError:
        raise NotANumber(text) from None
