"""The rule sets of a folder, one for each category."""

from __future__ import annotations

from pathlib import Path

from rules.checks import check
from rules.loader import is_shared, load_rule_set, read_file
from rules.problems import Position, Problem, RuleErrors
from rules.syntax import RuleSet
from rules.testing import is_case_file


def load_folder(folder: Path) -> dict[str, RuleSet]:
    """Return the checked rule sets directly in a folder by category; raises RuleErrors."""
    problems: list[Problem] = []
    found: dict[str, tuple[Path, RuleSet]] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            rule_set = _load(path)
        except RuleErrors as error:
            problems += error.problems
            continue
        if rule_set is not None:
            problems += check(rule_set) + _second(path, rule_set, found)
            found.setdefault(rule_set.category, (path, rule_set))
    if not found and not problems:
        problems = [_none_in(folder)]
    if problems:
        raise RuleErrors(problems)
    return {category: rule_set for category, (_, rule_set) in found.items()}


def _load(path: Path) -> RuleSet | None:
    """Return the rule set of a file; nothing for shared parts and cases."""
    if is_shared(read_file(path)) or is_case_file(path):
        return None
    return load_rule_set(path)


def _second(path: Path, rule_set: RuleSet, found: dict[str, tuple[Path, RuleSet]]) -> list[Problem]:
    if rule_set.category not in found:
        return []
    first = found[rule_set.category][0].name
    return [
        Problem(
            Position(str(path)),
            "category",
            f'the category "{rule_set.category}" already has the rule set {first}; '
            "a folder holds one for each category: move one to a folder of its own.",
        )
    ]


def _none_in(folder: Path) -> Problem:
    return Problem(
        Position(str(folder)),
        "folder",
        "holds no rule set; allowed is a folder with "
        "one file such as government.yaml for each category.",
    )
