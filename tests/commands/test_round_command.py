"""`evaluator round RULES_DIR FACTS --out DIR`, from a file of facts to every file of results."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import Result
from command_line import RULES, run
from rounds import ROWS, write_round


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    folder = tmp_path_factory.mktemp("round")
    out = folder / "out"
    return run("round", RULES, write_round(folder), "--out", out), out


def test_round_says_how_many_reached_which_level(done: tuple[Result, Path]) -> None:
    result, out = done
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "机关党支部星级评定规则：共5个。三星级 2，五星级 1，未评星级 1，未申报 1。",
        "两新党支部星级评定规则：共1个。三星级 1。",
        f"Results and explanations: {out / 'index.html'}",
    ]


def test_round_writes_every_file_and_nothing_else(done: tuple[Result, Path]) -> None:
    _, out = done
    scored = ("a1", "a2", "a3", "a4", "b1")
    assert sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()) == [
        *sorted(f"explanations/{name}.{kind}" for name in scored for kind in ("html", "json")),
        "index.html",
        "points.parquet",
        "results.parquet",
        "results.xlsx",
    ]


def test_totals_in_parquet_are_exact_decimals(done: tuple[Result, Path]) -> None:
    table = pq.read_table(done[1] / "results.parquet")
    assert table.schema.field("total").type == pa.decimal128(16, 4)
    rows = {row["id"]: (row["total"], row["level"], row["status"]) for row in table.to_pylist()}
    assert rows == {
        "a1": (Decimal("19.0000"), "five_star", "rated"),
        "a2": (Decimal("18.5000"), "three_star", "rated"),
        "a3": (Decimal("13.2500"), "three_star", "rated"),
        "a4": (Decimal("20.0000"), "", "unrated"),
        "a5": (None, "", "not_applied"),
        "b1": (Decimal("7.0000"), "three_star", "rated"),
    }


def test_points_in_parquet_are_exact_decimals(done: tuple[Result, Path]) -> None:
    table = pq.read_table(done[1] / "points.parquet")
    assert table.schema.field("points").type == pa.decimal128(16, 4)
    found = {
        row["indicator"]: (row["points"], row["max"])
        for row in table.to_pylist()
        if row["id"] == "a3"
    }
    assert found == {
        "election": (Decimal("0.0000"), Decimal("4.0000")),
        "committee": (Decimal("6.0000"), Decimal("6.0000")),
        "satisfied": (Decimal("4.9900"), Decimal("5.0000")),  # 4.99444…
        "special": (Decimal("2.2600"), Decimal("5.0000")),  # 2.255 half up
    }


def test_serial_numbers_follow_the_organisations_of_each_category(
    done: tuple[Result, Path],
) -> None:
    rows = pq.read_table(done[1] / "results.parquet").to_pylist()
    assert {row["id"]: row["serial"] for row in rows} == {
        "a1": "2026-BRA-0001",
        "a2": "2026-BRA-0002",
        "a3": "2026-BRA-0003",
        "a4": "",
        "a5": "",
        "b1": "2026-SHO-0001",
    }


def test_workbook_opens_with_all_sheets(done: tuple[Result, Path]) -> None:
    book = openpyxl.load_workbook(done[1] / "results.xlsx", read_only=True)
    assert book.sheetnames == ["评定结果", "branch", "shop", "名额"]
    rows = list(book["评定结果"].iter_rows(values_only=True))
    assert rows[0][:2] == ("编号", "党组织")
    assert [row[0] for row in rows[1:]] == ["a1", "a2", "a3", "a4", "a5", "b1"]
    assert [row[4] for row in rows[1:]] == ["19.00", "18.50", "13.25", "20.00", "", "7.00"]
    book.close()


def test_explanation_of_each_organisation_is_there(done: tuple[Result, Path]) -> None:
    explained = json.loads((done[1] / "explanations" / "a2.json").read_text("utf-8"))
    assert (explained["organisation"]["name"], explained["total"], explained["level"]) == (
        "乙支部",
        "18.50",
        "three_star",
    )
    assert [step["zh"] for step in explained["level_steps"]] == [
        "名额限制：五星级不超过25%，按总分择优，未进入名额，评定为三星级"
    ]
    page = (done[1] / "explanations" / "a2.html").read_text("utf-8")
    assert "乙支部" in page
    assert "18.50" in page


def test_index_links_to_every_explanation(done: tuple[Result, Path]) -> None:
    page = (done[1] / "index.html").read_text("utf-8")
    links = [f'href="explanations/{name}.html"' for name in ("a1", "a2", "a3", "a4", "b1", "a5")]
    assert [link in page for link in links] == [True] * 5 + [False]


BROKEN = "a6,庚支部,机关工委,branch,none,0,是,是,,90%,4,有特色,0,"


def test_refused_facts_stop_everything(tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("round", RULES, write_round(tmp_path, *ROWS, BROKEN), "--out", out)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == "庚支部：meetings：缺少数据，请补充。"
    assert result.stderr.splitlines()[1].startswith("Error: 1 organisation(s) have facts")
    assert not out.exists()


def test_others_are_scored_where_that_is_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "out"
    facts = write_round(tmp_path, *ROWS, BROKEN)
    result = run("round", RULES, facts, "--out", out, "--skip-refused")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[0] == "庚支部：meetings：缺少数据，请补充。"
    rows = pq.read_table(out / "results.parquet").to_pylist()
    assert [(row["id"], row["status"]) for row in rows][-1] == ("a6", "refused")
    assert [row["level"] for row in rows if row["id"] == "a1"] == ["five_star"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a1,甲支部,机关工委,market,none,0,是,,,,,,,", "market"),
        ("a1,甲支部,机关工委,branch,none,0,是,是,99,90%,4,有特色,0,", "99"),
        ("a1,甲支部,机关工委,branch,none,0,是,是,9,90%,4,,0,", "reason"),
    ],
)
def test_file_with_a_wrong_cell_stops_everything(tmp_path: Path, row: str, said: str) -> None:
    out = tmp_path / "out"
    result = run("round", RULES, write_round(tmp_path, row), "--out", out)
    assert result.exit_code == 1
    assert "round.csv" in result.stderr
    assert said in result.stderr
    assert not out.exists()


def test_folder_with_a_wrong_rule_set_stops_everything(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "branch.yaml").write_text("rule_set: x\n", "utf-8")
    result = run("round", rules, write_round(tmp_path), "--out", tmp_path / "out")
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"{rules / 'branch.yaml'}:1:1: error[" in result.stderr


def test_two_ids_that_would_share_a_file_get_one_each(tmp_path: Path) -> None:
    rows = [
        ROWS[0].replace("a1", "x/1"),
        ROWS[1].replace("a2", "x:1"),
        ROWS[2].replace("a3", "X_1"),
    ]
    out = tmp_path / "out"
    assert run("round", RULES, write_round(tmp_path, *rows), "--out", out).exit_code == 0
    written = [
        json.loads(path.read_text("utf-8"))["organisation"]["id"]
        for path in (out / "explanations").glob("*.json")
    ]
    assert sorted(written) == ["X_1", "x/1", "x:1"]


def test_same_round_gives_the_same_bytes(done: tuple[Result, Path], tmp_path: Path) -> None:
    out = tmp_path / "again"
    run("round", RULES, write_round(tmp_path), "--out", out)
    for name in ("results.parquet", "points.parquet", "results.xlsx", "index.html"):
        assert (out / name).read_bytes() == (done[1] / name).read_bytes()
