"""Where `evaluator round` cannot write, it says so in one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from small_rounds import RULES

from evaluator.commands.round import round_command

FACTS = "id,name,committee,category,previous_level,years_at_level,applied,p,honour\n"


@pytest.fixture
def inputs(tmp_path: Path) -> tuple[Path, Path]:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "shop.yaml").write_text(
        RULES.format(category="shop") + "organisations: {part_year: in_full, merged: mean}\n",
        "utf-8",
    )
    facts = tmp_path / "round.csv"
    facts.write_text(FACTS + "a,甲,甲委,shop,none,0,是,8,否\n", "utf-8")
    return rules, facts


@pytest.mark.parametrize("place", ["round.csv/out", "taken/out"])
def test_folder_that_cannot_be_made_is_named(
    place: str, inputs: tuple[Path, Path], tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("", "utf-8")
    out = tmp_path / place
    result = CliRunner().invoke(round_command, [*map(str, inputs), "--out", str(out)])
    assert (result.exit_code, result.stderr.splitlines()[0].partition(": [")[0]) == (
        1,
        f"Error: cannot write the results to {out}",
    )


def test_file_that_cannot_be_written_leaves_nothing_half_written(
    inputs: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    (out / "results.parquet").mkdir(parents=True)
    result = CliRunner().invoke(round_command, [*map(str, inputs), "--out", str(out)])
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert sorted(each.name for each in out.iterdir()) == ["results.parquet", "results.xlsx"]
