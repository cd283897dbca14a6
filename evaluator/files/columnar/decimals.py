"""Decimal columns of a Parquet file, read by DuckDB, as 32 or 64 bits each.

Arrow makes 128 bits of every decimal, one after the other, which takes it as long as all other
columns of a round together; DuckDB takes a fifth of that.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

_MOST_DIGITS = 18
_PATTERN = set("*?[]{}")
"""Letters of a path by which DuckDB would mean several files."""
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "256MB",
    "arrow_output_version": "1.5",
}


class DecimalColumns:
    """Reads the decimal columns of one file; best in the order of its rows.

    `names` are the columns that are read here; empty where it cannot be done.
    """

    def __init__(self, path: Path, schema: pa.Schema):
        self.path = path
        self.names = _readable(path, schema)
        self._position = 0
        self._batches: pa.RecordBatchReader | None = None
        self._waiting: list[pa.RecordBatch] = []

    def read(self, before: int, rows: int) -> Mapping[str, pa.Array]:
        """Return so many rows after the first ones; none where DuckDB cannot read the file."""
        try:
            return self._read(before, rows) if self.names else {}
        except (duckdb.Error, pa.ArrowException):
            self.names = []
            return {}

    def _read(self, before: int, rows: int) -> Mapping[str, pa.Array]:
        if self._batches is None or before != self._position:
            self._batches, self._waiting = self._from(before, rows), []
        while sum(each.num_rows for each in self._waiting) < rows:
            self._waiting.append(self._batches.read_next_batch())
        table = pa.Table.from_batches(self._waiting)
        self._waiting, self._position = table.slice(rows).to_batches(), before + rows
        return {name: table[name].slice(0, rows).combine_chunks() for name in self.names}

    def _from(self, before: int, rows: int) -> pa.RecordBatchReader:
        """Begin to read after the first rows."""
        columns = ", ".join(_quoted(name) for name in self.names)
        source = "read_parquet(?, file_row_number = true)"
        query = f"SELECT {columns} FROM {source} WHERE file_row_number >= ?"  # noqa: S608 - quoted
        self._connection = duckdb.connect(config=_SETTINGS)
        found = self._connection.sql(query, params=[str(self.path), before])
        return found.to_arrow_reader(rows)


def _readable(path: Path, schema: pa.Schema) -> list[str]:
    names = [*(name.casefold() for name in schema.names), "file_row_number"]
    if len(set(names)) < len(names) or _PATTERN & set(str(path)):
        return []
    return [
        each.name
        for each in schema
        if pa.types.is_decimal128(each.type) and each.type.precision <= _MOST_DIGITS
    ]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
