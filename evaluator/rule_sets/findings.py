"""Everything that can be said of a rule set before it is published: read, checked, tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from evaluator.rule_cases import score_cases
from evaluator.rule_sets.models import StoredRuleSet
from evaluator.rule_sets.reading import Files, in_order, named, plain_name, written_out
from evaluator.rule_sets.uploads import is_cases
from rules.checks import check
from rules.loader import load_rule_set
from rules.lowering import lower
from rules.problems import Position, Problem, RuleErrors
from rules.syntax import RuleSet
from rules.testing import run_cases

KEPT = 32


@dataclass(frozen=True)
class FailedCase:
    """A case that did not come to what it expects."""

    where: Position
    name: str
    differences: tuple[str, ...]


@dataclass(frozen=True)
class Findings:
    """What reading, checking, lowering and the cases say; places name files as they are stored.

    A stage that could not be reached, because the one before it failed, is None.
    """

    rule_set: RuleSet | None
    reading: tuple[Problem, ...]
    checks: tuple[Problem, ...] | None = None
    lowering: tuple[Problem, ...] | None = None
    cases: tuple[Problem, ...] | None = None
    failed: tuple[FailedCase, ...] = ()
    passed: int = 0
    case_files: tuple[str, ...] = field(default=())

    @property
    def problems(self) -> list[Problem]:
        """Return every problem of the files, in reading order."""
        stages = (self.reading, self.checks, self.lowering, self.cases)
        return sorted(problem for stage in stages for problem in stage or ())

    @property
    def holds(self) -> bool:
        """Return whether everything is in order, every case included."""
        return self.rule_set is not None and not self.problems and not self.failed


def findings_of(stored: StoredRuleSet) -> Findings:
    """Return what is to be said of a stored rule set."""
    return findings_on(stored.main, stored.files)


def findings_on(main: str, files: Mapping[str, str]) -> Findings:
    """Return what is to be said of the rule set of some files."""
    return _findings(main, in_order(files))


@lru_cache(KEPT)
def _findings(main: str, files: Files) -> Findings:
    try:
        with written_out(files) as folder:
            return _looked_at(folder, main, files)
    except RuleErrors as error:
        return Findings(None, tuple(error.problems))


def _looked_at(folder: Path, main: str, files: Files) -> Findings:
    """Return the findings; raises RuleErrors where the rule set cannot be read at all."""
    rule_set = load_rule_set(folder / plain_name(main))
    lowering = _lowering(rule_set)
    checks = [each for each in check(rule_set) if each not in lowering]
    names = tuple(name for name, text in files if is_cases(text))
    found = Findings(
        rule_set,
        (),
        _stored(checks, folder),
        _stored(lowering, folder),
        case_files=names,
    )
    return found if found.problems else _with_cases(found, folder)


def _lowering(rule_set: RuleSet) -> list[Problem]:
    try:
        lower(rule_set)
    except RuleErrors as error:
        return error.problems
    return []


def _with_cases(found: Findings, folder: Path) -> Findings:
    problems: list[Problem] = []
    failed: list[FailedCase] = []
    passed = 0
    for name in found.case_files:
        try:
            results = run_cases(folder / plain_name(name), score_cases)
        except RuleErrors as error:
            problems += error.problems
            continue
        wrong = [each for each in results if each.differences]
        passed += len(results) - len(wrong)
        failed += [
            FailedCase(_place(each.case.where, folder), each.case.name, each.differences)
            for each in wrong
        ]
    return Findings(
        found.rule_set, (), (), (), _stored(problems, folder), tuple(failed), passed,
        found.case_files,
    )  # fmt: skip


def _stored(problems: list[Problem], folder: Path) -> tuple[Problem, ...]:
    return tuple(Problem(_place(each.where, folder), each.code, each.message) for each in problems)


def _place(where: Position, folder: Path) -> Position:
    return Position(named(where.file, folder), where.line, where.column)
