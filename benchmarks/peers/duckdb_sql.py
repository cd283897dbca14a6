"""DuckDB: one query in SQL over a table in memory, integers only, points in hundredths.

`//` cuts towards zero where Python rounds down: every dividend here is made non-negative first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pyarrow as pa

from benchmarks.nation.lines import (
    DIMENSIONS,
    GATE_FACT,
    HUNDREDTHS,
    LEVELS,
    LINES,
    QUOTA_PERCENT,
    TIE_BREAK,
    TOP,
    VETO,
    least,
)
from benchmarks.nation.population import THREADS, Columns
from benchmarks.nation.scores import Scores

NAME = "DuckDB, SQL"

SPELLED = {
    "deduct": "400 - 200 * {0}::SMALLINT - 150 * {1}::SMALLINT",
    "missed": "CASE WHEN {0} >= 12 THEN 500 WHEN {0} <= 2 THEN 0 ELSE 50 * {0}::SMALLINT - 100 END",
    "ladder": "CASE WHEN {0} >= 95 THEN 100 WHEN {0} >= 90 THEN 50 WHEN {0} < 80 THEN -100 "
    "ELSE 0 END",
    "share": "CASE WHEN 10 * {0}::INTEGER >= 9 * {1}::INTEGER THEN 300 "
    "ELSE (2000 * {0}::INTEGER + 3 * {1}::INTEGER) // (6 * {1}::INTEGER) END",
    "capped": "CASE WHEN {0} >= 14 THEN 100 WHEN {0} = 13 THEN 50 ELSE 0 END"
    " + CASE WHEN {1} >= 98 THEN 100 ELSE 0 END",
    "once": "100 * ({0} | {1})::SMALLINT",
    "options": "CASE {0} WHEN 0 THEN 400 WHEN 1 THEN 300 WHEN 2 THEN 200 ELSE 0 END",
    "per": "CASE WHEN {0} <= 48 THEN 300 WHEN {0} >= 58 THEN 0 "
    "ELSE 300 - 30 * ({0}::SMALLINT - 48) END",
    "proportional": "CASE WHEN {0} >= 120 THEN 300 ELSE (5 * {0} + 1) // 2 END",
    "cases": "CASE WHEN {0} >= 5500 THEN 250 WHEN {1} > 17 THEN 250 WHEN {0} >= 4500 THEN 200 "
    "WHEN {1} > 15 THEN 200 WHEN {0} >= 2300 THEN 150 WHEN {1} > 13 THEN 150 ELSE 50 END",
    "formula": "(6 * {0} + 4 * {1} + 5) // 10",
    "pro_rata": "CASE WHEN {0} >= 950 THEN 400 WHEN {0} <= 790 THEN 0 "
    "ELSE (801 - 5 * (950 - {0})) // 2 END",
    "repeat": "CASE {0} WHEN 0 THEN 150 WHEN 1 THEN 100 ELSE 0 END",
}


def query() -> str:
    """Return the query; the cut is the first who is left out, and who ties with it is too."""
    sums = ", ".join(f"{_sum(name)} AS {name}" for name in DIMENSIONS)
    return f"""
        CREATE OR REPLACE TABLE result AS
        WITH summed AS (SELECT {sums}, {VETO}, {GATE_FACT} FROM facts),
        totals AS (SELECT *, {" + ".join(DIMENSIONS)} AS total FROM summed),
        reached AS (SELECT *, {_levels(TOP)} AS below, {_levels(TOP + 1)} AS own FROM totals),
        scored AS MATERIALIZED (
            SELECT total::SMALLINT AS total, below::TINYINT AS below,
                (CASE WHEN {VETO} = 1 THEN -1 ELSE own END)::TINYINT AS level,
                (total * 65536 + {TIE_BREAK})::INTEGER AS key FROM reached
        ),
        cut AS (
            SELECT key FROM scored WHERE level = {TOP} ORDER BY key DESC
            LIMIT 1 OFFSET (SELECT (2 * {QUOTA_PERCENT} * count(*) + 100) // 200 FROM scored)
        )
        SELECT total, level,
            CASE WHEN level = {TOP} AND key <= (SELECT key FROM cut) THEN below ELSE level END
            AS final FROM scored
    """  # noqa: S608 - our own text


def _sum(dimension: str) -> str:
    return " + ".join(
        f"({SPELLED[line.kind].format(*line.facts)})"
        for line in LINES
        if line.dimension == dimension
    )


def _levels(count: int) -> str:
    cases = (f"WHEN {_reached(number)} THEN {number}" for number in range(count - 1, -1, -1))
    return f"CASE {' '.join(cases)} ELSE -1 END"


def _reached(number: int) -> str:
    level = LEVELS[number]
    conditions = [f"total >= {level.at_least * HUNDREDTHS}"]
    if level.rate:
        conditions.append(f"{GATE_FACT} >= {level.rate * 10}")
    if level.dimensions_percent:
        conditions += [f"{name} >= {least(name, level)}" for name in DIMENSIONS]
    return " AND ".join(conditions)


def connection() -> duckdb.DuckDBPyConnection:
    """Return a database in memory with as many threads as the other sides have."""
    return duckdb.connect(config={"threads": THREADS})


def prepare(columns: Columns) -> Callable[[], Scores]:
    """Load the columns into a table."""
    database = connection()
    database.register("given", pa.table({k: pa.array(v) for k, v in columns.items()}))
    database.execute("CREATE TABLE facts AS SELECT * FROM given")
    database.unregister("given")
    text = query()

    def run() -> Scores:
        database.execute(text)
        return Scores(**_fetched(database))

    return run


def _fetched(database: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    found = database.execute("SELECT total AS totals, level AS levels, final FROM result")
    return dict(found.fetchnumpy())
