"""The parts of a file put together in memory: the organisations of each category as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from evaluator.files.columnar.members import Members
from evaluator.files.columnar.round_parts import RoundParts
from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.columnar.columns import Columns, Group
from evaluator.scoring.columnar.words import Words
from evaluator.what_if.rounds import Roster
from evaluator.what_if.stages import Begin, unseen
from rules.syntax import RuleSet

IN_COLUMNS = (".csv", ".parquet")
"""Files of which no row becomes an object."""


@dataclass(frozen=True)
class Gathered:
    """All organisations of one category; `columns.refused` are those whose facts are no use."""

    roster: Roster
    columns: Columns


def gather(
    path: Path,
    rule_sets: Mapping[str, RuleSet],
    chosen: Sequence[str],
    begin: Begin = unseen,
    stage: str = "Reading",
) -> dict[str, Gathered]:
    """Return the chosen categories of a CSV or Parquet file; raises TableErrors."""
    found: dict[str, list[Members]] = {}
    parts = RoundParts(path, rule_sets)
    advance = begin(stage, parts.rows)
    for part in parts:
        for category, members in part.categories.items():
            if category in chosen:
                found.setdefault(category, []).append(members)
        advance(part.size)
    return {name: _together(found.pop(name)) for name in chosen if name in found}


def _together(parts: list[Members]) -> Gathered:
    committees = [
        Group(
            each.committee.indices.to_numpy(zero_copy_only=False),
            each.committee.dictionary.to_pylist(),
        )
        for each in parts
    ]
    roster = Roster(
        pa.concat_arrays([each.id for each in parts]),
        pa.concat_arrays([each.name for each in parts]),
        _group(committees),
    )
    columns = joined([each.columns for each in parts])
    refused = np.concatenate([each.refused for each in parts]) & columns.applied
    return Gathered(roster, replace(columns, refused=refused if refused.any() else None))


def joined(parts: Sequence[Columns]) -> Columns:
    """Return the organisations of several parts as one."""
    lacked = sorted({name for each in parts for name in each.missing})
    return Columns(
        sum(each.size for each in parts),
        [_slot(each) for each in zip(*(part.slots for part in parts), strict=True)],
        {name: np.concatenate([_missing(each, name) for each in parts]) for name in lacked},
        np.concatenate([each.applied for each in parts]),
        np.concatenate([each.previous for each in parts]),
        np.concatenate([each.years for each in parts]),
        np.concatenate([each.founded for each in parts]),
        {among: _group([each.groups[among] for each in parts]) for among in parts[0].groups},
    )


def _slot(parts: tuple[Array | None, ...]) -> Array | None:
    known = [each for each in parts if each is not None]
    return np.concatenate(known) if known else None


def _missing(part: Columns, name: str) -> Bools:
    return part.missing.get(name, np.zeros(part.size, np.bool_))


def _group(parts: Sequence[Group]) -> Group:
    words = Words()
    codes = np.concatenate([words.add(each) for each in parts])
    return Group(codes, list(words.codes))
