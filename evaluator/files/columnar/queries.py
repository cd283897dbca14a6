"""Questions that DuckDB answers for a whole column at once."""

from __future__ import annotations

from functools import cache

import duckdb
import pyarrow as pa

from evaluator.files.columnar.frames import whole


@cache
def _connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def of_table(query: str, column: pa.Array) -> pa.Array:
    """Return the column `found` of a query of the table `cells`, whose one column is `cell`."""
    # Threads may ask at the same time, each with a cursor of its own.
    with _connection().cursor() as cursor:
        cursor.register("cells", pa.table({"cell": column}))
        return whole(cursor.sql(query).to_arrow_table()["found"])
