"""Stored YAML to rule sets and to what scores by them; each is read once and kept for a while."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from threading import Lock

from evaluator.rule_sets.models import StoredRuleSet
from evaluator.scoring.explain import Scorer
from evaluator.scoring.levels import LevelRules
from rules.describe.words import Labels
from rules.loader import load_rule_set
from rules.problems import Position, Problem, RuleErrors
from rules.syntax import RuleSet

KEPT = 64
CASES = "tests"
"""The folder of case files among the files of a rule set; all others lie beside one another."""
_READING = Lock()
Files = tuple[tuple[str, str], ...]
"""Names of files and their texts, in a fixed order."""


@dataclass(frozen=True)
class Scoring:
    """A rule set with what scores by it."""

    rule_set: RuleSet
    scorer: Scorer
    levels: LevelRules


def rule_set_of(stored: StoredRuleSet) -> RuleSet:
    """Return the rule set that is stored, its meaning not checked; raises RuleErrors."""
    return read_files(stored.main, stored.files)


def scoring_of(stored: StoredRuleSet) -> Scoring:
    """Return what scores by a stored rule set that passed its checks.

    Requests that ask at once wait for one to read it, which takes half a second.
    """
    with _READING:
        return _scoring(stored.main, in_order(stored.files))


def read_files(main: str, files: Mapping[str, str]) -> RuleSet:
    """Return the rule set of texts by file name; `main` may extend the others."""
    return _rule_set(main, in_order(files))


def in_order(files: Mapping[str, str]) -> Files:
    """Return files in the order in which they are known to what is kept."""
    return tuple(sorted(files.items()))


@contextmanager
def written_out(files: Files) -> Iterator[Path]:
    """Lend a folder with the files, where the loader can follow `extends`.

    It lies in a folder of its own, so that `..` leads to nothing else. Problems are told with the
    names of the files as they are stored.
    """
    with TemporaryDirectory() as outer:
        folder = Path(outer).resolve() / "rules"
        (folder / CASES).mkdir(parents=True)
        for name, text in files:
            (folder / plain_name(name)).write_text(text, encoding="utf-8")
        try:
            yield folder
        except RuleErrors as error:
            raise RuleErrors(_renamed(error.problems, folder)) from None


def plain_name(name: str) -> str:
    """Return a stored name as a path that leads nowhere but among the files of its rule set."""
    parts = PurePosixPath(name).parts
    return f"{CASES}/{parts[-1]}" if parts[:-1] == (CASES,) else parts[-1]


def _renamed(problems: list[Problem], folder: Path) -> list[Problem]:
    return [
        Problem(
            Position(named(each.where.file, folder), each.where.line, each.where.column),
            each.code,
            each.message,
        )
        for each in problems
    ]


def named(file: str, folder: Path) -> str:
    """Return the stored name of a file that was written out."""
    return file.removeprefix(f"{folder}/")


@lru_cache(KEPT)
def _scoring(main: str, files: Files) -> Scoring:
    rule_set = _rule_set(main, files)
    return Scoring(rule_set, Scorer(rule_set), LevelRules(Labels(rule_set)))


@lru_cache(KEPT)
def _rule_set(main: str, files: Files) -> RuleSet:
    with written_out(files) as folder:
        return load_rule_set(folder / plain_name(main))
