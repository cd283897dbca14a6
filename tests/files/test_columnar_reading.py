"""Columns hold what the reader of rows puts into the slots of each organisation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from columnar_rounds import by_columns, by_rows
from factories import ROOT
from generated_facts import changed, facts_of
from hypothesis import given, settings
from hypothesis import strategies as st
from round_samples import firm, named, office, rule_sets

from evaluator.files import Submission, load_folder, read_round, write_csv, write_parquet
from evaluator.files.columnar import RoundParts, count_rows
from evaluator.scoring.inputs import Organisation
from rules.syntax import RuleSet

Write = Callable[[Mapping[str, RuleSet], Path, Sequence[Submission]], None]
KINDS: dict[str, Write] = {"round.csv": write_csv, "round.parquet": write_parquet}
each_kind = pytest.mark.parametrize("name", KINDS)
SUBMISSIONS = [
    office(),
    firm(),
    office("JG-2", taste=None, honours=[], growth="0.001"),
    named(firm("LX-2", kind=None, defence=None, honours=None, minutes=None), "=甲"),
    office("JG-3", satisfaction=None, elected=None),
]
YEAR = load_folder(ROOT / "rules" / "2026")


@each_kind
@pytest.mark.parametrize("most", [1, 2, 100])
def test_columns_equal_rows_in_one_part_and_in_several(
    name: str, most: int, tmp_path: Path
) -> None:
    path = tmp_path / name
    KINDS[name](rule_sets(), path, SUBMISSIONS)
    assert by_columns(path, rule_sets(), most) == by_rows(path, rule_sets())


@each_kind
def test_parts_are_numbered_and_each_is_read_alone(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    KINDS[name](rule_sets(), path, SUBMISSIONS)
    file = RoundParts(path, rule_sets(), 2)
    alone = [file.read(number) for number in (2, 0, 1, 2)]
    ids = [
        sorted(each for found in part.categories.values() for each in found.id.to_pylist())
        for part in alone
    ]
    assert len(file) == 3
    # The keys of a CSV file take the place of a record in its first part.
    assert ids == (
        [["JG-3", "LX-2"], ["JG-1"], ["JG-2", "LX-1"], ["JG-3", "LX-2"]]
        if name == "round.csv"
        else [["JG-3"], ["JG-1", "LX-1"], ["JG-2", "LX-2"], ["JG-3"]]
    )


def test_small_row_groups_are_joined_and_large_ones_cut(tmp_path: Path) -> None:
    path = tmp_path / "round.parquet"
    many = [office(f"JG-{number}") for number in range(40)]
    write_parquet(rule_sets(), path, many)
    for size in (1, 3, 7, 40):
        pq.write_table(pq.read_table(path), tmp_path / "cut.parquet", row_group_size=size)
        found = [
            part.categories["office"].id.to_pylist()
            for part in RoundParts(tmp_path / "cut.parquet", rule_sets(), 10)
        ]
        assert [each for part in found for each in part] == [f"JG-{n}" for n in range(40)]
        assert max(map(len, found)) <= 10


def test_pieces_of_several_large_row_groups_are_read_in_any_order(tmp_path: Path) -> None:
    path = tmp_path / "round.parquet"
    write_parquet(rule_sets(), path, [office(f"JG-{number}") for number in range(60)])
    table = pq.read_table(path)
    with pq.ParquetWriter(tmp_path / "cut.parquet", table.schema) as writer:
        for begin, size in ((0, 24), (24, 3), (27, 3), (30, 30)):
            writer.write_table(table.slice(begin, size))
    file = RoundParts(tmp_path / "cut.parquet", rule_sets(), 10)
    pieces = [(0, 10), (10, 20), (20, 24), (24, 30), (30, 40), (40, 50), (50, 60)]
    assert len(file) == len(pieces)
    for number in (0, 1, 2, 3, 4, 5, 6, 5, 1, 6, 2, 4):
        begin, end = pieces[number]
        members = file.read(number).categories["office"]
        assert members.id.to_pylist() == [f"JG-{place}" for place in range(begin, end)]
        assert members.rows.tolist() == list(range(begin + 1, end + 1))


@each_kind
def test_rows_are_counted_without_reading_them(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    KINDS[name](rule_sets(), path, SUBMISSIONS)
    assert count_rows(path) == 5


@settings(max_examples=5)
@given(data=st.data())
def test_random_rounds_of_2026_come_out_alike(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    drawn = [each for category in YEAR for each in data.draw(_members(category, YEAR[category]))]
    submissions = data.draw(st.permutations(drawn))
    folder = tmp_path_factory.mktemp("round")
    for name, write in KINDS.items():
        write(YEAR, folder / name, submissions)
        rows = by_rows(folder / name, YEAR)
        assert [by_columns(folder / name, YEAR, most) for most in (4, 1_000)] == [rows, rows]


def _members(category: str, rules: RuleSet) -> st.SearchStrategy[list[Submission]]:
    """Return some organisations that differ in a few facts, of which some are missing."""
    gaps = st.sets(st.sampled_from(sorted(rules.facts)), max_size=6)
    several = facts_of(rules).flatmap(
        lambda facts: st.lists(
            st.tuples(changed(rules, facts, 20), gaps, _standing(rules)), min_size=1, max_size=5
        )
    )
    return several.map(
        lambda drawn: [
            _submission(category, rules, number, facts, lacking, standing)
            for number, (facts, lacking, standing) in enumerate(drawn)
        ]
    )


def _standing(rules: RuleSet) -> st.SearchStrategy[dict[str, Any]]:
    levels = ["", *(level.id for level in rules.levels.from_low_to_high)]
    return st.fixed_dictionaries(
        {
            "previous_level": st.sampled_from(levels),
            "years_at_level": st.integers(0, 99),
            "applied": st.booleans(),
            "committee": st.sampled_from(["区级机关工委", "两新工委", "=工委"]),
        }
    )


def _submission(
    category: str,
    rules: RuleSet,
    number: int,
    facts: Mapping[str, Any],
    lacking: set[str],
    standing: dict[str, Any],
) -> Submission:
    own = {name: fact for name, fact in rules.facts.items() if fact.source.kind == "organisation"}
    attributes = {
        fact.source.detail: facts[name] for name, fact in own.items() if name not in lacking
    }
    given = {name: raw for name, raw in facts.items() if name not in own and name not in lacking}
    number_text = f"{category}-{number}"
    return Submission(
        Organisation(number_text, "甲支部", category, attributes=attributes, **standing), given, ""
    )


def test_sample_round_of_2026_comes_out_alike(tmp_path: Path) -> None:
    submissions = read_round(ROOT / "examples" / "2026" / "round.xlsx", YEAR)
    for name, write in KINDS.items():
        write(YEAR, tmp_path / name, submissions)
        assert by_columns(tmp_path / name, YEAR, 50) == by_rows(tmp_path / name, YEAR)
