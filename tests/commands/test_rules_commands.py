"""`evaluator rules check` and `evaluator rules test`."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import BRANCH, RULES, run


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A rule set with a misspelt key on line 6."""
    path = tmp_path / "wrong.yaml"
    path.write_text(BRANCH.read_text("utf-8").replace("scale:", "scal:"), "utf-8")
    return path


def test_check_of_a_good_rule_set_succeeds() -> None:
    result = run("rules", "check", BRANCH)
    assert (result.exit_code, result.output) == (0, "1 rule set(s) checked, 0 error(s).\n")


def test_check_of_a_folder_takes_every_rule_set_and_no_cases() -> None:
    result = run("rules", "check", RULES)
    assert (result.exit_code, result.output) == (0, "2 rule set(s) checked, 0 error(s).\n")


def test_check_names_file_line_and_column(wrong: Path) -> None:
    result = run("rules", "check", wrong)
    assert result.exit_code == 1
    places = [line.split(" ", 1)[0] for line in result.output.splitlines()[:-1]]
    assert places == [f"{wrong}:1:1:", f"{wrong}:6:1:"]
    assert f'{wrong}:6:1: error[unknown-key]: found "scal"' in result.output


def test_check_prints_problems_as_json(wrong: Path) -> None:
    result = run("rules", "check", "--format", "json", wrong)
    problems = json.loads(result.output)
    assert result.exit_code == 1
    found = [(each["file"], each["line"], each["column"], each["code"]) for each in problems]
    assert found == [(str(wrong), 1, 1, "missing-key"), (str(wrong), 6, 1, "unknown-key")]
    assert set(problems[0]) == {"file", "line", "column", "code", "message"}


def test_check_of_a_good_rule_set_prints_an_empty_list_as_json() -> None:
    result = run("rules", "check", "--format", "json", BRANCH)
    assert (result.exit_code, json.loads(result.output)) == (0, [])


def test_check_goes_on_after_a_wrong_file(wrong: Path) -> None:
    shutil.copy(BRANCH, wrong.parent / "good.yaml")
    result = run("rules", "check", wrong.parent)
    assert result.exit_code == 1
    assert result.output.splitlines()[-1].startswith("2 rule set(s) checked, ")


def test_check_of_a_folder_without_rule_sets_fails(tmp_path: Path) -> None:
    result = run("rules", "check", tmp_path)
    assert (result.exit_code, result.output) == (1, "0 rule set(s) checked, 0 error(s).\n")


def test_check_of_a_file_that_is_no_yaml_fails_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("rule_set: [a\nb: }", "utf-8")
    result = run("rules", "check", path)
    assert result.exit_code == 1
    assert result.output.startswith(f"{path}:2:")


def test_check_of_a_file_that_does_not_exist_is_a_wrong_call() -> None:
    assert run("rules", "check", "nowhere.yaml").exit_code == 2


def test_check_runs_as_a_program() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("evaluator")), "rules", "check", str(BRANCH)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "1 rule set(s) checked, 0 error(s).\n",
        "",
    )


def test_cases_that_pass_are_counted() -> None:
    result = run("rules", "test", RULES)
    assert (result.exit_code, result.output) == (0, "3 case(s) passed, 0 failed.\n")


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """A copy of the rule set with its cases, to be spoilt."""
    shutil.copytree(RULES, tmp_path / "rules")
    return tmp_path / "rules" / "tests" / "branch.yaml"


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [
        (
            "total: 19, level: five_star}",
            "total: 18, level: five_star}",
            "total: expected 18, found 19",
        ),
        (
            "total: 19, level: five_star}",
            "total: 19, level: three_star}",
            "level: expected three_star, found five_star",
        ),
        (
            "total: 19, level: five_star}",
            "total: 19, indicators: {special: 3.5}}",
            "indicators.special: expected 3.5, found 4",
        ),
        (
            "total: 19, level: five_star}",
            "dimensions: {basic: 9}}",
            "dimensions.basic: expected 9, found 10",
        ),
        ("vetoes: [discipline]}", "vetoes: []}", "vetoes: expected none, found discipline"),
        (
            "{error: meetings}",
            "{error: elected}",
            'error: expected "elected", found "甲支部: meetings: is missing; give it a value"',
        ),
        (
            "{error: meetings}",
            "{total: 3}",
            "the facts were refused: 甲支部: meetings: is missing; give it a value",
        ),
    ],
)
def test_case_that_fails_says_what_differs(
    cases: Path, before: str, after: str, difference: str
) -> None:
    text = cases.read_text("utf-8")
    assert before in text
    cases.write_text(text.replace(before, after, 1), "utf-8")
    result = run("rules", "test", cases)
    lines = result.output.splitlines()
    assert (result.exit_code, lines[-1]) == (1, "2 case(s) passed, 1 failed.")
    assert [line.endswith(f": {difference}") for line in lines[:-1]] == [True]
    assert lines[0].startswith(f"{cases}:")


def test_case_file_whose_rule_set_is_missing_fails(cases: Path) -> None:
    (cases.parent.parent / "branch.yaml").unlink()
    result = run("rules", "test", cases)
    assert (result.exit_code, result.output.splitlines()[-1]) == (1, "0 case(s) passed, 1 failed.")


def test_folder_without_cases_fails(tmp_path: Path) -> None:
    shutil.copy(BRANCH, tmp_path)
    result = run("rules", "test", tmp_path)
    assert (result.exit_code, result.output.splitlines()) == (
        1,
        [
            "0 case(s) passed, 0 failed.",
            "No case file was found: name the file that holds `cases:`, or its folder.",
        ],
    )
