"""A corpus of wrong files: each says at its top which errors it must bring, and where."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from rules.checks import CHECKS, check
from rules.checks.subject import Subject
from rules.loader import load_rule_set
from rules.lowering import lower
from rules.problems import Problem, RuleErrors

WRONG = Path(__file__).parent / "wrong"
FEWEST = 60
LONGEST = 60


@dataclass(frozen=True)
class Expected:
    """One error that a file must bring."""

    code: str
    words: str
    line: int
    column: int


def expected(path: Path) -> list[Expected]:
    pairs = re.findall(
        r"^# expect: error\[([\w-]+)\] (.+)\n# at: (\d+):(\d+)$", path.read_text(), re.MULTILINE
    )
    return [Expected(code, words, int(line), int(column)) for code, words, line, column in pairs]


@cache
def problems_of(path: Path) -> list[Problem]:
    try:
        return check(load_rule_set(path))
    except RuleErrors as error:
        return error.problems


FILES = sorted(WRONG.rglob("*.yaml"))
PARENTS = [path for path in FILES if path.name == "parent.yaml"]
CASES = [path for path in FILES if path not in PARENTS]


@pytest.mark.parametrize("path", CASES, ids=lambda path: str(path.relative_to(WRONG)))
def test_wrong_file_brings_exactly_the_errors_that_it_names(path):
    wanted = expected(path)
    found = problems_of(path)
    assert wanted
    assert [(each.code, each.where.line, each.where.column) for each in found] == [
        (each.code, each.line, each.column) for each in wanted
    ]
    for problem, error in zip(found, wanted, strict=True):
        assert error.words in problem.message


@pytest.mark.parametrize("path", CASES, ids=lambda path: str(path.relative_to(WRONG)))
def test_error_names_the_file_it_is_in(path):
    files = {problem.where.file for problem in problems_of(path)}
    assert files <= {str(path), str(path.with_name("parent.yaml").resolve())}


def test_corpus_is_large_and_its_files_are_small():
    assert len(CASES) >= FEWEST
    assert {path.name for path in CASES if len(path.read_text().splitlines()) > LONGEST} == set()


def test_corpus_covers_every_part_of_the_language():
    kinds = {path.relative_to(WRONG).parts[0].split("_")[0] for path in CASES}
    assert kinds == {"yaml", "schema", "formula", "check", "extends", "several"}


def subject_of(path: Path) -> Subject | None:
    try:
        rule_set = load_rule_set(path)
    except RuleErrors:
        return None
    try:
        return Subject(rule_set, lower(rule_set))
    except RuleErrors:
        return Subject(rule_set)


def test_every_check_is_met_by_a_file_of_the_corpus():
    files = [path for path in CASES if path.name.startswith("check_")]
    subjects = [subject for path in files if (subject := subject_of(path))]
    silent = [
        each.__name__ for each in CHECKS if not any(list(each(subject)) for subject in subjects)
    ]
    assert silent == []


def test_several_errors_are_reported_in_one_run_and_sorted():
    path = WRONG / "several_errors.yaml"
    found = problems_of(path)
    assert [problem.code for problem in found] == [
        "sum",
        "unknown-name",
        "duplicate-id",
        "unknown-name",
        "band-gap",
    ]
    assert found == sorted(found)


def test_file_that_is_not_utf8_is_refused_with_the_first_bad_byte(tmp_path):
    path = tmp_path / "latin.yaml"
    path.write_bytes("rule_set: caf\u00e9\n".encode("latin-1"))
    assert [str(each) for each in problems_of(path)] == [
        f"{path}:1:1: error[encoding]: the file is not UTF-8 from byte 13 on; save it as UTF-8."
    ]


def test_file_that_is_too_large_is_refused(tmp_path):
    path = tmp_path / "large.yaml"
    path.write_text("# " + "x" * 2_000_000)
    (problem,) = problems_of(path)
    assert (problem.code, problem.where.line) == ("too-large", 1)
    assert "2,000,002 bytes; at most 2,000,000 are read" in problem.message


def test_file_that_does_not_exist_is_refused(tmp_path):
    (problem,) = problems_of(tmp_path / "none.yaml")
    assert (problem.code, problem.message) == ("file", "No such file or directory.")
