"""A file of a round as both readers see it: row by row, and in columns."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from evaluator.files import Submission, TableErrors, read_round
from evaluator.files.columnar import Members, RoundParts
from evaluator.scoring.columnar.columns import Group
from evaluator.scoring.inputs import FactErrors, InputReader, Inputs
from rules.lowering import Program, lower
from rules.syntax import RuleSet

Seen = dict[str, Any]
"""One organisation with everything that scoring looks at."""


def by_rows(path: Path, rule_sets: Mapping[str, RuleSet]) -> list[Seen]:
    """Return what the reader of rows makes of a file, category by category."""
    submissions = read_round(path, rule_sets)
    return [
        _one(each, rule_sets[category])
        for category in rule_sets
        for each in submissions
        if each.organisation.category == category
    ]


def by_columns(path: Path, rule_sets: Mapping[str, RuleSet], most: int = 150_000) -> list[Seen]:
    """Return what the columnar reader makes of a file in parts of so many rows."""
    file = opened(path, rule_sets, most)
    parts = list(file)
    return [
        each
        for category in rule_sets
        for part in parts
        if category in part.categories
        for each in _all(part.categories[category], file, rule_sets[category])
    ]


def opened(path: Path, rule_sets: Mapping[str, RuleSet], most: int) -> RoundParts:
    """Return a file with the programs of its rule sets, each of which is made once."""
    programs = {category: made(rules)[0] for category, rules in rule_sets.items()}
    return RoundParts(path, rule_sets, most, programs)


def refused_by_columns(path: Path, rule_sets: Mapping[str, RuleSet], most: int = 3) -> list[str]:
    """Return every error that the columnar reader refuses a file with."""
    with pytest.raises(TableErrors) as caught:
        list(opened(path, rule_sets, most))
    return str(caught.value).split("\n")


_MADE: dict[int, tuple[RuleSet, Program, InputReader]] = {}


def made(rules: RuleSet) -> tuple[Program, InputReader]:
    """Return the program of a rule set and what reads one organisation for it, made once."""
    if id(rules) not in _MADE:
        program = lower(rules)
        _MADE[id(rules)] = rules, program, InputReader(program)  # kept, so that its id is too
    return _MADE[id(rules)][1:]


def _one(submission: Submission, rules: RuleSet) -> Seen:
    program, reader = made(rules)
    organisation = submission.organisation
    try:
        inputs, refused = reader.read(organisation, submission.facts), False
    except FactErrors as error:
        kept: dict[str, object] = {
            **submission.facts,
            **{each.fact: None for each in error.problems},
        }
        inputs, refused = reader.read(organisation, kept), True
    levels = [level.id for level in rules.levels.from_low_to_high]
    held = organisation.previous_level
    return {
        "place": submission.where,
        "id": organisation.id,
        "name": organisation.name,
        "committee": organisation.committee,
        "slots": _filled(program, inputs.slots),
        "missing": set(inputs.missing),
        "applied": organisation.applied,
        "previous": levels.index(held) if held else -1,
        "years": organisation.years_at_level,
        "founded": inputs.founded,
        "groups": {among: _group(inputs, among) for among in amongs(rules)},
        "refused": refused,
    }


def amongs(rules: RuleSet) -> set[str]:
    """Return every group in which a rule set compares."""
    found = {quota.among for quota in rules.quotas}
    for each in rules.measures.values():
        found |= {
            way.among for way in (each.rank, each.highest, each.lowest, each.group_mean) if way
        }
    return found


def _group(inputs: Inputs, among: str) -> object:
    if among in ("category", "round"):
        return ""
    return inputs.organisation.committee if among == "committee" else inputs.value_of(among)


def _filled(program: Program, slots: list[int]) -> list[int]:
    return [
        int(value)
        for slot, value in zip(program.slots, slots, strict=True)
        if slot.kind not in ("cohort", "peers")
    ]


def _all(members: Members, file: RoundParts, rules: RuleSet) -> list[Seen]:
    columns = members.columns
    slots = [each.tolist() for each in columns.slots if each is not None]
    ids, names = members.id.to_pylist(), members.name.to_pylist()
    committees = members.committee.to_pylist()
    return [
        {
            "place": file.file.table().place(int(members.rows[row])),
            "id": ids[row],
            "name": names[row],
            "committee": committees[row],
            "slots": [each[row] for each in slots],
            "missing": {name for name, lacking in columns.missing.items() if lacking[row]},
            "applied": bool(columns.applied[row]),
            "previous": int(columns.previous[row]),
            "years": int(columns.years[row]),
            "founded": int(columns.founded[row]),
            "groups": {among: _word(group, row) for among, group in columns.groups.items()},
            "refused": bool(members.refused[row]),
        }
        for row in range(columns.size)
    ]


def _word(group: Group, row: int) -> object:
    return group.words[int(group.codes[row])]
