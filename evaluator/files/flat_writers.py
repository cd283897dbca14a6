"""Submissions of all categories in one table: CSV and Parquet."""

from __future__ import annotations

import csv
import datetime
import decimal
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from evaluator.files.columns import Column, all_columns, columns_of
from evaluator.files.plain_cells import cell_writer
from evaluator.files.safe_cells import safe_cell
from evaluator.files.submissions import Submission
from evaluator.scoring.reading import Raw
from rules.lowering.values import bounds_of, scale_of
from rules.numbers import NotANumber
from rules.syntax import EventField, Fact, RuleSet

_DIGITS = 38  # as many as a decimal of Parquet can hold


def write_csv(
    rule_sets: Mapping[str, RuleSet],
    path: Path,
    submissions: Sequence[Submission],
    encoding: str = "utf-8-sig",
) -> None:
    """Write a table for spreadsheets; texts that they would run as formulas are made harmless."""
    keys = [column.key for column in all_columns(rule_sets)]
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(keys)
        for cells in _rows(rule_sets, submissions):
            writer.writerow([cell_text(cells.get(key)) for key in keys])


def _rows(
    rule_sets: Mapping[str, RuleSet], submissions: Sequence[Submission]
) -> Iterator[dict[str, Raw]]:
    writers = {category: cell_writer(rule_set) for category, rule_set in rule_sets.items()}
    return (writers[each.organisation.category].cells(each) for each in submissions)


def cell_text(value: Raw) -> str:
    """Return a value as a spreadsheet may show it, harmless where it is text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return _list_text(value)
    return safe_cell(str(value))


def _list_text(value: list[Raw]) -> str:
    """Return ratings as `90; 88`, events as JSON."""
    if value and all(isinstance(each, str) for each in value):
        return "; ".join(map(str, value))
    return json.dumps(value, ensure_ascii=False, default=str)


def write_parquet(
    rule_sets: Mapping[str, RuleSet], path: Path, submissions: Sequence[Submission]
) -> None:
    """Write typed columns; one that categories type differently becomes text."""
    kinds = _kinds(rule_sets)
    rows = list(_rows(rule_sets, submissions))
    columns = {
        key: pa.array([_typed(row.get(key), kind) for row in rows], kind)
        for key, kind in kinds.items()
    }
    # Numbers of up to 18 digits are stored as integers, which are read twice as fast.
    pq.write_table(pa.table(columns), path, compression="zstd", store_decimal_as_integer=True)


def _kinds(rule_sets: Mapping[str, RuleSet]) -> dict[str, pa.DataType]:
    kinds = {column.key: _kind(column) for column in all_columns(rule_sets)}
    for rule_set in rule_sets.values():
        for column in columns_of(rule_set):
            kinds[column.key] = _common(kinds[column.key], _kind(column))
    return kinds


def _common(a: pa.DataType, b: pa.DataType) -> pa.DataType:
    """Return a type for the values of both: the wider of two decimals, text where they differ."""
    if pa.types.is_decimal(a) and pa.types.is_decimal(b) and a.scale == b.scale:
        return a if a.precision >= b.precision else b
    return a if a == b else pa.string()


def _kind(column: Column) -> pa.DataType:
    if column.key == "years_at_level":
        return pa.int64()
    if column.key == "applied":
        return pa.bool_()
    if column.role in ("identity", "reason") or column.fact is None:
        return pa.string()
    return _fact_kind(column.fact)


def _fact_kind(fact: Fact | EventField) -> pa.DataType:
    if isinstance(fact, Fact) and fact.type == "events":
        fields = {"date": pa.date32()} | {
            name: _fact_kind(field) for name, field in fact.fields.items()
        }
        return pa.list_(pa.struct(list(fields.items())))
    if fact.type in ("decimal", "ratio"):
        return pa.decimal128(_digits(fact), len(str(scale_of(fact))) - 1)
    plain = {
        "integer": pa.int64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "ratings": pa.list_(pa.string()),
    }
    return plain.get(fact.type, pa.string())


def _digits(fact: Fact | EventField) -> int:
    """Return how many digits a number may have; where nothing bounds it, as many as fit."""
    try:
        widest = max(map(abs, bounds_of(fact)))
    except NotANumber:
        return _DIGITS
    return max(len(str(widest)), len(str(scale_of(fact))))


def _typed(value: Raw, kind: pa.DataType) -> Raw:
    if value is None:
        return None
    if pa.types.is_struct(kind) and isinstance(value, Mapping):
        return {field.name: _typed(value.get(field.name), field.type) for field in kind}
    if pa.types.is_list(kind) and isinstance(value, list):
        return [_typed(each, kind.value_type) for each in value]
    if pa.types.is_integer(kind):
        return int(str(value))
    if pa.types.is_decimal(kind):
        return decimal.Decimal(str(value))
    if pa.types.is_string(kind):
        return _plain_text(value)
    return value


def _plain_text(value: Raw) -> str:
    """Return a value as text; Parquet needs nothing made harmless."""
    if isinstance(value, list):
        return _list_text(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)
