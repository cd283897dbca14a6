"""Parquet, whatever wrote it: typed columns, decimals, lists of events, or text throughout."""

from __future__ import annotations

import decimal
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from evaluator.files.exact_cells import decimal_text, float_text
from evaluator.files.submissions import TableErrors, whole_file
from evaluator.files.tables import Cell, Row, Table

_BATCH = 10_000
DAMAGED = (pa.ArrowException, OSError, UnicodeDecodeError)


def read_parquet(path: Path) -> Table:
    """Return the table of a Parquet file; raises TableErrors where it is none."""
    try:
        file = pq.ParquetFile(path)
        keys = list(file.schema_arrow.names)
    except DAMAGED as error:
        raise damaged(path, error) from None
    return Table(
        place=lambda row: f"{path.name} row {row}" if row else path.name,
        keys=keys,
        key_row=0,
        rows=_rows(path, file),
    )


def damaged(path: Path, error: Exception) -> TableErrors:
    """Return the error of a file that cannot be read at all, or not to its end."""
    reason = " ".join(str(error).split())
    return whole_file(
        path,
        "不是Parquet文件，或文件已损坏；请重新导出",
        f"is no Parquet file, or a damaged one ({reason}); export it again",
    )


def _rows(path: Path, file: pq.ParquetFile) -> Iterator[tuple[int, Row]]:
    """Yield numbered rows; damage may come to light only where a batch is read."""
    number = 0
    try:
        for batch in file.iter_batches(_BATCH):
            columns = [cells_of(column) for column in batch.columns]
            for row in zip(*columns, strict=True):
                number += 1
                yield number, row
    except DAMAGED as error:
        raise damaged(path, error) from None


def cells_of(column: pa.Array) -> list[Cell]:
    """Return the cells of a column, plain as those of every kind of file."""
    plain = _plain_of(column.type)
    values = column.to_pylist()
    return (
        values if plain is None else [None if value is None else plain(value) for value in values]
    )


def _plain_of(kind: pa.DataType) -> Callable[[Cell], Cell] | None:
    """Return what turns a value into a plain cell; nothing where it is one already."""
    if pa.types.is_boolean(kind) or pa.types.is_date(kind):
        return None
    if pa.types.is_dictionary(kind):
        return _plain_of(kind.value_type)
    if pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_struct(kind):
        return _nested
    return _plain


def _plain(value: Cell) -> Cell:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, float):
        return float_text(value)
    if isinstance(value, decimal.Decimal):
        return decimal_text(value)
    return value if isinstance(value, bool) or hasattr(value, "year") else str(value)


def _nested(value: Cell) -> Cell:
    """Return a list or struct with every number as text."""
    if isinstance(value, list):
        return [_nested(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _nested(each) for key, each in value.items()}
    return None if value is None else _plain(value)
