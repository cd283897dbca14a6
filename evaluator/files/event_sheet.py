"""A sheet of events: one row for each event of any organisation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from evaluator.files.category_sheet import FIRST_ROW, set_up, write_headers
from evaluator.files.column_help import kind_words
from evaluator.files.columns import event_columns
from evaluator.files.excel_cells import write_cell
from evaluator.files.sheet_names import EventSheet
from evaluator.files.styles import Styles
from evaluator.files.submissions import Submission
from evaluator.files.validation import ChoiceLists, validation_of
from evaluator.files.values import Read, value_reader
from evaluator.scoring.reading import Raw, Unreadable
from rules.syntax import EventField, Words

_LAST_ROW = 100_002
"""Rows in which cells accept only what their column asks for: 100,000 events."""
_DATE = EventField(label=Words("日期", "Date"), type="date")


def write_events(
    sheet: Worksheet,
    events: EventSheet,
    submissions: Sequence[Submission],
    styles: Styles,
    lists: ChoiceLists,
) -> None:
    """Write headers, drop-downs and the events of the organisations."""
    columns = event_columns(events.name, events.fact)
    fields: list[EventField | None] = [None, _DATE, *events.fact.fields.values()]
    write_headers(sheet, columns, styles)
    for index, field in enumerate(fields):
        sheet.set_column(index, index, _width(field), styles.cell(field))
        if field is not None:
            words = kind_words(field)
            sheet.write_comment(1, index, f"{words.zh}\n{words.say('en')}")
            sheet.data_validation(FIRST_ROW, index, _LAST_ROW, index, validation_of(field, lists))
    set_up(sheet, frozen=1)
    formats = [styles.cell(field) for field in fields]
    readers = [value_reader(field) if field else None for field in fields]
    for row, event in enumerate(_events(events, submissions), FIRST_ROW):
        for index, column in enumerate(columns):
            value = _spelt(event.get(column.name), readers[index])
            write_cell(sheet, row, index, value, fields[index], formats[index])


def _events(events: EventSheet, submissions: Sequence[Submission]) -> Iterator[Mapping[str, Raw]]:
    for each in submissions:
        found = each.facts.get(events.name)
        if each.organisation.category in events.categories and isinstance(found, Sequence):
            for event in found:
                yield {"id": each.organisation.id, **event}


def _spelt(raw: Raw, read: Read | None) -> Raw:
    """Return a value as the readers spell it; one that is wrong stays as it is."""
    if raw is None or read is None:
        return raw
    try:
        return read(raw)
    except Unreadable:
        return raw


def _width(field: EventField | None) -> int:
    if field is None:
        return 16
    return 40 if field.type == "text" else max(14, len(field.label.zh) + 6)
