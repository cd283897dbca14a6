"""Single values of a fact for many organisations: typed columns at once, others by their kinds.

A column that is typed as its fact needs no more than a look at its bounds. Every other column is
taken apart into its different values; each of them goes once through the readers that read single
organisations, so that both paths take a text for the same thing.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from evaluator.files.columnar.frames import Encoded, Spelling, bits, encoded, is_text
from evaluator.files.columnar.plain_texts import PLACES, plain_days, plain_numbers
from evaluator.files.exact_cells import float_text
from evaluator.files.tables import Cell
from evaluator.scoring.columnar.arrays import SIGNED, Array, Bools, narrow
from evaluator.scoring.reading import Unreadable, reader_of
from rules.integers import LIMIT
from rules.lowering.values import bounds_of, scale_of
from rules.syntax import EventField, Fact

_EPOCH = datetime.date(1970, 1, 1).toordinal()
_NUMERIC = ("integer", "decimal", "ratio", "ratings")
_MOST_DECIMALS = 15
"""A number with more decimal places is refused by those who read its text."""
_DECIMALS = (pa.Decimal32Type, pa.Decimal64Type, pa.Decimal128Type)
_MANY = 500
"""So many different texts are worth looking at together."""


@dataclass(frozen=True)
class Values:
    """Whole numbers as `reader_of` reads them, of any width, and anything where there are none.

    `given` tells which cells are not empty, None that all are; `bad` which of them are refused,
    None that nobody's is.
    """

    numbers: Array
    given: Bools | None
    bad: Bools | None


def read_values(column: pa.Array, fact: Fact | EventField, spelling: Spelling) -> Values:
    """Return the values of a column; a fact has bounds, choice, truth or date."""
    typed = _typed(column, fact)
    return typed if typed else values_of(encoded(column, spelling), fact)


def values_of(
    column: Encoded, fact: Fact | EventField, cells: Sequence[Cell] | None = None
) -> Values:
    """Return the values of a column by its different cells, or by another spelling of them."""
    if cells is None:
        numbers, bad = _unique_numbers(column, fact)
    else:
        numbers, bad = np.zeros(len(cells), np.int64), np.zeros(len(cells), np.bool_)
        _read_each(cells, range(len(cells)), fact, numbers, bad)
    given = None if column.is_full else column.given
    wrong = column.take(bad) if bad.any() else None
    if wrong is not None and given is not None:
        wrong = wrong & given
    fitting = narrow(int(numbers.min(initial=0)), int(numbers.max(initial=0)))
    return Values(column.take(numbers.astype(fitting)), given, wrong)


def _typed(column: pa.Array, fact: Fact | EventField) -> Values | None:
    """Return the values of a column whose type fits the fact, None for any other column."""
    kind = column.type
    low, high = bounds_of(fact)
    if fact.type == "boolean":
        return _truths(column) if pa.types.is_boolean(kind) else None
    if fact.type == "date":
        if not pa.types.is_date32(kind):
            return None
        return _within(_stored(column, np.int32) + np.int32(_EPOCH), column, low, high)
    if fact.type not in _NUMERIC or not _fits(fact):
        return None
    if pa.types.is_integer(kind) and not pa.types.is_uint64(kind):
        return _decimals(_stored(column, kind.to_pandas_dtype()), 0, column, fact)
    if isinstance(kind, _DECIMALS) and 0 <= kind.scale <= _MOST_DECIMALS:
        return _stored_decimals(column, fact)
    return _doubles(column, fact) if pa.types.is_float64(kind) else None


def _stored(column: pa.Array, kind: npt.DTypeLike) -> Array:
    """Return the numbers of a column as they lie in memory, anything where it is null."""
    size = np.dtype(kind).itemsize
    if column.buffers()[1] is None:
        return np.zeros(len(column), kind)
    return np.frombuffer(column.buffers()[1], kind, len(column), column.offset * size)


def _given(column: pa.Array) -> Bools | None:
    return bits(pc.is_valid(column)) if column.null_count else None


def _truths(column: pa.Array) -> Values:
    full = pc.fill_null(column, False) if column.null_count else column
    return Values(bits(full).view(np.int8), _given(column), None)


def _within(numbers: Array, column: pa.Array, low: int, high: int) -> Values:
    """Return numbers with those that lie outside their bounds marked."""
    given = _given(column)
    if not len(numbers) or (low <= int(numbers.min()) and int(numbers.max()) <= high):
        return Values(numbers, given, None)
    bad = _outside(numbers, low, high)
    return Values(numbers, given, bad if given is None else bad & given)


def _outside(numbers: Array, low: int, high: int) -> Bools:
    """Compare with bounds that the type of the numbers may not hold."""
    info = np.iinfo(numbers.dtype)
    bad = np.zeros(len(numbers), np.bool_)
    if low > info.min:
        bad |= numbers < min(low, info.max) if low <= info.max else True
    if high < info.max:
        bad |= numbers > max(high, info.min) if high >= info.min else True
    return bad


def _decimals(stored: Array, places: int, column: pa.Array, fact: Fact | EventField) -> Values:
    """Return numbers that are stored times a power of ten, times the scale of their fact."""
    scale, unit = scale_of(fact), 10**places
    low, high = bounds_of(fact)
    if scale >= unit:
        factor = scale // unit
        found = _within(stored, column, -(-low // factor), high // factor)
        if factor == 1:
            return found
        # What is out of bounds may wrap around; nobody reads it.
        return Values(found.numbers.astype(np.int64) * factor, found.given, found.bad)
    factor = unit // scale
    quotient, rest = np.divmod(stored.astype(np.int64), factor)
    found = _within(quotient, column, low, high)
    return _also_bad(found, rest != 0)


def _also_bad(values: Values, wrong: Bools) -> Values:
    """Return values of which some more are refused, where they are given."""
    if values.given is not None:
        wrong = wrong & values.given
    if not wrong.any():
        return values
    return Values(values.numbers, values.given, wrong if values.bad is None else wrong | values.bad)


def _stored_decimals(column: pa.Array, fact: Fact | EventField) -> Values:
    """Read decimals, of 128 bits by their low half; what needs the high half is too large."""
    if not pa.types.is_decimal128(column.type):
        stored = _stored(column, SIGNED[column.type.byte_width])
        return _decimals(stored, column.type.scale, column, fact)
    halves = np.frombuffer(column.buffers()[1], np.int64)[2 * column.offset :]
    low, high = halves[0 : 2 * len(column) : 2], halves[1 : 2 * len(column) : 2]
    found = _decimals(low, column.type.scale, column, fact)
    return _also_bad(found, high != low >> 63)


def _doubles(column: pa.Array, fact: Fact | EventField) -> Values:
    """Read doubles that are the nearest to a decimal of their fact; the rest by their text.

    The quotient of two whole numbers below 2**53 is the double nearest to it, and one of at most
    15 digits is what `float_text` makes of that double: so an equal double has this very text.
    """
    scale = scale_of(fact)
    stored = np.frombuffer(column.buffers()[1], np.float64, len(column), column.offset * 8)
    with np.errstate(invalid="ignore", over="ignore"):
        whole = np.rint(stored * scale)
        exact = (whole / scale == stored) & (np.abs(whole) < 10**_MOST_DECIMALS)
    numbers = np.where(exact, whole, 0).astype(np.int64)
    found = _within(numbers, column, *bounds_of(fact))
    given = found.given
    rest = np.flatnonzero(~exact if given is None else ~exact & given)
    if not len(rest):
        return found
    different, codes = np.unique(stored[rest], return_inverse=True)
    texts = pa.array([float_text(each) for each in different.tolist()])
    read = values_of(Encoded(texts, codes.astype(np.int32)), fact)
    numbers[rest] = read.numbers
    bad = np.zeros(len(numbers), np.bool_) if found.bad is None else found.bad
    bad[rest] = False if read.bad is None else read.bad
    return Values(numbers, given, bad)


def _unique_numbers(column: Encoded, fact: Fact | EventField) -> tuple[Array, Bools]:
    """Return the number of each different cell, and which cells are refused."""
    texts = column.unique
    numbers, bad = np.zeros(len(texts), np.int64), np.zeros(len(texts), np.bool_)
    left: Sequence[int] = range(len(texts))
    if len(texts) > _MANY and is_text(texts.type) and _fits(fact):
        if fact.type in _NUMERIC:
            left = _read_numbers(texts, fact, numbers, bad)
        elif fact.type == "date":
            left = _read_days(texts, fact, numbers, bad)
    _read_each(column.cells, left, fact, numbers, bad)
    return numbers, bad


def _fits(fact: Fact | EventField) -> bool:
    """Return whether 64 bits hold every value; a fact of wider bounds fills no slot."""
    low, high = bounds_of(fact)
    return low >= -LIMIT and high <= LIMIT


def _read_each(
    cells: Sequence[Cell],
    places: Sequence[int],
    fact: Fact | EventField,
    numbers: Array,
    bad: Bools,
) -> None:
    """Read cells as those who read single organisations do."""
    read, fits = reader_of(fact), _fits(fact)
    for place in places:
        cell = cells[place]
        if cell is None:
            continue
        try:
            value = read(cell)
            numbers[place] = value if fits else 0
        except Unreadable:
            bad[place] = True


def _read_numbers(
    texts: pa.Array, fact: Fact | EventField, numbers: Array, bad: Bools
) -> list[int]:
    """Read numbers together, for a ratio percentages too; return the places of other texts."""
    left = np.ones(len(texts), np.bool_)
    for percent in (False, True) if fact.type == "ratio" else (False,):
        fitting, chosen = plain_numbers(texts, percent)
        stored = np.frombuffer(chosen.buffers()[1] or b"", np.int64)[: 2 * len(chosen) : 2]
        found = _decimals(stored, PLACES + 2 * percent, chosen, fact)
        numbers[fitting] = found.numbers
        bad[fitting] = False if found.bad is None else found.bad
        left &= ~fitting
    return np.flatnonzero(left).tolist()


def _read_days(texts: pa.Array, fact: Fact | EventField, numbers: Array, bad: Bools) -> list[int]:
    """Read days together; return the places of texts that look otherwise."""
    fitting, days = plain_days(texts)
    low, high = bounds_of(fact)
    numbers[fitting] = days
    bad[fitting] = (days < low) | (days > high)
    return np.flatnonzero(~fitting).tolist()
