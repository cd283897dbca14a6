"""A part of a file as Arrow columns, and what its cells are before a fact gives them a meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from evaluator.files.parquet_reader import cells_of
from evaluator.files.tables import Cell, Row
from evaluator.scoring.columnar.arrays import Array, Bools

Scalar = TypeVar("Scalar", bound=np.generic)
Spelling = Literal["csv", "parquet", "plain"]
"""What is to be taken off a text: blanks and the quote that makes it harmless (csv), blanks
(parquet), or nothing any more (plain)."""

_HARMLESS = r"^'('*[=+\-@\t\r\n＝＋－＠])"


@dataclass(frozen=True)
class Encoded:
    """A column as its different values, and for each row which it holds: -1 where it is empty."""

    unique: pa.Array
    codes: npt.NDArray[np.int32]

    @cached_property
    def cells(self) -> list[Cell]:
        """Return the different values as the readers of files know them."""
        unique = self.unique
        return unique.to_pylist() if is_text(unique.type) else cells_of(unique)

    @property
    def is_full(self) -> bool:
        """Return whether no row is empty."""
        return not len(self.codes) or int(self.codes.min()) >= 0

    @property
    def given(self) -> Bools:
        """Return which rows are not empty."""
        return self.codes >= 0

    def take(self, values: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
        """Return for each row what belongs to its value; anything where it is empty."""
        if not len(values):
            return np.zeros(len(self.codes), values.dtype)
        return values[self.codes]


def whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return a column as one array."""
    if isinstance(column, pa.ChunkedArray):
        if pa.types.is_dictionary(column.type):
            column = column.unify_dictionaries()
        return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    return column


def is_text(kind: pa.DataType) -> bool:
    """Return whether values of a type are texts."""
    return bool(
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    )


def cleaned(texts: pa.Array, spelling: Spelling) -> pa.Array:
    """Return texts as they were meant, null where nothing is left."""
    if spelling == "plain":
        return texts
    texts = pc.utf8_trim_whitespace(texts.cast(pa.string()))
    if spelling == "csv":
        texts = pc.replace_substring_regex(texts, _HARMLESS, r"\1")
    empty = pc.equal(texts, "")
    return pc.if_else(empty, None, texts) if pc.any(empty).as_py() else texts


def encoded(column: pa.Array, spelling: Spelling) -> Encoded:
    """Return a column of any type as its different values."""
    if is_text(column.type):
        column = column.cast(pa.string())
    if pa.types.is_decimal32(column.type) or pa.types.is_decimal64(column.type):
        column = column.cast(pa.decimal128(column.type.precision, column.type.scale))
    if not pa.types.is_dictionary(column.type):
        try:
            column = pc.dictionary_encode(column)
        except pa.ArrowNotImplementedError:  # lists and the like: every row is one of its own
            codes = np.arange(len(column), dtype=np.int32)
            return Encoded(column, np.where(bits(pc.is_valid(column)), codes, -1))
    unique = column.dictionary
    if is_text(unique.type):
        unique = cleaned(unique, spelling)
    indices = column.indices.cast(pa.int32())
    if indices.null_count:
        indices = pc.fill_null(indices, -1)
    codes = indices.to_numpy(zero_copy_only=False)
    if unique.null_count:
        empty = np.append(bits(pc.is_null(unique)), True)
        codes = np.where(empty[codes], -1, codes)
    return Encoded(unique, codes)


def texts_of(column: pa.Array, spelling: Spelling) -> pa.Array:
    """Return the cells of a column as texts, null where empty; no value is looked at twice."""
    if is_text(column.type):
        return cleaned(column.cast(pa.string()), spelling)
    found = encoded(column, spelling)
    unique = pa.array([str(each) for each in found.cells], pa.string())
    return unique.take(pa.array(found.codes, mask=~found.given))


def given_in(column: pa.Array, spelling: Spelling) -> Bools:
    """Return which cells of a column are not empty."""
    if column.null_count == len(column):
        return np.zeros(len(column), np.bool_)
    if is_text(column.type):
        return bits(pc.is_valid(cleaned(column, spelling)))
    if pa.types.is_dictionary(column.type):
        return encoded(column, spelling).given
    return bits(pc.is_valid(column))


def bits(truths: pa.Array) -> Bools:
    """Return an Arrow array of truths without nulls as NumPy."""
    found: Bools = truths.to_numpy(zero_copy_only=False)
    return found


@dataclass(frozen=True)
class Frame:
    """Rows of a file: a column for each key, perhaps more; `numbers` are those of the rows."""

    keys: Sequence[str]
    columns: Sequence[pa.Array]
    numbers: Array
    spelling: Spelling
    chosen: Array | None = None
    _kept: dict[int, pa.Array] = field(default_factory=dict)
    _texts: dict[int, pa.Array] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Return the number of rows."""
        return len(self.numbers)

    def column(self, index: int) -> pa.Array:
        """Return one column."""
        if self.chosen is None:
            return self.columns[index]
        if index not in self._kept:
            self._kept[index] = self.columns[index].take(pa.array(self.chosen))
        return self._kept[index]

    def texts(self, index: int) -> pa.Array:
        """Return the cells of a column as texts, null where empty."""
        if index not in self._texts:
            self._texts[index] = texts_of(self.column(index), self.spelling)
        return self._texts[index]

    def only(self, rows: Bools) -> Frame:
        """Return some of the rows; columns are cut when they are asked for."""
        if rows.all():
            return self
        chosen = np.flatnonzero(rows) if self.chosen is None else self.chosen[rows]
        return Frame(self.keys, self.columns, self.numbers[rows], self.spelling, chosen)

    def given(self, index: int) -> Bools:
        """Return which cells of a column are not empty."""
        return given_in(self.column(index), self.spelling)

    def rows(self, positions: Sequence[int] | Array) -> list[tuple[int, Row]]:
        """Return a few rows with their numbers, each as the reader of single rows takes it."""
        places = pa.array(np.asarray(positions, np.int64))
        columns = [
            self._cells(self.column(index).take(places)) for index in range(len(self.columns))
        ]
        numbers = self.numbers[np.asarray(positions, np.int64)].tolist()
        rows = zip(*columns, strict=True) if columns else [() for _ in numbers]
        return list(zip(numbers, rows, strict=True))

    def _cells(self, column: pa.Array) -> list[Cell]:
        found = encoded(column, self.spelling)
        return [None if code < 0 else found.cells[code] for code in found.codes.tolist()]
