"""Results in Parquet: points as exact decimals, never as binary floats."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from evaluator.results.rows import PointsRow, ResultRow
from evaluator.results.whole_file import whole_file

POINTS = pa.decimal128(16, 4)
_DECIMALS = {"total", "points", "max"}
_TYPES = {"year": pa.int32(), "stars": pa.int8(), "laurel": pa.bool_(), "certificate": pa.bool_()}

RowT = TypeVar("RowT", ResultRow, PointsRow)


def write_rows(
    rows: Sequence[ResultRow] | Sequence[PointsRow], kind: type[RowT], path: Path
) -> None:
    """Write rows to a Parquet file, complete or not at all."""
    schema = schema_of(kind)
    columns = [pa.array([getattr(row, field.name) for row in rows], field.type) for field in schema]
    with whole_file(path) as partial:
        pq.write_table(pa.Table.from_arrays(columns, schema=schema), partial)


def schema_of(kind: type[RowT]) -> pa.Schema:
    """Return the columns of a file of rows."""
    return pa.schema([(each.name, _type(each.name)) for each in dataclasses.fields(kind)])


def _type(name: str) -> Any:
    return POINTS if name in _DECIMALS else _TYPES.get(name, pa.string())


def read_results(path: Path, ids: Sequence[str] | None = None) -> list[ResultRow]:
    """Return the result rows of a Parquet file, all or those of some organisations.

    Raises KeyError where a column is missing.
    """
    chosen = None if ids is None else pc.field("id").isin(pa.array(list(ids), pa.string()))
    rows: list[dict[str, Any]] = pq.read_table(path, filters=chosen).to_pylist()
    names = [each.name for each in dataclasses.fields(ResultRow)]
    return [ResultRow(**{name: row[name] for name in names}) for row in rows]
