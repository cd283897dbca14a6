"""What a cell of the template accepts, and what it says when it is chosen or refuses."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from evaluator.files.column_help import kind_words
from evaluator.files.tables import letters
from rules.lowering.values import bounds_of, scale_of
from rules.syntax import EventField, Fact, Words

Validation = dict[str, Any]

YES_NO = ("是", "否")
_LONGEST_MESSAGE = 255  # Excel's own limit
_FIRST_EXCEL_DAY = datetime.date(1900, 3, 1)  # Excel believes in 29 February 1900


class ChoiceLists:
    """Drop-down lists on a sheet of their own, since a list in a cell ends at 255 characters."""

    def __init__(self, sheet: str):
        self.sheet = sheet
        self.lists: dict[tuple[str, ...], int] = {}

    def source(self, words: Sequence[str]) -> str:
        """Return where a list stands, as a formula."""
        column = self.lists.setdefault(tuple(words), len(self.lists))
        letter = letters(column)
        return f"='{self.sheet}'!${letter}$1:${letter}${len(words)}"


def validation_of(fact: Fact | EventField, lists: ChoiceLists) -> Validation:
    """Return what a column accepts."""
    words = kind_words(fact)
    if fact.type == "boolean":
        return chosen(YES_NO, words)
    if fact.type == "choice":
        return listed([each.zh for each in fact.options.values()], lists, words)
    if fact.type == "date":
        return _dated(fact, words)
    if fact.type in ("integer", "decimal", "ratio"):
        return _numbered(fact, words)
    return {"validate": "any", **_messages(words)}


def chosen(words: Sequence[str], asked: Words) -> Validation:
    """Return a short drop-down list that stands in the cell itself."""
    return {"validate": "list", "source": list(words), **_messages(asked)}


def listed(words: Sequence[str], lists: ChoiceLists, asked: Words) -> Validation:
    """Return a drop-down list."""
    return {"validate": "list", "source": lists.source(words), **_messages(asked)}


def _numbered(fact: Fact | EventField, words: Words) -> Validation:
    low, high = (each / scale_of(fact) for each in bounds_of(fact))
    kind = "integer" if fact.type == "integer" else "decimal"
    return {
        "validate": kind,
        "criteria": "between",
        "minimum": low,
        "maximum": high,
        **_messages(words),
    }


def _dated(fact: Fact | EventField, words: Words) -> Validation:
    low, high = (datetime.date.fromordinal(each) for each in bounds_of(fact))
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": max(low, _FIRST_EXCEL_DAY),
        "maximum": high,
        **_messages(words),
    }


def _messages(words: Words) -> Mapping[str, Any]:
    asked = f"{words.zh}\n{words.say('en')}"
    return {
        "input_title": "填写要求 What to write",
        "input_message": asked[:_LONGEST_MESSAGE],
        "error_title": "不符合要求 Not allowed",
        "error_message": f"应填：{words.zh}\nAllowed: {words.say('en')}"[:_LONGEST_MESSAGE],
    }
