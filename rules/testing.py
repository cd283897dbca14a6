"""YAML cases beside the rule sets: facts in, points and level out, written by organisers.

A case file names its rule set and, under `defaults:`, the facts of an ordinary organisation; each
case gives only what differs, and what it expects. Scoring itself is handed in, so that this module
needs nothing but the language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rules.loader import load_rule_set, read_file
from rules.numbers import NotANumber, points_text, read_points
from rules.problems import Position, Problem, RuleErrors, listed, nearest
from rules.syntax import RuleSet
from rules.yaml_reader import Mapping as Table
from rules.yaml_reader import Sequence

_FILE_KEYS = ("rule_set", "defaults", "cases")
_CASE_KEYS = ("name", "organisation", "facts", "group", "peers", "expect")
_GIVEN_KEYS = ("organisation", "facts", "group", "peers")
_EXPECTED = ("total", "level", "indicators", "dimensions", "blocks", "vetoes", "error")
NO_LEVEL = "none"


@dataclass(frozen=True)
class Case:
    """One case: who, which facts, and what is expected; amounts stay text."""

    name: str
    where: Position
    organisation: Mapping[str, Any]
    facts: Mapping[str, Any]
    group: Mapping[str, str]
    peers: Mapping[str, str]
    expect: Table


@dataclass(frozen=True)
class Outcome:
    """What scoring a case came to; points in 1/10,000; `error` where the facts were refused."""

    total: int = 0
    level: str = NO_LEVEL
    indicators: Mapping[str, int] = field(default_factory=dict)
    dimensions: Mapping[str, int] = field(default_factory=dict)
    blocks: Mapping[str, int] = field(default_factory=dict)
    vetoes: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True)
class CaseResult:
    """A case and what differs from its expectation; nothing where it passed."""

    case: Case
    differences: tuple[str, ...]


Score = Callable[[RuleSet, list[Case]], list[Outcome]]


def run_cases(path: Path, score: Score) -> list[CaseResult]:
    """Return the result of every case of a file; raises RuleErrors where it cannot be read."""
    rule_set, cases = load_cases(path)
    return [
        CaseResult(case, tuple(differences(case, outcome)))
        for case, outcome in zip(cases, score(rule_set, cases), strict=True)
    ]


def is_case_file(path: Path) -> bool:
    """Return whether a YAML file holds cases rather than a rule set."""
    value = read_file(path)
    return isinstance(value, Table) and "cases" in value


def load_cases(path: Path) -> tuple[RuleSet, list[Case]]:
    """Return the rule set of a case file, and its cases; raises RuleErrors."""
    value = read_file(path)
    start = Position(str(path))
    if not isinstance(value, Table) or "rule_set" not in value or "cases" not in value:
        raise RuleErrors(
            [Problem(start, "cases", "a case file holds `rule_set: FILE` and a list of `cases:`.")]
        )
    _known_keys(value, _FILE_KEYS)
    rule_set = load_rule_set(_rule_set_path(path, value))
    cases = value["cases"]
    if not isinstance(cases, Sequence):
        raise RuleErrors([Problem(value.keys_at["cases"], "cases", "allowed is a list of cases.")])
    defaults = _table(value, "defaults")
    _known_keys(defaults, _GIVEN_KEYS)
    return rule_set, [_case(_item(cases, number), defaults) for number in range(len(cases))]


def _rule_set_path(path: Path, value: Table) -> Path:
    """Return the file that the cases are about: in the same folder, or one above and its others."""
    name = value["rule_set"]
    found = (path.parent / str(name)).resolve()
    if not isinstance(name, str) or not found.is_relative_to(path.parent.resolve().parent):
        place = value.keys_at["rule_set"]
        message = (
            f'rule_set: "{name}" is no file beside the cases or in the folder above; allowed is '
            "one such as `rule_set: ../community.yaml`."
        )
        raise RuleErrors([Problem(place, "cases", message)])
    return path.parent / name


def _item(cases: Sequence, number: int) -> Table:
    case = cases[number]
    if not isinstance(case, Table):
        place = cases.items_at[number]
        raise RuleErrors(
            [Problem(place, "cases", "a case is a mapping that begins with `- name: …`.")]
        )
    return case


def _known_keys(value: Table, allowed: tuple[str, ...]) -> None:
    problems = [
        Problem(
            value.keys_at[key],
            "unknown-key",
            f'found "{key}"; allowed here are {listed(allowed)}.{nearest(key, allowed)}',
        )
        for key in value
        if key not in allowed
    ]
    if problems:
        raise RuleErrors(problems)


def _table(owner: Table, key: str) -> Table:
    """Return the mapping under a key, an empty one where there is none; raises RuleErrors."""
    value = owner.get(key)
    if value is None:
        return Table(owner.where)
    if not isinstance(value, Table):
        raise RuleErrors(
            [
                Problem(
                    owner.keys_at[key],
                    "cases",
                    f'"{key}" must be a mapping of '
                    f"names to values, such as `{key}: {{name: value}}`.",
                )
            ]
        )
    return value


def _case(value: Table, defaults: Table) -> Case:
    _known_keys(value, _CASE_KEYS)
    expect = _table(value, "expect")
    if not expect:
        raise RuleErrors(
            [
                Problem(
                    value.where,
                    "cases",
                    f"a case needs `expect:` with at least one of {listed(_EXPECTED)}.",
                )
            ]
        )
    _known_keys(expect, _EXPECTED)
    for group in ("indicators", "dimensions", "blocks"):
        _table(expect, group)
    if not isinstance(expect.get("vetoes", Sequence(value.where)), Sequence):
        raise RuleErrors(
            [
                Problem(
                    expect.keys_at["vetoes"],
                    "cases",
                    '"vetoes" must be a list of ids, such as [falsified]; [] where none falls.',
                )
            ]
        )
    laid: dict[str, dict[str, Any]] = {
        key: {**_table(defaults, key), **_table(value, key)} for key in _GIVEN_KEYS
    }
    given = {key: item for key, item in laid["facts"].items() if item is not None}
    return Case(
        str(value.get("name") or f"line {value.where.line}"),
        value.where,
        laid["organisation"],
        given,
        laid["group"],
        laid["peers"],
        expect,
    )


def differences(case: Case, outcome: Outcome) -> list[str]:
    """Return a sentence for everything in which an outcome is not as expected."""
    expect = case.expect
    if "error" in expect or outcome.error:
        return _error_difference(str(expect.get("error") or ""), outcome.error)
    found = []
    if "total" in expect:
        found += _points_difference("total", expect["total"], outcome.total)
    if "level" in expect and expect["level"] != outcome.level:
        found.append(f"level: expected {expect['level']}, found {outcome.level}")
    for group in ("indicators", "dimensions", "blocks"):
        found += _group_differences(group, _table(expect, group), getattr(outcome, group))
    wanted = expect.get("vetoes")
    if isinstance(wanted, Sequence) and list(wanted) != list(outcome.vetoes):
        fallen = listed(map(str, wanted))
        found.append(f"vetoes: expected {fallen}, found {listed(outcome.vetoes)}")
    return found


def _error_difference(expected: str, found: str) -> list[str]:
    if not expected:
        return [f"the facts were refused: {found}"]
    return [] if expected in found else [f'error: expected "{expected}", found "{found or "none"}"']


def _points_difference(name: str, expected: Any, found: int) -> list[str]:
    try:
        wanted = read_points(str(expected))
    except NotANumber:
        return [f'{name}: expected "{expected}", which is no number of points']
    if wanted == found:
        return []
    return [f"{name}: expected {expected}, found {points_text(found)}"]


def _group_differences(group: str, expected: Table, found: Mapping[str, int]) -> list[str]:
    result = []
    for name, points in expected.items():
        if name in found:
            result += _points_difference(f"{group}.{name}", points, found[name])
        else:
            result.append(f"{group}.{name}: is not in the rule set.{nearest(name, found)}")
    return result
