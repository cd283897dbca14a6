"""Serial numbers across all executors: holders counted in the order of their ids."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as f

from evaluator.results.rows import token_of

_NUMBER = "number"
_SPREAD = 1 << 16


def numbered(results: DataFrame) -> DataFrame:
    """Return result rows with whole serial numbers, and tokens; rows lose their order.

    Categories may share the letters of a serial number: they are counted together, in the order
    of the organisations' ids, then of their categories. Spark orders texts by their bytes in
    UTF-8, which is the order of their characters. Whoever has no certificate goes anywhere.
    """
    anywhere = f.when(f.col("certificate"), 0).otherwise(f.abs(f.xxhash64("id") % _SPREAD) + 1)
    holders = Window.partitionBy("serial", anywhere).orderBy("id", "category")
    counted = results.withColumn(_NUMBER, f.row_number().over(holders))
    return counted.mapInArrow(_certified, results.schema)


def _certified(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        rows = zip(
            *(batch[name].to_pylist() for name in ("serial", _NUMBER, "digest", "id", "level")),
            strict=True,
        )
        pairs = [_certificate(*row) if row[0] else ("", "") for row in rows]
        found = batch.drop_columns([_NUMBER])
        for place, name in enumerate(("serial", "token")):
            column = pa.array([pair[place] for pair in pairs], pa.string())
            found = found.set_column(found.schema.get_field_index(name), name, column)
        yield found


def _certificate(series: str, number: int, digest: str, who: str, level: str) -> tuple[str, str]:
    serial = f"{series}-{number:04d}"
    return serial, token_of(digest, who, level, serial)
