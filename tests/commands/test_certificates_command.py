"""`evaluator certificates RESULTS --out FILE.pdf | --each DIR`."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pypdf
import pytest
from command_line import RULES, run
from rounds import write_round

from evaluator.results.parquet import read_results, write_rows
from evaluator.results.rows import ResultRow


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("round")
    run("round", RULES, write_round(folder), "--out", folder / "out")
    return folder / "out" / "results.parquet"


def spoilt(results: Path, folder: Path, **changes: object) -> Path:
    """Write the results with the first row changed."""
    first, *rest = read_results(results)
    path = folder / "results.parquet"
    write_rows([dataclasses.replace(first, **changes), *rest], ResultRow, path)  # type: ignore[arg-type]
    return path


def test_one_document_holds_every_certificate(results: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "all.pdf"
    result = run("certificates", results, "--out", out)
    assert (result.exit_code, result.output) == (0, f"4 certificate(s): {out}\n")
    pages = pypdf.PdfReader(out).pages
    assert len(pages) == 4
    assert "甲支部" in pages[0].extract_text()
    assert list(out.parent.iterdir()) == [out]


def test_each_certificate_has_a_file_of_its_own(results: Path, tmp_path: Path) -> None:
    folder = tmp_path / "each"
    result = run("certificates", results, "--each", folder)
    assert (result.exit_code, result.output) == (0, f"4 certificate(s): {folder}\n")
    assert sorted(path.name for path in folder.iterdir()) == [
        "2026-BRA-0001.pdf",
        "2026-BRA-0002.pdf",
        "2026-BRA-0003.pdf",
        "2026-SHO-0001.pdf",
    ]


def test_issuer_and_date_may_be_given(results: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.pdf"
    run("certificates", results, "--out", out, "--issuer", "中共南湖区委", "--date", "2027-04-20")
    text = pypdf.PdfReader(out).pages[0].extract_text()
    assert "中共南湖区委" in text


@pytest.mark.parametrize("way", ["--out", "--each"])
def test_name_that_cannot_be_printed_leaves_no_file(
    results: Path, tmp_path: Path, way: str
) -> None:
    path = spoilt(results, tmp_path, name="甲\U0002a6d6支部")
    target = tmp_path / "target"
    result = run("certificates", path, way, target)
    assert result.exit_code == 1
    assert "\U0002a6d6" in result.output or "2A6D6" in result.output.upper()
    files = [each.name for each in tmp_path.rglob("*") if each.is_file()]
    assert files == ["results.parquet"]


def test_earlier_document_stays_where_a_new_one_fails(results: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.pdf"
    out.write_bytes(b"earlier")
    run("certificates", spoilt(results, tmp_path, name="甲\U0002a6d6支部"), "--out", out)
    assert out.read_bytes() == b"earlier"


def test_file_that_is_no_parquet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "results.parquet"
    path.write_text("id,name\n", "utf-8")
    result = run("certificates", path, "--out", tmp_path / "all.pdf")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {path} is no results.parquet of a round: ")


def test_parquet_of_something_else_is_refused(results: Path, tmp_path: Path) -> None:
    points = results.with_name("points.parquet")
    result = run("certificates", points, "--out", tmp_path / "all.pdf")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {points} is no results.parquet of a round: ")
    assert list(tmp_path.iterdir()) == []


def test_results_without_any_certificate_are_refused(results: Path, tmp_path: Path) -> None:
    rows = [dataclasses.replace(row, certificate=False) for row in read_results(results)]
    path = tmp_path / "results.parquet"
    write_rows(rows, ResultRow, path)
    result = run("certificates", path, "--out", tmp_path / "all.pdf")
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: no organisation of these results has a certificate.\n",
    )


@pytest.mark.parametrize("ways", [[], ["--out", "a.pdf", "--each", "b"]])
def test_exactly_one_way_to_write_is_asked_for(results: Path, ways: list[str]) -> None:
    assert run("certificates", results, *ways).exit_code == 2
