"""Decimal columns of a Parquet file come to the same by DuckDB as by Arrow."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from evaluator.files.columnar.decimals import DecimalColumns

ROWS = 50
CENTS = [None if n % 7 == 3 else Decimal(n - 20) / 100 for n in range(ROWS)]
TABLE = pa.table(
    {
        "id": [str(number) for number in range(ROWS)],
        'the "share"': pa.array(CENTS, pa.decimal128(9, 2)),
        "long": pa.array(CENTS, pa.decimal128(18, 4)),
        "too long": pa.array(CENTS, pa.decimal128(38, 4)),
    }
)


def opened(path: Path, table: pa.Table = TABLE) -> DecimalColumns:
    pq.write_table(table, path, row_group_size=20)
    return DecimalColumns(path, pq.read_schema(path))


def test_decimals_of_at_most_18_digits_are_read_in_any_order(tmp_path: Path) -> None:
    decimals = opened(tmp_path / "it's a round.parquet")
    assert decimals.names == ['the "share"', "long"]
    for before, rows in ((0, 15), (15, 15), (30, 20), (10, 5), (15, 30), (0, 50)):
        found = decimals.read(before, rows)
        assert [each.type.bit_width for each in found.values()] == [32, 64]
        assert all(each.to_pylist() == CENTS[before : before + rows] for each in found.values())


def test_nothing_is_read_where_names_or_the_path_could_be_taken_for_others(tmp_path: Path) -> None:
    alike = pa.table({"growth": TABLE["long"], "Growth": TABLE["long"]})
    counted = pa.table({"growth": TABLE["long"], "file_row_number": TABLE["id"]})
    assert opened(tmp_path / "alike.parquet", alike).names == []
    assert opened(tmp_path / "counted.parquet", counted).names == []
    assert opened(tmp_path / "round[1].parquet").names == []


def test_what_cannot_be_read_is_left_to_others(tmp_path: Path) -> None:
    path = tmp_path / "round.parquet"
    decimals = opened(path)
    path.write_bytes(b"PAR1 and no more")
    assert decimals.read(0, 10) == {}
    assert decimals.names == []
