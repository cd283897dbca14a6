"""Cells of every type and spelling mean in columns what they mean row by row."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from columnar_rounds import by_columns, by_rows
from factories import rule_set
from hypothesis import given, settings
from hypothesis import strategies as st
from round_samples import rule_sets

from evaluator.files import TableErrors
from evaluator.files.columnar import RoundParts
from rules.syntax import RuleSet

DAYS = [datetime.date(2001, 7, 1), datetime.date(1900, 1, 1), None]


def same(path: Path, rules: dict[str, RuleSet] | None = None, most: int = 1_000) -> Any:
    """Return what both readers make of a file, which is the same: organisations, or errors."""
    found = []
    for read in (by_rows, lambda path, rules: by_columns(path, rules, most)):
        try:
            found.append(read(path, rules or rule_sets()))
        except TableErrors as error:
            found.append([str(each) for each in error.problems])
    assert found[0] == found[1]
    return found[1]


def parquet(folder: Path, **columns: Any) -> Path:
    """Write a file of offices with some columns."""
    size = len(next(iter(columns.values())))
    standing = {
        "category": ["office"] * size,
        "id": [f"JG-{number}" for number in range(size)],
        "name": ["甲"] * size,
        "committee": ["乙"] * size,
    }
    path = folder / "round.parquet"
    pq.write_table(pa.table({**standing, **columns}), path)
    return path


@pytest.mark.parametrize(
    ("key", "column"),
    [
        ("minutes", pa.array([0, 60, None], pa.int64())),
        ("minutes", pa.array([0, 60, None], pa.int8())),
        ("minutes", pa.array([0, 60, None], pa.uint16())),
        ("minutes", pa.array([0, 60, None], pa.uint64())),
        ("minutes", pa.array([0.0, 60.0, None], pa.float64())),
        ("minutes", pa.array([0.0, 60.0, None], pa.float32())),
        ("minutes", pa.array([Decimal("7.00"), Decimal("60.00"), None], pa.decimal128(9, 2))),
        ("minutes", pa.array(["7", " 60 ", " "], pa.string())),
        ("minutes", pa.array(["7", "60", "7"], pa.large_string())),
        ("minutes", pa.array(["7", None, "7"]).dictionary_encode()),
        ("minutes", pa.array([7, None, 7]).dictionary_encode()),
        ("minutes", pa.array([None, None], pa.null())),
        ("growth", pa.array([-100, 1000, None], pa.int16())),
        ("growth", pa.array([0.1 + 0.2, -0.0, 999.999, 1e-3], pa.float64())),
        ("growth", pa.array([0.5, -2.25, None], pa.float32())),
        ("growth", pa.array([Decimal("0.3"), Decimal("-0.1")], pa.decimal128(3, 1))),
        ("growth", pa.array([Decimal("0.30000"), None], pa.decimal128(38, 5))),
        ("growth", pa.array([Decimal("-7.125")], pa.decimal256(40, 3))),
        ("satisfaction", pa.array([0.955, 1.0, 0.0], pa.float64())),
        ("satisfaction", pa.array(["95.5%", "0.955", "1"])),
        ("satisfaction", pa.array([1, 0, None], pa.int32())),
        ("members", pa.array([999_999_999_999_999.0, 1.0])),
        ("elected", pa.array([True, False, None])),
        ("elected", pa.array([1, 0, None], pa.int64())),
        ("elected", pa.array(["是", "NO", "有"])),
        ("founded", pa.array(DAYS, pa.date32())),
        ("founded", pa.array(DAYS, pa.date32()).cast(pa.date64())),
        ("founded", pa.array(DAYS, pa.date32()).cast(pa.timestamp("us"))),
        ("founded", pa.array(["2001-07-01", "20010701", None])),
        ("previous_level", pa.array(["三星级", "four_star", "none", None])),
        ("years_at_level", pa.array([0, 99, None], pa.int8())),
        ("applied", pa.array([True, False, None])),
        ("honours", pa.array([[], None, []], pa.list_(pa.int64()))),
    ],
)
def test_column_of_any_type_holds_the_same(key: str, column: pa.Array, tmp_path: Path) -> None:
    found = same(parquet(tmp_path, **{key: column}))
    assert [each["id"] for each in found] == [f"JG-{number}" for number in range(len(column))]
    # A part of the rows, beside organisations of another category, begins inside the columns.
    assert same(parquet(tmp_path, **{key: column}), most=2) == found


@pytest.mark.parametrize(
    ("key", "column"),
    [
        ("minutes", pa.array([1, 61, -1, 300])),
        ("minutes", pa.array([1, 127], pa.int8())),
        ("minutes", pa.array([2**63, 1], pa.uint64())),
        ("minutes", pa.array([0.5, float("nan"), float("inf"), 1e300, -1.0])),
        ("minutes", pa.array([True, False])),
        ("minutes", pa.array([[1], None])),
        ("growth", pa.array([Decimal(10) ** 30, Decimal(-(10**30)), None], pa.decimal128(38, 3))),
        ("growth", pa.array([Decimal(2**64 + 5), Decimal(5 - 2**64)], pa.decimal128(38, 0))),
        ("growth", pa.array([Decimal("1"), None], pa.decimal128(38, 20))),
        ("growth", pa.array([0.12345, 2.5e17, 1000.001])),
        ("satisfaction", pa.array([1.00001, 95.5])),
        ("satisfaction", pa.array([2, -1], pa.int64())),
        ("founded", pa.array([datetime.date(1899, 12, 31), datetime.date(2200, 1, 1)])),
        ("id", pa.array([1.5e17, 12.0])),
        ("honours", pa.array([[1], None])),
        ("honours", pa.array([[{"date": "2026-01-01"}], []])),
        ("honours", pa.array([3, None])),
    ],
)
def test_column_with_wrong_cells_is_refused_alike(
    key: str, column: pa.Array, tmp_path: Path
) -> None:
    assert all(isinstance(each, str) for each in same(parquet(tmp_path, **{key: column})))


def test_typed_events_come_out_alike(tmp_path: Path) -> None:
    kind = pa.struct(
        [
            ("winners", pa.int8()),
            ("date", pa.date32()),
            ("matter", pa.string()),
            ("giver", pa.string()),
        ]
    )
    day = datetime.date(2026, 5, 1)
    event = {"date": day, "giver": "city", "matter": " 甲 ", "winners": 3}
    good = [[event, {**event, "giver": "国家级"}], [], None, [event] * 3]
    assert len(same(parquet(tmp_path, honours=pa.array(good, pa.list_(kind))), most=2)) == 4
    for wrong in ({"winners": 101}, {"matter": " "}, {"giver": "x"}, {"date": None}):
        lists = pa.array([[event], [event, {**event, **wrong}]], pa.list_(kind))
        assert len(same(parquet(tmp_path, honours=lists))) == 1
    assert (
        len(same(parquet(tmp_path, honours=pa.array([[event] * 4, [None]], pa.list_(kind))))) == 2
    )


CELLS = (
    "12|12.0|+5|-0|007|1e2|61|5%|95.5%|100.01%|0.9555|٣|1_000|是|no|有|shop|门店|Shop|three_star|"
    "三星级|none|无|2001-07-01|2026-02-30|20260101|2026-W01-1|'=1|'-5|=x|'\t=1|1234567890123456|"
    "90;88|90；8.55|101、3|3\x85|\x1f3|\u30003|[]|[null]|{}|x"
)
SPELLINGS = st.sampled_from(CELLS.split("|"))
KEYS = ["previous_level", "years_at_level", "applied", "founded", "members", "minutes"]
KEYS += ["satisfaction", "elected", "growth", "taste", "kind", "defence", "honours"]


@settings(max_examples=60)
@given(
    cells=st.lists(st.tuples(st.sampled_from(KEYS), SPELLINGS), max_size=4),
    category=st.sampled_from(["office", "firm"]),
)
def test_any_spelling_is_read_or_refused_alike(
    cells: list[tuple[str, str]], category: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    given_cells = {"category": category, "id": "1", "name": "甲", "committee": "乙", **dict(cells)}
    if "taste" in given_cells:
        given_cells["taste.reason"] = "好"
    folder = tmp_path_factory.mktemp("round")
    path = folder / "round.csv"
    path.write_text(",".join(given_cells) + "\n" + ",".join(given_cells.values()), "utf-8")
    same(path)
    columns = {key: pa.array([value]) for key, value in given_cells.items()}
    pq.write_table(pa.table(columns), folder / "round.parquet")
    same(folder / "round.parquet")


def test_thousands_of_different_texts_are_read_alike(tmp_path: Path) -> None:
    texts = [f"{number / 1000:.3f}" for number in range(-600, 600)] + ["1,5", " 2 ", "+3", "x"]
    days = [str(datetime.date(2000, 1, 1) + datetime.timedelta(days)) for days in range(1_200)]
    days += ["2001-02-29", "2000-02-29", "0000-01-01", "2001-13-01"]
    shares = [f"{number / 10:.1f}%" for number in range(1_001)] + ["0.5"] * 200 + ["101%"] * 3
    columns = {"growth": texts, "founded": days, "satisfaction": shares}
    assert len(same(parquet(tmp_path, **columns))) == 8
    good = {key: cells[:1_000] for key, cells in columns.items()}
    assert len(same(parquet(tmp_path, **good))) == 1_000


REPEATING = """
    scale: {total: 10}
    facts:
      held: {label: 已有, type: choice, source: {organisation: previous_level},
             options: {none: 无, three_star: 三星}}
      since: {label: 年数, type: integer, max: 3, source: {organisation: years_at_level}}
      sort: {label: 种类, type: choice, source: {organisation: sort},
             options: {a: 甲, b: 乙, c: 丙}}
      narrow: {label: 又一种类, type: choice, source: {organisation: sort}, options: {a: 甲, b: 丁}}
      marks: {label: 评分, type: ratings, max: 100, source: {panel: marks}}
      where: {label: 党委, type: choice, source: {organisation: committee},
              options: {x: 甲委, y: 乙委}}
      income: {label: 收入, type: decimal, max: 100}
    measures:
      mean: {label: 平均, mean: {ratings: marks, at_least: 2}}
      place: {label: 名次, rank: {of: income, best: highest, among: sort, ties: best_rank}}
      best: {label: 最高, highest: {of: income, among: committee}}
    dimensions:
      - id: d
        title: 维度
        points: 10
        indicators:
          - id: x
            title: 指标
            points: 10
            missing: zero
            rule:
              award:
                - {when: held == "none" and since >= 1 and narrow == "a", points: 2}
                - {when: mean >= 50 and place <= 3 and income == best and where == "x", points: 2}
    levels:
      measured_on: unrounded
      promotion: any
      from_low_to_high: [{id: three_star, title: 三星, at_least: 5}]
