"""A nation in a Parquet file: reading and scoring it, against DuckDB reading and summing it.

The file is what any table of a round is: number, name, committee, category and 60 facts of each
organisation; truths, whole numbers, exact decimals and words. DuckDB reads the same columns, adds
up the numbers, counts the truths, and takes the highest of the words, on two threads. Ours reads
them part by part as a round does (every cell checked, numbers that stand twice looked for), scores
them and applies the quota; what it comes to is compared with the same columns in memory.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.columnar import ROWS
from benchmarks.measuring import Measured, interleaved_seconds
from benchmarks.nation.facts import BY_NAME, WORDS, Fact
from benchmarks.nation.ours import Ours, category
from benchmarks.nation.population import Columns, population
from benchmarks.peers.duckdb_sql import connection
from evaluator.files.columnar import RoundParts
from evaluator.scale.passes import ahead, columns_of
from evaluator.scale.scored_parts import joined
from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.awards import award
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.tables import Tables
from evaluator.scoring.round import Category

AT_MOST = 2.0
NATION, COMMITTEES = "nation", 19


def measure(rows: int = ROWS) -> list[dict[str, Any]]:
    """Return the row of this benchmark for so many organisations."""
    columns = population(rows)
    expected = Ours(columns).score().final
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "nation.parquet")
        write(columns, path)
        made, database = category(), connection()
        assert np.array_equal(_scored(path, made), expected)
        mine, peer = interleaved_seconds(
            lambda: _scored(path, made), lambda: _summed(path, columns, database)
        )
    name = f"{rows:,} organisations from Parquet: total, level, quota"
    limit = f"limit: {AT_MOST:g} × DuckDB reading and summing them ({peer:.2f} s)"
    found = Measured(name, mine, AT_MOST * peer, limit, "s", AT_MOST * peer / mine, 1.0)
    return [found.as_json()]


def _scored(path: Path, made: Category) -> Array:
    """Return the levels after the quota of everybody in the file."""
    engine = Engine(made)
    file = RoundParts(path, {NATION: made.rule_set})
    decided = [
        engine.decide(columns_of(part)[NATION], Tables())
        for part in ahead(file.read, range(len(file)))
    ]
    return award(engine, joined(decided))[0].final


def _summed(path: Path, columns: Columns, database: duckdb.DuckDBPyConnection) -> list[Any]:
    aggregates = ["max(id)", "max(name)", "max(committee)", "max(category)"]
    aggregates += [_aggregate(BY_NAME[name]) for name in columns]
    text = f"SELECT {', '.join(aggregates)} FROM read_parquet('{path}')"  # noqa: S608 - our own
    return database.execute(text).fetchall()


def _aggregate(fact: Fact) -> str:
    if fact.kind == "boolean":
        return f"count_if({fact.name})"
    return f"max({fact.name})" if fact.kind == "choice" else f"sum({fact.name})"


def write(columns: Columns, path: Path) -> None:
    """Write the organisations as the table of a round."""
    rows = len(next(iter(columns.values())))
    numbers = pc.utf8_lpad(pc.cast(pa.array(np.arange(rows)), pa.string()), 8, "0")
    places = np.arange(rows, dtype=np.int32) % COMMITTEES
    committees = pa.DictionaryArray.from_arrays(places, [f"党工委{n}" for n in range(COMMITTEES)])
    everybody = pa.DictionaryArray.from_arrays(np.zeros(rows, np.int32), [NATION])
    table = {
        "id": numbers,
        "name": pc.binary_join_element_wise("第", numbers, "支部委员会", ""),
        "committee": committees,
        "category": everybody,
        **{name: _stored(BY_NAME[name], column) for name, column in columns.items()},
    }
    pq.write_table(pa.table(table), path)


def _stored(fact: Fact, column: Array) -> pa.Array:
    if fact.kind == "boolean":
        return pa.array(column != 0)
    if fact.kind == "choice":
        return pa.DictionaryArray.from_arrays(column.astype(np.int32), list(WORDS))
    if fact.places:
        whole = pc.cast(pa.array(column.astype(np.int32)), pa.decimal128(18, fact.places))
        scale = pa.scalar(fact.scale, pa.decimal128(5, 0))
        return pc.cast(pc.divide(whole, scale), pa.decimal128(9, fact.places))
    return pa.array(column)
