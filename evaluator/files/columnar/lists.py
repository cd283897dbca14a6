"""Lists of ratings and of events for many organisations, whether typed or as texts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evaluator.files.columnar.event_texts import Structs, structs_of
from evaluator.files.columnar.frames import Encoded, Spelling, bits, encoded
from evaluator.files.columnar.numbers import Values, read_values
from evaluator.files.values import read_date
from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.columnar.columns import EventList, RatingList
from evaluator.scoring.reading import Unreadable
from rules.lowering.values import bounds_of
from rules.syntax import EventField, Fact

_BETWEEN_RATINGS = (
    r"[;；、,，\t\n\v\f\r\x1c-\x1f \x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}"
    r"\x{202f}\x{205f}\x{3000}]+"
)


@dataclass(frozen=True)
class ListValues:
    """Lists, empty where there are none.

    `given` tells who has a list, None that everybody has; `bad` which cells are refused, None that
    nobody's is.
    """

    lists: EventList | RatingList
    given: Bools | None
    bad: Bools | None


def read_ratings(column: pa.Array, fact: Fact, spelling: Spelling) -> ListValues:
    """Return the ratings of a column of lists, or of texts such as `90; 88`; none are missing."""
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        counts, _ = _counts(column)
        values = read_values(column.flatten(), fact, spelling)
        bad = _owners_of(_wrong(values), counts)
        return ListValues(RatingList(running(counts), values.numbers), _some(counts), bad)
    different = encoded(column, spelling)
    texts = pa.array([str(each) for each in different.cells], pa.string())
    parts = pc.split_pattern_regex(texts, _BETWEEN_RATINGS)
    counts, _ = _counts(parts)
    flat = parts.flatten()
    kept = bits(pc.not_equal(flat, ""))
    counts = np.diff(running(kept)[running(counts)])
    values = read_values(flat.filter(pa.array(kept)), fact, "plain")
    bad = _owners_of(_wrong(values), counts)
    offsets, places = _taken(running(counts), different)
    lists = RatingList(offsets, values.numbers[places])
    return ListValues(lists, _some(np.diff(offsets)), _per_row(bad, different))


def read_events(column: pa.Array, fact: Fact, spelling: Spelling) -> ListValues:
    """Return the events of a column of lists, or of JSON texts."""
    if _is_typed(column.type, fact):
        counts, given = _counts(column)
        events, bad = _events(column.flatten(), counts, fact, spelling, is_json=False)
        return ListValues(events, given, bad)
    different = encoded(column, spelling)
    found: Structs = structs_of(different, fact)
    counts, _ = _counts(found.lists)
    events, wrong = _events(found.lists.flatten(), counts, fact, "plain", is_json=True)
    bad = found.bad if wrong is None else found.bad | wrong
    offsets, places = _taken(events.offsets, different)
    columns = {name: each[places] for name, each in events.columns.items()}
    return ListValues(
        EventList(offsets, events.day[places], columns),
        _known(different),
        _per_row(bad, different),
    )


def no_lists(fact: Fact, size: int) -> ListValues:
    """Return what a fact without a column has."""
    empty, offsets = np.zeros(0, np.int64), np.zeros(size + 1, np.int64)
    nobody = np.zeros(size, np.bool_)
    if fact.type == "ratings":
        return ListValues(RatingList(offsets, empty), nobody, None)
    columns = dict.fromkeys(fact.fields, empty)
    return ListValues(EventList(offsets, empty.astype(np.int32), columns), nobody, None)


def running(counts: Array | Bools) -> Array:
    """Return where each list begins, and at the end where the last one ends."""
    offsets = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=offsets[1:])
    return offsets


def _is_typed(kind: pa.DataType, fact: Fact) -> bool:
    """Return whether a column holds lists of records with exactly the columns of the fact."""
    if not (pa.types.is_list(kind) or pa.types.is_large_list(kind)):
        return False
    if not pa.types.is_struct(kind.value_type):
        return False
    names = [kind.value_type.field(index).name for index in range(kind.value_type.num_fields)]
    return sorted(names) == sorted(["date", *fact.fields])


def _some(counts: Array) -> Bools | None:
    return None if counts.all() else counts > 0


def _counts(lists: pa.Array) -> tuple[Array, Bools | None]:
    given = bits(pc.is_valid(lists)) if lists.null_count else None
    counts = pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False)
    return counts.astype(np.int64), given


def _events(
    structs: pa.StructArray, counts: Array, fact: Fact, spelling: Spelling, *, is_json: bool
) -> tuple[EventList, Bools | None]:
    """Return the events of records, and which lists hold one that is wrong."""
    names = [structs.type.field(index).name for index in range(structs.type.num_fields)]
    # Flattened, a record that is null has no values, which every event must have.
    children = dict(zip(names, structs.flatten(), strict=True))
    days = _days(children.pop("date"), spelling)
    wrong = _wrong(days)
    columns: dict[str, Array] = {}
    for name, child in children.items():
        values = _event_column(child, fact.fields[name], spelling, is_json)
        columns[name] = values.numbers
        wrong = _either(wrong, _wrong(values))
    events = EventList(running(counts), days.numbers.astype(np.int32), columns)
    bad = _owners_of(wrong, counts)
    many = counts > bounds_of(fact)[1]
    return events, _either(bad, many if many.any() else None)


def _event_column(child: pa.Array, field: EventField, spelling: Spelling, is_json: bool) -> Values:
    if field.type != "text":
        return read_values(child, field, spelling)
    if is_json:
        # In JSON blanks are a text, if an empty one; nothing at all is none.
        given = bits(pc.fill_null(pc.not_equal(child, ""), False))
        child = pc.utf8_trim_whitespace(child)
        return Values(_numbered(child), given, None)
    found = encoded(child, spelling)
    texts = pa.array([str(each).strip() for each in found.cells], pa.string())
    numbers = _numbered(texts).astype(np.int32)
    return Values(found.take(numbers), found.given, None)


def _numbered(texts: pa.Array) -> Array:
    """Return a number for each text, equal texts alike."""
    indices = pc.dictionary_encode(texts).indices
    found: Array = pc.fill_null(indices, 0).to_numpy(zero_copy_only=False)
    return found


def _days(child: pa.Array, spelling: Spelling) -> Values:
    """Return the dates of events, which no bounds are set for."""
    found = encoded(child, spelling)
    numbers = np.zeros(len(found.unique), np.int64)
    bad = np.zeros(len(found.unique), np.bool_)
    for place, cell in enumerate(found.cells):
        try:
            numbers[place] = read_date(cell).toordinal() if cell is not None else 0
        except Unreadable:
            bad[place] = True
    return Values(found.take(numbers), found.given, found.take(bad))


def _wrong(values: Values) -> Bools | None:
    """Return which elements of lists are refused or missing, of which there must be none."""
    absent = None if values.given is None or values.given.all() else ~values.given
    return _either(absent, values.bad)


def _either(one: Bools | None, other: Bools | None) -> Bools | None:
    if one is None or other is None:
        return other if one is None else one
    return one | other


def _owners_of(wrong: Bools | None, counts: Array) -> Bools | None:
    """Return which lists hold an element that is wrong."""
    if wrong is None or not wrong.any():
        return None
    bad = np.zeros(len(counts), np.bool_)
    bad[np.repeat(np.arange(len(counts)), counts)[wrong]] = True
    return bad


def _taken(offsets: Array, column: Encoded) -> tuple[Array, Array]:
    """Return the lists of all rows from those of the different cells: offsets, and elements."""
    counts = np.where(column.given, column.take(np.diff(offsets)), 0)
    taken = running(counts)
    starts = column.take(offsets[:-1]) - taken[:-1]
    return taken, np.repeat(starts, counts) + np.arange(taken[-1])


def _known(column: Encoded) -> Bools | None:
    given = column.given
    return None if given.all() else given


def _per_row(bad: Bools | None, column: Encoded) -> Bools | None:
    if bad is None or not bad.any():
        return None
    return column.take(bad) & column.given
