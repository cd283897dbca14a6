"""What is written to a workbook, CSV or Parquet comes back the same."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from round_samples import firm, named, office, rule_sets, told

from evaluator.files import Submission, read_round, write_csv, write_parquet, write_workbook
from rules.syntax import RuleSet

Write = Callable[[Mapping[str, RuleSet], Path, Sequence[Submission]], None]
KINDS: dict[str, Write] = {
    "round.xlsx": write_workbook,
    "round.csv": write_csv,
    "round.parquet": write_parquet,
}
each_kind = pytest.mark.parametrize("name", KINDS)


def copied(name: str, folder: Path, submissions: list[Submission]) -> list[Submission]:
    path = folder / name
    KINDS[name](rule_sets(), path, submissions)
    return read_round(path, rule_sets())


@each_kind
def test_round_comes_back_equal(name: str, tmp_path: Path) -> None:
    # The folder is read in the order of its files, and so is a workbook: firm, then office.
    submissions = [firm(), firm("LX-2", kind="office"), office(), office("JG-2", honours=[])]
    assert told(copied(name, tmp_path, submissions)) == told(submissions)


@each_kind
def test_missing_facts_stay_missing(name: str, tmp_path: Path) -> None:
    submissions = [firm(defence=None, minutes=None), office(growth=None, taste=None)]
    assert told(copied(name, tmp_path, submissions)) == told(submissions)


@each_kind
def test_values_in_other_spellings_come_back_in_the_one_spelling(name: str, tmp_path: Path) -> None:
    spelt = firm(satisfaction="100%", elected="否", kind="门店", minutes=9)
    assert told(copied(name, tmp_path, [spelt])) == told([firm()])


@each_kind
@pytest.mark.parametrize(
    "text",
    ["=1+1", "+SUM(A1)", "-2+3", "@cmd", "'=1+1", "＝1+1", "-5", "007", "1e5", '甲,"乙"\n丙'],
)
def test_any_name_comes_back_unchanged(name: str, text: str, tmp_path: Path) -> None:
    [read] = copied(name, tmp_path, [named(office(), text)])
    assert read.organisation.name == text


@pytest.mark.parametrize("name", ["round.csv", "round.parquet"])
def test_flat_files_tell_no_events_from_missing_events(name: str, tmp_path: Path) -> None:
    submissions = [firm(honours=None), firm("LX-2", honours=[])]
    assert told(copied(name, tmp_path, submissions)) == told(submissions)


def test_workbook_takes_an_organisation_without_rows_for_one_without_events(
    tmp_path: Path,
) -> None:
    [read] = copied("round.xlsx", tmp_path, [firm(honours=None)])
    assert read.facts["honours"] == []


@settings(max_examples=15)
@given(
    growth=st.decimals(-100, 1000, places=3),
    share=st.integers(0, 10_000),
    members=st.integers(1, 999_999_999_999_999),
    day=st.dates(datetime.date(1950, 1, 1), datetime.date(2026, 12, 31)),
)
def test_every_number_and_day_comes_back_exactly(
    tmp_path_factory: pytest.TempPathFactory,
    growth: object,
    share: int,
    members: int,
    day: datetime.date,
) -> None:
    folder = tmp_path_factory.mktemp("round")
    one = office(growth=str(growth), satisfaction=f"{share // 100}.{share % 100:02}%")
    one.organisation.attributes.update({"members": str(members), "founded": day})  # type: ignore[attr-defined]
    read = {name: told(copied(name, folder, [one])) for name in KINDS}
    assert read["round.xlsx"] == read["round.csv"] == read["round.parquet"]
    [(organisation, facts)] = read["round.xlsx"]
    assert organisation.attributes == {"members": str(members), "founded": day}
    assert float(str(facts["growth"])) == float(str(growth))
    assert round(float(str(facts["satisfaction"])) * 10_000) == share
