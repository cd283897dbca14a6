"""The published rule sets with an ordinary organisation of each, as their cases describe it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from factories import published

from evaluator.scoring.round import Category
from rules.syntax import RuleSet
from rules.testing import Case, load_cases


@dataclass(frozen=True, repr=False)
class Published:
    """A rule set, made ready, and the first case beside it that is accepted."""

    rules: RuleSet
    category: Category
    case: Case

    def __repr__(self) -> str:  # hypothesis writes it down for every example
        return self.rules.rule_set


@cache
def all_published() -> list[Published]:
    """Return every complete rule set that has cases."""
    return [_published(cases) for path in published() if (cases := _cases_of(path)).is_file()]


def _cases_of(path: Path) -> Path:
    return path.parent / "tests" / path.name


def _published(path: Path) -> Published:
    rules, cases = load_cases(path)
    accepted = next(case for case in cases if "error" not in case.expect)
    return Published(rules, Category(rules), accepted)
