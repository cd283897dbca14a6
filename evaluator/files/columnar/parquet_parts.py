"""A Parquet file in parts of some hundred thousand rows, each of which can be read alone."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from evaluator.files.columnar.decimals import DecimalColumns
from evaluator.files.columnar.frames import Frame, is_text, whole
from evaluator.files.parquet_reader import DAMAGED, damaged
from evaluator.files.tables import Table

_DIFFERENT = ("id", "name")
"""Texts of which no two rows have the same; all others are read as dictionaries."""


@dataclass(frozen=True)
class Span:
    """Where a part lies: in whole row groups, or in a piece of a single large one."""

    groups: tuple[int, ...]
    piece: int
    rows: int
    before: int


class ParquetParts:
    """Reads the parts of one file; raises TableErrors where it is damaged.

    A thread reads, so that the next part is read while the one before it is looked through.
    """

    def __init__(self, path: Path, most: int):
        self.path, self.most = path, most
        try:
            schema = pq.read_schema(path)
            texts = [each.name for each in schema if is_text(each.type)]
            self.file = pq.ParquetFile(
                path, read_dictionary=[each for each in texts if each not in _DIFFERENT]
            )
        except DAMAGED as error:
            raise damaged(path, error) from None
        self.spans = _spans(self.file.metadata, most)
        self.rows: int = self.file.metadata.num_rows
        self.keys = list(schema.names)
        self._decimals = DecimalColumns(path, schema)
        self._next: tuple[tuple[int, list[str] | None], Iterator[pa.RecordBatch]] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="parquet")
        self._ahead: tuple[int, Future[list[pa.Array]]] | None = None
        self._last = -1

    def table(self) -> Table:
        """Return the keys as the reader of single rows sees them, without rows."""
        name = self.path.name
        return Table(lambda row: f"{name} row {row}" if row else name, self.keys, 0, iter(()))

    def frame(self, number: int) -> Frame:
        """Return the rows of a part; its parts are best read in their order."""
        span = self.spans[number]
        try:
            columns = self._read(number)
        except DAMAGED as error:
            raise damaged(self.path, error) from None
        rows = np.arange(span.before + 1, span.before + 1 + span.rows)
        return Frame(self.keys, columns, rows, "parquet")

    def _read(self, number: int) -> list[pa.Array]:
        """Return the columns of a part; whoever reads part after part finds the next one begun."""
        begun, reading = self._ahead or (-1, None)
        if reading is None or begun != number:
            reading = self._thread.submit(self._checked, number)
        is_next, self._last, self._ahead = number == self._last + 1, number, None
        if is_next and number + 1 < len(self.spans):
            self._ahead = number + 1, self._thread.submit(self._checked, number + 1)
        return reading.result()

    def _checked(self, number: int) -> list[pa.Array]:
        span = self.spans[number]
        found = dict(self._decimals.read(span.before, span.rows))
        rest = [each for each in self.keys if each not in found] if found else None
        columns = [whole(each) for each in self._columns(number, span, rest)]
        _check_texts(columns)
        if rest is None:
            return columns
        found |= zip(rest, columns, strict=True)
        return [found[each] for each in self.keys]

    def _columns(
        self, number: int, span: Span, names: list[str] | None
    ) -> list[pa.ChunkedArray] | list[pa.Array]:
        if span.rows == sum(self.file.metadata.row_group(each).num_rows for each in span.groups):
            return list(self.file.read_row_groups(list(span.groups), names).columns)
        following, batches = self._next if self._next else (None, iter(()))
        if following != (number, names) or span.piece == 0:
            batches = self.file.iter_batches(self.most, list(span.groups), names)
            for _ in range(span.piece):
                next(batches)
        batch = next(batches)
        self._next = (number + 1, names), batches
        if batch.num_rows != span.rows:
            # Whatever cut the group otherwise: the part is the same.
            group = self.file.read_row_group(span.groups[0], names)
            return list(group.slice(span.piece * self.most, span.rows).columns)
        return list(batch.columns)


def _check_texts(columns: list[pa.Array]) -> None:
    """Raise where bytes are no text: nothing looks at every text otherwise."""
    for column in columns:
        texts = column.dictionary if pa.types.is_dictionary(column.type) else column
        if is_text(texts.type):
            texts.validate(full=True)


def _spans(metadata: pq.FileMetaData, most: int) -> list[Span]:
    """Join small row groups, and cut large ones into pieces."""
    spans: list[Span] = []
    before, waiting, rows = 0, list[int](), 0
    for number in range(metadata.num_row_groups):
        size = metadata.row_group(number).num_rows
        if waiting and rows + size > most:
            spans.append(Span(tuple(waiting), 0, rows, before))
            before, waiting, rows = before + rows, [], 0
        waiting.append(number)
        rows += size
        if rows > most:
            for piece in range(-(-rows // most)):
                first = piece * most
                spans.append(Span((number,), piece, min(most, rows - first), before + first))
            before, waiting, rows = before + rows, [], 0
    if rows:
        spans.append(Span(tuple(waiting), 0, rows, before))
    return spans
