"""The facts of one organisation from a YAML or JSON file, every number kept as its text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluator.rule_cases import organisation_of
from evaluator.scoring.inputs import Organisation
from rules.loader import read_file
from rules.problems import Position, Problem, RuleErrors, listed, nearest

KEYS = ("organisation", "facts", "group", "peers")


@dataclass(frozen=True)
class FactsFile:
    """One organisation, its facts, and what a round would know of its group."""

    organisation: Organisation
    facts: Mapping[str, Any]
    group: Mapping[str, str]
    peers: Mapping[str, str]


def read_facts_file(path: Path) -> FactsFile:
    """Return the content of a facts file; raises RuleErrors naming the place."""
    value = _read_json(path) if path.suffix.lower() == ".json" else read_file(path)
    start = Position(str(path))
    if not isinstance(value, Mapping) or not isinstance(value.get("facts"), Mapping):
        raise RuleErrors(
            [
                Problem(
                    start,
                    "facts",
                    "a facts file holds `organisation:` and `facts:`, each a mapping.",
                )
            ]
        )
    unknown = [
        Problem(
            start,
            "unknown-key",
            f'found "{key}"; allowed here are {listed(KEYS)}.{nearest(key, KEYS)}',
        )
        for key in value
        if key not in KEYS
    ]
    if unknown:
        raise RuleErrors(unknown)
    tables: dict[str, Any] = {key: value.get(key) or {} for key in KEYS}
    wrong = [key for key, table in tables.items() if not isinstance(table, Mapping)]
    if wrong:
        raise RuleErrors([Problem(start, "facts", f'"{wrong[0]}" must be a mapping.')])
    return FactsFile(
        organisation_of(tables["organisation"], default_name=path.stem),
        tables["facts"],
        tables["group"],
        tables["peers"],
    )


def _read_json(path: Path) -> Any:
    try:
        return json.loads(
            path.read_text(encoding="utf-8-sig"), parse_float=str, object_pairs_hook=_no_duplicates
        )
    except json.JSONDecodeError as error:
        place = Position(str(path), error.lineno, error.colno)
        raise RuleErrors(
            [Problem(place, "json", f"this is not valid JSON: {error.msg}.")]
        ) from error
    except RecursionError as error:
        raise RuleErrors(
            [Problem(Position(str(path)), "json", "is nested too deep for facts.")]
        ) from error
    except (ValueError, UnicodeDecodeError) as error:
        raise RuleErrors([Problem(Position(str(path)), "json", f"{error}.")]) from error


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        raise ValueError(f'"{min(twice)}" is written twice in one object; keep one of them')
    return dict(pairs)
