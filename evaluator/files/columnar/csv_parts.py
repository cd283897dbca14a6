"""A CSV file in parts of some hundred thousand records, each of which can be read alone."""

from __future__ import annotations

import csv
import io
from itertools import zip_longest
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pv

from evaluator.files.columnar.csv_blocks import UTF_8, Block, Lines, blocks_of, lines_of
from evaluator.files.columnar.frames import Frame, whole
from evaluator.files.csv_reader import MOST_IN_CELL, Numbered, records, table_of
from evaluator.files.submissions import TableErrors
from evaluator.files.tables import Table
from evaluator.scoring.columnar.arrays import Array

_CHUNK = 2**22
"""Bytes that are read into columns at once, so few that they stay near the processor."""


class CsvParts:
    """Finds the parts of one file and reads them; raises TableErrors where it is no table.

    `broken` is what is wrong with the last part that was read, where quotes end its reading.
    """

    def __init__(self, path: Path, most: int):
        self.path = path
        self.encoding, self.spans = blocks_of(path, most)
        marked = "utf-8-sig" if self.encoding == UTF_8 else self.encoding
        with path.open(encoding=marked, newline="") as lines:
            start = table_of(path, records(lines, path))
        self.keys, self.key_row, self.place = start.keys, start.key_row, start.place
        self.rows = sum(block.records for block in self.spans)
        self.broken: TableErrors | None = None

    def table(self) -> Table:
        """Return the keys as the reader of single rows sees them, without rows."""
        return Table(self.place, self.keys, self.key_row, iter(()))

    def frame(self, number: int) -> Frame:
        """Return the records of a part."""
        block = self.spans[number]
        with self.path.open("rb") as file:
            file.seek(block.start)
            content = file.read(block.end - block.start)
        self.broken = None
        found = self._together(block, content) if block.is_regular else None
        frame = found or self._one_by_one(block, content)
        after = frame.numbers > self.key_row
        return frame if after.all() else frame.only(after)

    def _together(self, block: Block, content: bytes) -> Frame | None:
        """Read regular records, nothing where they are of different lengths."""
        found = lines_of(content)
        numbers = _numbers(block, content, found)
        if not len(numbers):
            return Frame(self.keys, [pa.nulls(0, pa.string()) for _ in self.keys], numbers, "csv")
        longest = int(np.diff(found.records, prepend=0).max())
        names = [str(index) for index in range(len(self._first(content)))]
        if len(names) < len(self.keys) or longest > MOST_IN_CELL:
            return None
        if self.encoding != UTF_8:
            content = content.decode(self.encoding).encode()
        try:
            table = pv.read_csv(
                pa.BufferReader(content),
                # A character of GB18030 may be longer in UTF-8, though never twice as long.
                pv.ReadOptions(column_names=names, block_size=max(_CHUNK, 2 * longest)),
                pv.ParseOptions(newlines_in_values=len(found.ends) > len(found.records)),
                pv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
                ),
            )
        except pa.ArrowInvalid:
            return None
        if table.num_rows != len(numbers):
            return None
        return Frame(self.keys, [whole(each) for each in table.columns], numbers, "csv")

    def _first(self, content: bytes) -> list[str]:
        """Return the cells of the first record that is not empty."""
        lines = io.TextIOWrapper(io.BytesIO(content), self.encoding, newline="")
        return next(each for each in csv.reader(lines) if each)

    def _one_by_one(self, block: Block, content: bytes) -> Frame:
        """Read records of any shape, up to one that cannot be read."""
        lines = io.StringIO(content.decode(self.encoding), newline="")
        found: list[Numbered] = []
        try:
            found.extend(records(lines, self.path, block.line))
        except TableErrors as error:
            self.broken = error
        columns = list(zip_longest(*(row for _, row in found)))
        lacking = [(None,) * len(found)] * (len(self.keys) - len(columns))
        return Frame(
            self.keys,
            [pa.array(each, pa.string()) for each in (*columns, *lacking)],
            np.array([number for number, _ in found], np.int64),
            "plain",
        )


def _numbers(block: Block, content: bytes, found: Lines) -> Array:
    """Return the line on which each record begins; empty lines are none."""
    starts = np.append(0, found.records[:-1])
    empty = np.isin(np.frombuffer(content, np.uint8)[starts], (10, 13))
    starts = starts[~empty]
    return block.line + np.searchsorted(found.ends, starts, "right")
