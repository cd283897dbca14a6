"""Values of attributes and facts: the text that is stored, and the words that people read."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction

from evaluator.files.values import value_reader
from evaluator.scoring.reading import Raw, Unreadable, reader_of
from rules.lowering.values import scale_of
from rules.numbers import number_text
from rules.syntax import EventField, Fact, Words

YES_NO = {"true": Words("是", "yes"), "false": Words("否", "no")}
_NUMBERS = ("integer", "decimal", "ratio")


def stored_value(fact: Fact, raw: Raw) -> Raw:
    """Return a value as the tables keep it, a text or a list of texts; raises Unreadable.

    The readers of facts take it back as it is.
    """
    return plain(value_reader(fact)(raw))


def plain(value: Raw) -> Raw:
    """Return a value that was read, in JSON without numbers: exact, and the same everywhere."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return str(value)


def shown_value(fact: Fact | EventField | None, value: Raw, language: str) -> str:
    """Return a stored value in words: 是, 95.5%, 12次, 较好; as it is where no fact tells."""
    if isinstance(value, Mapping):
        return shown_value(fact, value.get("value"), language)
    if isinstance(value, list):
        return "；".join(str(each) for each in value)
    if fact is None:
        return str(value)
    try:
        return _worded(fact, value, language)
    except Unreadable:
        return str(value)


def _worded(fact: Fact | EventField, value: Raw, language: str) -> str:
    if fact.type == "boolean":
        return YES_NO["true" if reader_of(fact)(value) else "false"].say(language)
    if fact.type == "choice":
        return list(fact.options.values())[reader_of(fact)(value)].say(language)
    if fact.type not in _NUMBERS:
        return str(value)
    number = Fraction(reader_of(fact)(value), scale_of(fact))
    unit = fact.unit.say(language) if isinstance(fact, Fact) and fact.unit else ""
    space = " " if unit and language == "en" else ""
    return f"{number_text(number, fact.type == 'ratio')}{space}{unit}"
