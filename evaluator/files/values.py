"""Values in the one spelling that every kind of file is read to.

Numbers become the text of an exact decimal (a ratio of 95.5% is `0.955`), words of a choice their
short name, days `datetime.date`; so the same round is equal whether it came as a workbook, as CSV
or as Parquet.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Mapping, Sequence

from evaluator.scoring.reading import Raw, Unreadable, read_day, reader_of
from rules.lowering.values import bounds_of, scale_of
from rules.problems import listed, nearest
from rules.syntax import EventField, Fact

Read = Callable[[Raw], Raw]

_BETWEEN_RATINGS = re.compile(r"[;；、,，\s]+")


def value_reader(fact: Fact | EventField) -> Read:
    """Return what reads one value of a fact or column; raises Unreadable."""
    if isinstance(fact, Fact) and fact.type == "events":
        return _events_reader(fact)
    if fact.type == "ratings":
        return _ratings_reader(fact)
    if fact.type == "text":
        return lambda raw: str(raw).strip()
    read = reader_of(fact)
    if fact.type == "boolean":
        return lambda raw: read(raw) == 1
    if fact.type == "choice":
        options = list(fact.options)
        return lambda raw: options[read(raw)]
    if fact.type == "date":
        return lambda raw: datetime.date.fromordinal(read(raw))
    return _number_reader(read, scale_of(fact))


def _number_reader(read: Callable[[Raw], int], scale: int) -> Read:
    if scale == 1:
        return lambda raw: str(read(raw))
    places = len(str(scale)) - 1

    def text(raw: Raw) -> str:
        value = read(raw)
        whole, rest = divmod(abs(value), scale)
        decimals = f"{rest:0{places}d}".rstrip("0")
        sign = "-" if value < 0 else ""
        return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"

    return text


def _ratings_reader(fact: Fact | EventField) -> Read:
    read_one = _number_reader(reader_of(fact), scale_of(fact))

    def read(raw: Raw) -> list[Raw]:
        if isinstance(raw, Sequence) and not isinstance(raw, str):
            return [read_one(each) for each in raw]
        return [read_one(each) for each in _BETWEEN_RATINGS.split(str(raw).strip()) if each]

    return read


def _events_reader(fact: Fact) -> Read:
    """Return what reads a list of events, or its JSON text, and names the event that is wrong."""
    read_one = _event_reader(fact)

    def read(raw: Raw) -> list[Raw]:
        events = _json(raw) if isinstance(raw, str) else raw
        if not isinstance(events, Sequence):
            raise _no_list(raw)
        refuse_too_many(fact, len(events))
        result: list[Raw] = []
        for number, each in enumerate(events, 1):
            if not isinstance(each, Mapping):
                raise _no_list(raw)
            try:
                result.append(read_one(each))
            except Unreadable as error:
                raise Unreadable(
                    f"第{number}条：{error.zh}", f"event {number}: {error.en}"
                ) from None
        return result

    return read


def refuse_too_many(fact: Fact, count: int) -> None:
    """Raise Unreadable where there are more events than the fact allows."""
    most = bounds_of(fact)[1]
    if count > most:
        raise Unreadable(
            f"共{count}条记录，最多{most}条", f"found {count} events; allowed are at most {most}"
        )


def _json(text: str) -> Raw:
    try:
        # Numbers stay text: JSON would make floats of them.
        events: Raw = json.loads(text, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        raise _no_list(text) from None
    return events


def _no_list(raw: Raw) -> Unreadable:
    example = '[{"date": "2026-05-01", …}]'
    return Unreadable(
        f"填写的是“{raw}”，应为若干条记录的JSON，如{example}",
        f'found "{raw}"; allowed is a JSON list of events such as {example}',
    )


def event_readers(fact: Fact) -> dict[str, Read]:
    """Return what reads each column of an event, its date included."""
    columns: dict[str, Read] = {"date": read_date}
    return columns | {name: value_reader(column) for name, column in fact.fields.items()}


def _event_reader(fact: Fact) -> Callable[[Mapping[str, Raw]], dict[str, Raw]]:
    """Return what reads one event; raises Unreadable naming the column."""
    readers = event_readers(fact)
    labels = {"date": "日期"} | {name: column.label.zh for name, column in fact.fields.items()}

    def read(event: Mapping[str, Raw]) -> dict[str, Raw]:
        for name in event:
            if name not in readers:
                raise Unreadable(
                    f"没有“{name}”这一栏，只有：{'、'.join(readers)}",
                    f'"{name}" is no column; allowed are {listed(readers)}.'
                    f"{nearest(name, readers)}",
                )
        return {
            name: _column(name, labels[name], event.get(name), each)
            for name, each in readers.items()
        }

    return read


def read_date(raw: Raw) -> datetime.date:
    """Return a day; raises Unreadable."""
    if type(raw) is datetime.date:
        return raw
    return datetime.date.fromordinal(read_day(raw))


def _column(name: str, label: str, raw: Raw, read: Read) -> Raw:
    if raw is None or raw == "":
        raise Unreadable(f"缺少“{label}”", f'"{name}" is missing; give it a value')
    try:
        return read(raw)
    except Unreadable as error:
        raise Unreadable(f"“{label}”{error.zh}", f"{name}: {error.en}") from None
