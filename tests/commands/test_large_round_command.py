"""`evaluator round` from some organisations on: scored in columns, without a page for each."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from click.testing import Result
from command_line import RULES, run
from rounds import HEAD, ROWS, write_round

from evaluator.commands.result_folder import alone

BROKEN = "a6,庚支部,机关工委,branch,none,0,是,是,,90%,4,有特色,0,"
REFUSED = "庚支部：meetings：缺少数据，请补充。"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the results of the small path."""
    folder = tmp_path_factory.mktemp("small")
    run("round", RULES, write_round(folder), "--out", folder / "out")
    return folder / "out"


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    folder = tmp_path_factory.mktemp("large")
    out = folder / "out"
    options = ("--large", 6, "--points", "--explain", "a2", "--explain", "b1", "--explain", "a2")
    return run("round", RULES, write_round(folder), "--out", out, *options), out


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def rows_of(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(path, read_only=True)
    rows = list(book[sheet].iter_rows(values_only=True))
    book.close()
    return rows


def test_large_round_says_what_each_category_came_to(done: tuple[Result, Path]) -> None:
    result, out = done
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        f"Explained: {out / 'explanations' / 'a2.html'}",
        f"Explained: {out / 'explanations' / 'b1.html'}",
        "机关党支部星级评定规则：共5个党组织，未申报1个。三星级 2，五星级 1，未评星级 1。",
        "两新党支部星级评定规则：共1个党组织。三星级 1。",
        f"Results: {out / 'results.parquet'}, {out / 'index.html'}",
    ]


def test_large_round_leaves_only_its_results(done: tuple[Result, Path]) -> None:
    assert files_in(done[1]) == [
        *(f"explanations/{name}.{kind}" for name in ("a2", "b1") for kind in ("html", "json")),
        "index.html",
        "points/branch.parquet",
        "points/shop.parquet",
        "quotas.csv",
        "results.parquet",
        "results.xlsx",
    ]
    assert [path.name for path in done[1].iterdir() if path.name.startswith(".")] == []


def test_rows_are_those_of_a_small_round(done: tuple[Result, Path], small: Path) -> None:
    large = pq.read_table(done[1] / "results.parquet")
    assert large.equals(pq.read_table(small / "results.parquet"))
    for sheet in ("评定结果", "名额"):
        found = rows_of(done[1] / "results.xlsx", sheet)
        assert found == rows_of(small / "results.xlsx", sheet)
    with (done[1] / "quotas.csv").open(encoding="utf-8-sig") as file:
        assert list(csv.reader(file))[1:] == [
            ["branch", "五星级", "全类别", "不超过", "25%", "4", "1", "1", "0", "1", "达到"]
        ]


def test_explanations_are_those_of_a_small_round(done: tuple[Result, Path], small: Path) -> None:
    for path in (done[1] / "explanations").iterdir():
        assert path.read_bytes() == (small / "explanations" / path.name).read_bytes()


def test_points_stand_in_a_column_for_each_indicator(done: tuple[Result, Path]) -> None:
    rows = pq.read_table(done[1] / "points" / "branch.parquet").to_pylist()
    assert rows[2] == {
        "id": "a3",
        "election": Decimal("0.0000"),
        "committee": Decimal("6.0000"),
        "satisfied": Decimal("4.9900"),
        "special": Decimal("2.2600"),
    }
    assert rows[4] == dict.fromkeys(rows[4]) | {"id": "a5"}


def test_index_shows_levels_quotas_and_who_has_none(done: tuple[Result, Path]) -> None:
    page = (done[1] / "index.html").read_text("utf-8")
    assert "五星级\n不超过1个，实有1个，调整1个" in page
    assert "共5个党组织，未申报1个。" in page
    assert "<table" not in page


