"""Numbers that a file keeps as binary floats become the digits that people saw."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from round_samples import OFFICE_SHEET, Filled, rule_sets

from evaluator.files import read_round
from evaluator.files.exact_cells import decimal_text, float_text, is_shortened


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (1.1 * 3, "3.3"),
        (0.955, "0.955"),
        (12.0, "12"),
        (-2.5, "-2.5"),
        (0.00001, "0.00001"),
        (123456789012345.0, "123456789012345"),
        (999999999999999.0, "999999999999999"),
        (1234567890123456.0, "1.23456789012346e+15"),
        (float("nan"), "nan"),
    ],
)
def test_float_becomes_its_fifteen_digits(value: float, text: str) -> None:
    assert float_text(value) == text


def test_decimal_has_no_exponent() -> None:
    assert [decimal_text(Decimal(each)) for each in ("1E+2", "0.10", "-1E-7")] == [
        "100",
        "0.10",
        "-0.0000001",
    ]


def test_only_numbers_that_lost_digits_are_shortened() -> None:
    texts = ["1.23456789012346e+17", "1e+15", "12", "e+17", "LX-1e+17", "1.5"]
    assert [is_shortened(each) for each in texts] == [True, True, False, False, False, False]


def test_sum_of_floats_in_a_workbook_is_the_sum_that_it_shows(tmp_path: Path) -> None:
    filled = Filled(tmp_path / "round.xlsx")
    filled.put(OFFICE_SHEET, "growth", 4, 0.1 + 0.2)
    filled.put(OFFICE_SHEET, "satisfaction", 4, 0.7 + 0.1)
    filled.put(OFFICE_SHEET, "members", 4, 999999999999999)
    read = read_round(filled.saved(), rule_sets())[1]
    assert read.facts["growth"] == "0.3"
    assert read.facts["satisfaction"] == "0.8"
    assert read.organisation.attributes["members"] == "999999999999999"


@pytest.mark.parametrize(
    "column",
    [
        pa.array([0.1 + 0.2], pa.float64()),
        pa.array([Decimal("0.300")], pa.decimal128(10, 3)),
        pa.array(["0.3"], pa.string()),
        pa.array(["0.3"], pa.large_string()),
        pa.array(["0.3"]).dictionary_encode(),
    ],
)
def test_parquet_column_of_any_type_gives_the_same_number(column: pa.Array, tmp_path: Path) -> None:
    path = tmp_path / "round.parquet"
    standing = {"category": ["office"], "id": ["1"], "name": ["甲"], "committee": ["乙"]}
    pq.write_table(pa.table({**standing, "growth": column}), path)
    [read] = read_round(path, rule_sets())
    assert read.facts == {"growth": "0.3"}
