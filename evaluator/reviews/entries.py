"""What a reviewer gives for a fact: read, shown and compared by the readers of the scoring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from evaluator.scoring.events import events_reader
from evaluator.scoring.reading import Unreadable, reader_of
from evaluator.web.wording import gettext
from rules.describe.sources import awaited_words
from rules.lowering.values import scale_of
from rules.numbers import number_text
from rules.syntax import EventField, Fact

_TRUTH = {"zh": ("否", "是"), "en": ("no", "yes")}


@dataclass(frozen=True)
class Entry:
    """What was typed for a fact: its value, and why it is other than stated."""

    value: Any
    reason: str = ""

    @property
    def is_blank(self) -> bool:
        """Return whether nothing was typed."""
        return self.value in (None, "")


@dataclass(frozen=True)
class ShownValue:
    """A value in words, or the rows of a list of events with their columns in words."""

    text: str = ""
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


def plain(raw: Any) -> Any:
    """Return a value without the reason that may stand beside it."""
    return raw.get("value") if isinstance(raw, Mapping) else raw


def reason_in(raw: Any) -> str:
    """Return the reason that stands beside a value."""
    return str(raw.get("reason") or "") if isinstance(raw, Mapping) else ""


def read(fact: Fact, raw: Any) -> object:
    """Return what a value means; raises Unreadable. None where there is none."""
    value = plain(raw)
    if value is None or value == "":
        return None
    return events_reader(fact)(value) if fact.type == "events" else reader_of(fact)(value)


def means_the_same(fact: Fact, one: Any, other: Any) -> bool:
    """Return whether two values mean the same: 5 and 5.0, 是 and true."""
    try:
        return read(fact, one) == read(fact, other)
    except Unreadable:
        return bool(plain(one) == plain(other))


def as_typed(fact: Fact | EventField, raw: Any) -> str:
    """Return a value as its form field holds it; what cannot be read stays as it is."""
    value = plain(raw)
    if value is None or value == "":
        return ""
    if fact.type not in ("boolean", "choice"):
        return str(value)
    try:
        code = reader_of(fact)(value)
    except Unreadable:
        return str(value)
    return ("false", "true")[code] if fact.type == "boolean" else list(fact.options)[code]


def shown(fact: Fact, raw: Any, language: str) -> ShownValue:
    """Return a value as people read it."""
    value = plain(raw)
    if value is None or value == "":
        return ShownValue(awaited_words(fact.source, language))
    if fact.type == "events" and isinstance(value, Sequence):
        return _shown_events(fact, value, language)
    if fact.type == "ratings" and isinstance(value, Sequence):
        return ShownValue(("、" if language == "zh" else ", ").join(map(str, value)))
    unit = fact.unit.say(language) if fact.unit else ""
    space = " " if unit and language == "en" else ""
    return ShownValue(f"{_words(fact, value, language)}{space}{unit}")


def _shown_events(fact: Fact, events: Sequence[Any], language: str) -> ShownValue:
    columns = [gettext("Date"), *(each.label.say(language) for each in fact.fields.values())]
    rows = [
        [
            str(event.get("date", "")),
            *(_words(column, event.get(name), language) for name, column in fact.fields.items()),
        ]
        for event in events
        if isinstance(event, Mapping)
    ]
    return ShownValue(gettext("%(count)s entries", count=len(events)), columns, rows)


def _words(fact: Fact | EventField, value: Any, language: str) -> str:
    if value is None or value == "":
        return ""
    if fact.type in ("text", "date"):
        return str(value)
    try:
        number = reader_of(fact)(value)
    except Unreadable:
        return str(value)
    if fact.type == "boolean":
        return _TRUTH[language][number]
    if fact.type == "choice":
        return list(fact.options.values())[number].say(language)
    return number_text(Fraction(number, scale_of(fact)), fact.type == "ratio")