def test_one_organisation_less_than_large_is_explained_in_full(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("round", RULES, write_round(tmp_path), "--out", out, "--large", 7)
    assert (out / "points.parquet").is_file()


def test_workbook_of_many_gives_the_same(tmp_path: Path) -> None:
    book, small, large = tmp_path / "round.xlsx", tmp_path / "small", tmp_path / "large"
    run("workbook", RULES, "--out", book)
    filled = openpyxl.load_workbook(book)
    sheet = filled["branch"]
    row = dict(zip(HEAD.split(","), ROWS[0].split(","), strict=True))
    for column, key in enumerate([cell.value for cell in sheet[3]], 1):
        sheet.cell(4, column).value = row.get(str(key)) or None
    filled.save(book)
    run("round", RULES, book, "--out", small, "--large", 2)
    result = run("round", RULES, book, "--out", large, "--large", 1)
    assert (result.exit_code, result.stderr) == (0, "")
    found = pq.read_table(large / "results.parquet")
    assert found["id"].to_pylist() == ["a1"]
    assert found.equals(pq.read_table(small / "results.parquet"))
    assert files_in(large) == ["index.html", "quotas.csv", "results.parquet", "results.xlsx"]


def test_refused_facts_stop_a_large_round_and_leave_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    facts = write_round(tmp_path, *ROWS, BROKEN)
    result = run("round", RULES, facts, "--out", out, "--large", 1)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines()[0] == REFUSED
    assert result.stderr.splitlines()[1].startswith("Error: 1 organisation(s) have facts")
    assert not out.exists()


def test_refused_are_told_where_others_are_scored(tmp_path: Path) -> None:
    out = tmp_path / "out"
    options = ("--large", 1, "--skip-refused", "--explain", "a6", "--explain", "a5")
    result = run(
        "round",
        RULES,
        write_round(tmp_path, BROKEN, *ROWS),
        "--out",
        out,
        *options,
        "--explain",
        "x",
    )
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        REFUSED,
        "a6：没有评分可供说明（状态：数据有误）。",
        "a5：没有评分可供说明（状态：未申报）。",
        "x：没有评分可供说明（没有此编号）。",
        REFUSED,
    ]
    assert result.stdout.splitlines()[0].startswith(
        "机关党支部星级评定规则：共6个党组织，未申报1个，数据有误1个。三星级 2"
    )
    steps = {row[0]: row[8] for row in rows_of(out / "results.xlsx", "评定结果")}
    assert steps["a6"] == "meetings：缺少数据，请补充"
    assert not (out / "explanations").exists()


def test_category_of_refused_alone_is_told_without_levels(tmp_path: Path) -> None:
    out = tmp_path / "out"
    facts = write_round(tmp_path, BROKEN)
    result = run("round", RULES, facts, "--out", out, "--large", 1, "--skip-refused")
    assert result.stdout.splitlines()[0] == ("机关党支部星级评定规则：共1个党组织，数据有误1个。")


def test_wrong_cell_stops_a_large_round_and_leaves_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("round", RULES, write_round(tmp_path), "--out", out)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    wrong = write_round(tmp_path, *ROWS, ROWS[0])
    result = run("round", RULES, wrong, "--out", out, "--large", 1)
    assert result.exit_code == 1
    assert result.stderr == (
        'Error: round.csv line 8, column id: "a1" stands already in round.csv line 2; '
        "an organisation has one row: remove one or mend its number\n"
    )
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_results_of_the_other_path_do_not_stay(tmp_path: Path) -> None:
    out, facts = tmp_path / "out", write_round(tmp_path)
    run("round", RULES, facts, "--out", out)
    run("round", RULES, facts, "--out", out, "--large", 1, "--points")
    plain = ["index.html", "quotas.csv", "results.parquet", "results.xlsx"]
    assert files_in(out) == sorted([*plain, "points/branch.parquet", "points/shop.parquet"])
    run("round", RULES, facts, "--out", out, "--large", 1)
    assert files_in(out) == plain
    run("round", RULES, facts, "--out", out)
    assert [(out / name).exists() for name in ("quotas.csv", "points.parquet")] == [False, True]


def test_second_command_into_the_same_folder_is_told_to_wait(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with alone(out):
        result = run("round", RULES, write_round(tmp_path), "--out", out, "--large", 1)
    assert result.exit_code == 1
    assert result.stderr == (
        f"Error: another command is writing to {out}; wait for it, or give another folder\n"
    )
    assert files_in(out) == []