"""


def test_facts_that_repeat_what_a_row_says_come_out_alike(tmp_path: Path) -> None:
    rules = {"demo": rule_set(REPEATING)}
    path = tmp_path / "round.csv"
    keys = "category,id,name,committee,previous_level,years_at_level,sort,marks,income"
    rows = [
        "demo,1,甲,甲委,,,甲,90; 80,1.5",
        "demo,2,甲,乙委,三星,3,b,90,2",
        "demo,3,甲,丙委,none,4,c,;,",
        "demo,4,甲,x,three_star,0,,,3",
    ]
    path.write_text("\n".join([keys, *rows]), encoding="utf-8")
    found = same(path, rules)
    assert [each["refused"] for each in found] == [False, True, True, False]
    assert [each["groups"]["sort"] for each in found] == ["a", "b", "c", None]
    [part] = RoundParts(path, rules)
    assert part.categories["demo"].refused.tolist() == [False, True, True, False]


def test_too_few_ratings_are_refused_where_nobody_lacks_them(tmp_path: Path) -> None:
    path = tmp_path / "round.csv"
    lines = ["category,id,name,committee,marks", "demo,1,甲,甲委,90", "demo,2,甲,甲委,90 80"]
    path.write_text("\n".join(lines), encoding="utf-8")
    found = same(path, {"demo": rule_set(REPEATING)})
    assert [(each["refused"], "marks" in each["missing"]) for each in found] == [
        (True, True),
        (False, False),
    ]
