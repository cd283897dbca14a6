"""Lists of events as JSON texts: regular ones parsed together, all others one by one.

A regular text has the columns of its fact in one order, and in them only what can be told apart
without looking twice: quoted texts without a backslash, short numbers, true and false. It means the
same to every reader of JSON. Whatever is not regular goes through the reader of single
organisations, which alone knows what is accepted and what is refused.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evaluator.files.columnar.frames import Encoded, bits, is_text
from evaluator.files.columnar.queries import of_table
from evaluator.files.tables import Cell
from evaluator.files.values import value_reader
from evaluator.scoring.columnar.arrays import Bools
from evaluator.scoring.reading import Unreadable
from rules.syntax import Fact

_SPACE = r"[ \t\n\r]*"
_TEXT = r'"[^"\\\x00-\x1f]*"'
# Longer numbers might be rounded, and would come back with other digits.
_NUMBER = r"-?(?:0|[1-9][0-9]{0,7})(?:\.[0-9]{1,6})?"


@dataclass(frozen=True)
class Structs:
    """The events of different cells as records of texts, none where a cell is refused."""

    lists: pa.ListArray
    bad: Bools


def structs_of(column: Encoded, fact: Fact) -> Structs:
    """Return the events of each different cell, and which cells are refused."""
    names = ["date", *fact.fields]
    kind = pa.list_(pa.struct([(name, pa.string()) for name in names]))
    regular = np.zeros(len(column.unique), np.bool_)
    order = _order(column, names)
    if order:
        pattern = _pattern(order, fact)
        regular = bits(pc.fill_null(pc.match_substring_regex(column.unique, pattern), False))
    places = np.flatnonzero(~regular).tolist()
    single, bad = _one_by_one([column.cells[place] for place in places], fact)
    lists = pa.array(single, kind)
    if order and regular.any():
        together = _together(column.unique.filter(pa.array(regular)), names).cast(kind)
        lists = pa.concat_arrays([together, lists])
    # Row n of `lists` belongs to the n-th regular cell, and after these to the n-th of the others.
    number = np.empty(len(regular), np.int64)
    number[np.argsort(~regular, kind="stable")] = np.arange(len(regular))
    refused = np.zeros(len(regular), np.bool_)
    refused[places] = bad
    return Structs(lists.take(pa.array(number)), refused)


def _order(column: Encoded, names: Sequence[str]) -> list[str]:
    """Return the order in which the first events have their columns, nothing where it differs."""
    if not is_text(column.unique.type) or len({name.lower() for name in names}) < len(names):
        return []
    longer = pc.index(pc.greater(pc.utf8_length(column.unique), 4), True).as_py()
    if longer < 0:
        return list(names)
    try:
        [first, *_] = json.loads(column.unique[longer].as_py())
    except (ValueError, TypeError, RecursionError):
        return list(names)
    order = list(first) if isinstance(first, Mapping) else []
    return order if sorted(order) == sorted(names) else list(names)


def _pattern(order: Sequence[str], fact: Fact) -> str:
    """Return the expression that regular lists of events match."""
    columns = [
        f'"{re.escape(name)}"{_SPACE}:{_SPACE}{_value(name, fact)}{_SPACE}' for name in order
    ]
    event = rf"\{{{_SPACE}" + f",{_SPACE}".join(columns) + r"\}"
    return rf"^\[{_SPACE}(?:{event}{_SPACE}(?:,{_SPACE}{event}{_SPACE})*)?\]$"


def _value(name: str, fact: Fact) -> str:
    kind = "date" if name == "date" else fact.fields[name].type
    if kind in ("integer", "decimal", "ratio"):
        return f"(?:{_TEXT}|{_NUMBER})"
    return f"(?:{_TEXT}|true|false)" if kind == "boolean" else _TEXT


def _together(texts: pa.Array, names: Sequence[str]) -> pa.Array:
    """Return the events of regular texts, every value as a text."""
    shape = json.dumps([dict.fromkeys(names, "VARCHAR")], ensure_ascii=False).replace("'", "''")
    query = f"SELECT from_json(cell, '{shape}') AS found FROM cells"  # noqa: S608 - names of facts
    return of_table(query, texts)


def _one_by_one(cells: Sequence[Cell], fact: Fact) -> tuple[list[list[dict[str, str]]], list[bool]]:
    """Return the events of each cell, none where it is refused, and which ones are."""
    read = value_reader(fact)
    found: list[list[dict[str, str]]] = []
    bad: list[bool] = []
    for cell in cells:
        try:
            events = read(cell) if cell is not None else []
            found.append([_texts(each) for each in events])  # type: ignore[attr-defined]
            bad.append(False)
        except Unreadable:
            found.append([])
            bad.append(True)
    return found, bad


def _texts(event: Mapping[str, Cell]) -> dict[str, str]:
    """Return an event that was accepted with each value as a text that reads the same."""
    return {name: _spelt(value) for name, value in event.items()}


def _spelt(value: Cell) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = str(value)
    # Half a character is a text to Python but to no file; and an empty text is no missing one.
    return text.encode("utf-8", "backslashreplace").decode() or " "
