"""A large round gives the rows that the explaining path gives, and goes on where it stopped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from large_rounds import (
    categories,
    expected,
    explained,
    large,
    quietly,
    submissions,
    write_sample,
)

from evaluator.files import TableErrors
from evaluator.results.parquet import read_results
from evaluator.results.rows import exact
from evaluator.scale.passes import Advance, Progress
from rules.lowering import indicators_of


class Stopped(Exception):
    """Stands for whatever ends a process early."""


def stopping(stage: str, after: int) -> Progress:
    """Return a progress that ends the work in a stage, after so many parts."""
    left = [after]

    def progress(name: str, rows: int) -> Advance:
        def advance(steps: int) -> None:
            left[0] -= name == stage
            if not left[0]:
                raise Stopped

        return advance

    return progress


@pytest.mark.parametrize(
    ("kind", "part_rows"), [("parquet", 17), ("parquet", 1000), ("csv", 50), ("csv", 1000)]
)
def test_rows_are_those_of_the_explaining_path(tmp_path: Path, kind: str, part_rows: int) -> None:
    round_ = large(write_sample(tmp_path, kind), part_rows)
    round_.score(quietly)
    round_.write(quietly)
    assert read_results(tmp_path / "out" / "results.parquet") == expected()


def test_summary_counts_levels_and_quotas_of_each_category(tmp_path: Path) -> None:
    round_ = large(write_sample(tmp_path, "parquet"))
    round_.score(quietly)
    summaries = round_.write(quietly)
    for name, summary in summaries.items():
        levels = [each.level for each in expected() if each.category == name]
        known = [each.id for each in categories()[name].levels.levels]
        assert summary.levels.tolist() == [levels.count(each) for each in known]
        assert sum(summary.statuses) == len(levels)
        quotas = {(each.quota.id, each.group): each for each in explained().quotas[name]}
        assert {(each.quota.id, each.group): each for each in summary.quotas} == quotas


def test_points_of_every_indicator_are_kept_where_asked_for(tmp_path: Path) -> None:
    round_ = large(write_sample(tmp_path, "parquet"), keep_points=True)
    round_.score(quietly)
    round_.write(quietly)
    found = {
        row.pop("id"): row
        for name in categories()
        for row in pq.read_table(tmp_path / "out" / "points" / f"{name}.parquet").to_pylist()
    }
    assert found == {
        each.organisation.id: {
            indicator.id: exact(each.assessment.points(indicator)) if each.assessment else None
            for indicator in indicators_of(each.category.rule_set)
        }
        for each in explained().results
    }


def test_interrupted_round_does_not_score_the_same_parts_again(tmp_path: Path) -> None:
    path = write_sample(tmp_path, "parquet")
    with pytest.raises(Stopped):
        large(path).score(stopping("Scoring", after=3))
    again = large(path)
    assert [again.kept.has(number) for number in range(4)] == [True, True, True, False]
    stamps = {each: each.stat().st_mtime_ns for each in again.kept.folder.iterdir()}
    again.score(quietly)
    again.write(quietly)
    assert {each: each.stat().st_mtime_ns for each in stamps} == stamps
    assert read_results(tmp_path / "out" / "results.parquet") == expected()


@pytest.mark.parametrize(
    ("pattern", "content"),
    [
        ("part-000001.npz", b""),
        ("part-000001.*.npz", b"PK\x03\x04 and no more"),
        ("part-000001.*.arrow", b""),
        ("part-000001.*.arrow", None),
    ],
)
def test_part_that_was_lost_to_a_failure_of_power_is_scored_again(
    tmp_path: Path, pattern: str, content: bytes | None
) -> None:
    path = write_sample(tmp_path, "parquet")
    large(path).score(quietly)
    kept = min((tmp_path / "out" / ".parts").glob(pattern))
    kept.unlink()
    if content is not None:
        kept.write_bytes(content)
    again = large(path)
    assert [again.kept.has(number) for number in range(4)] == [True, False, True, True]
    again.score(quietly)
    again.write(quietly)
    assert read_results(tmp_path / "out" / "results.parquet") == expected()


def test_categories_are_told_in_the_order_of_the_file(tmp_path: Path) -> None:
    turned = submissions()[::-1]
    round_ = large(write_sample(tmp_path, "parquet", turned))
    round_.score(quietly)
    assert list(round_.write(quietly)) == list(
        dict.fromkeys(each.organisation.category for each in turned)
    )


def test_refused_are_told_in_the_order_of_the_file(tmp_path: Path) -> None:
    chosen = [replace(each, facts={}) for each in submissions()[::-1]]
    round_ = large(write_sample(tmp_path, "parquet", chosen))
    round_.score(quietly)
    applied = [each.organisation.id for each in chosen if each.organisation.applied]
    for most in (7, 1000):
        count, errors = round_.refused(most)
        assert count == len(applied)
        assert [each.organisation.id for each in errors] == applied[:most]
    one = list(round_.refusals([applied[50], "nobody"]))
    assert [each.organisation.id for each in one] == [applied[50]]


def test_interrupted_writing_leaves_no_results_and_goes_on(tmp_path: Path) -> None:
    path = write_sample(tmp_path, "parquet")
    round_ = large(path)
    round_.score(quietly)
    with pytest.raises(Stopped):
        round_.write(stopping("Writing results", after=2))
    assert [each.name for each in (tmp_path / "out").iterdir()] == [".parts"]
    again = large(path)
    again.score(quietly)
    again.write(quietly)
    assert read_results(tmp_path / "out" / "results.parquet") == expected()


def test_work_of_another_file_is_not_used(tmp_path: Path) -> None:
    large(write_sample(tmp_path, "parquet")).score(quietly)
    some = submissions()[:50]
    round_ = large(write_sample(tmp_path, "parquet", some))
    assert [round_.kept.has(number) for number in range(2)] == [False, False]
    round_.score(quietly)
    round_.write(quietly)
    rows = read_results(tmp_path / "out" / "results.parquet")
    assert [each.id for each in rows] == [each.organisation.id for each in some]


def test_work_folder_is_gone_in_the_end(tmp_path: Path) -> None:
    round_ = large(write_sample(tmp_path, "parquet"))
    round_.score(quietly)
    round_.write(quietly)
    round_.close()
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["results.parquet"]


def test_number_that_stands_in_two_parts_is_found(tmp_path: Path) -> None:
    first, *others = submissions()
    twice = replace(others[-1], organisation=first.organisation, facts=first.facts)
    path = write_sample(tmp_path, "parquet", [first, *others[:-1], twice])
    with pytest.raises(TableErrors, match=rf'"{first.organisation.id}" stands already in'):
        large(path).score(quietly)
