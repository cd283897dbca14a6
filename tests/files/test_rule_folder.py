"""A folder of rule sets is read by category, with every flaw of every file."""

from __future__ import annotations

from pathlib import Path

import pytest
from round_samples import RULES

from evaluator.files import load_folder
from rules.problems import RuleErrors


def errors_of(folder: Path) -> list[str]:
    with pytest.raises(RuleErrors) as caught:
        load_folder(folder)
    return str(caught.value).split("\n")


def copied(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).write_bytes((RULES / name).read_bytes())
    return folder


def test_rule_sets_come_by_category() -> None:
    found = {category: each.rule_set for category, each in load_folder(RULES).items()}
    assert found == {"firm": "firm_2026", "office": "office_2026"}


def test_shared_parts_cases_and_folders_below_are_passed_over(tmp_path: Path) -> None:
    copied(tmp_path, "common.yaml", "office.yaml", "office_cases.yaml")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "broken.yaml").write_text("rule_set: [", encoding="utf-8")
    assert list(load_folder(tmp_path)) == ["office"]


def test_two_rule_sets_of_a_category_are_refused(tmp_path: Path) -> None:
    copied(tmp_path, "common.yaml", "office.yaml")
    (tmp_path / "again.yaml").write_bytes((RULES / "office.yaml").read_bytes())
    assert errors_of(tmp_path) == [
        f'{tmp_path / "office.yaml"}:1:1: error[category]: the category "office" already has the '
        "rule set again.yaml; a folder holds one for each category: move one to a folder of its "
        "own."
    ]


def test_errors_of_all_files_are_reported_together(tmp_path: Path) -> None:
    copied(tmp_path, "common.yaml", "office.yaml", "firm.yaml")
    for name in ("office.yaml", "firm.yaml"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("full_at", "ful_at"), encoding="utf-8")
    places = [each.split(": error[")[0] for each in errors_of(tmp_path)]
    assert {place.split(":")[0] for place in places} == {
        str(tmp_path / "firm.yaml"),
        str(tmp_path / "office.yaml"),
    }


def test_folder_without_rule_sets_is_refused(tmp_path: Path) -> None:
    assert errors_of(tmp_path) == [
        f"{tmp_path}:1:1: error[folder]: holds no rule set; allowed is a folder with one file such "
        "as government.yaml for each category."
    ]
