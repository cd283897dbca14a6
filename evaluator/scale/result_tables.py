"""Results as Arrow tables, the same columns as `ResultRow`, without an object for each row."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evaluator.results.parquet import POINTS, schema_of
from evaluator.results.rows import ResultRow, award_date_of
from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.columnar.outcome import Outcome
from evaluator.scoring.columnar.steps import joined, step_sequences
from evaluator.scoring.round import Category
from rules.syntax import Words

STATUSES = ("refused", "not_applied", "not_rated", "unrated", "rated")
"""How far an organisation came, in the order of `status_codes`."""


@dataclass(frozen=True)
class Identity:
    """Who the organisations of a part are: the number of the row, and what files call them."""

    rows: Array
    ids: pa.Array
    names: pa.Array
    committees: pa.Array
    previous: Array


@dataclass(frozen=True)
class Certified:
    """The certificates of a part: serial numbers and tokens, empty for who has none."""

    serials: pa.Array
    tokens: pa.Array


def result_table(
    identity: Identity,
    outcome: Outcome,
    category: Category,
    words: Sequence[Words],
    certified: Certified,
) -> pa.Table:
    """Return the result rows of one category in one part, in the order of its organisations."""
    rule_set, levels, size = category.rule_set, category.levels.levels, len(identity.rows)
    title = rule_set.category_title or rule_set.title
    final = outcome.final
    sequence, steps = step_sequences(outcome.stages, words, size)
    columns = {
        "id": identity.ids,
        "name": identity.names,
        "committee": identity.committees,
        "category": _same(rule_set.category, size),
        "category_zh": _same(title.zh, size),
        "category_en": _same(title.say("en"), size),
        "year": pa.repeat(pa.scalar(rule_set.period.to.year, pa.int32()), size),
        "rule_set": _same(rule_set.rule_set, size),
        "version": _same(rule_set.version, size),
        "digest": _same(category.scorer.program.digest, size),
        "status": taken(STATUSES, status_codes(outcome)),
        "total": decimals(outcome.decided.total, outcome.decided.assessed),
        "level": taken(["", *(each.id for each in levels)], final + 1),
        "level_zh": taken(["", *(each.title.zh for each in levels)], final + 1),
        "level_en": taken(["", *(each.title.say("en") for each in levels)], final + 1),
        "stars": _of_level([each.stars for each in levels], 0, final, pa.int8()),
        "laurel": _of_level([bool(each.laurel) for each in levels], False, final, pa.bool_()),
        "certificate": pc.not_equal(certified.serials, ""),
        "previous_level": taken(["", *(each.id for each in levels)], identity.previous + 1),
        "steps_zh": taken(joined(steps, "zh"), sequence),
        "serial": certified.serials,
        "token": certified.tokens,
        "issuer": _same(rule_set.issuer.zh if rule_set.issuer else "", size),
        "award_date": _same(award_date_of(rule_set).isoformat(), size),
    }
    names = [each.name for each in dataclasses.fields(ResultRow)]
    return pa.Table.from_arrays([columns[name] for name in names], schema=schema_of(ResultRow))


def status_codes(outcome: Outcome) -> Array:
    """Return how far organisations came, as places in refused, not_applied, not_rated, …"""
    decided = outcome.decided
    found = np.full(decided.size, STATUSES.index("not_rated"), np.int8)
    found[decided.rated] = np.where(outcome.final[decided.rated] >= 0, 4, 3)
    found[~decided.decided] = STATUSES.index("not_applied")
    found[decided.refused] = STATUSES.index("refused")
    return found


def has_certificate(final: Array, category: Category) -> Bools:
    """Return who is given a certificate, by the index of the level."""
    certificate = [False, *(level.certificate for level in category.levels.levels)]
    who: Bools = np.array(certificate)[final + 1]
    return who


def points_schema(indicators: Sequence[str]) -> pa.Schema:
    """Return the columns of a file of points."""
    return pa.schema([("id", pa.string()), *((name, POINTS) for name in indicators)])


def points_table(identity: Identity, outcome: Outcome) -> pa.Table:
    """Return the points that were kept, a column for each indicator beside the id."""
    decided = outcome.decided
    columns = {name: decimals(each, decided.assessed) for name, each in decided.points.items()}
    return pa.table({"id": identity.ids, **columns})


def _of_level(values: Sequence[Any], none: Any, final: Array, kind: pa.DataType) -> pa.Array:
    """Return an attribute of the level that each organisation holds."""
    return pa.array([none, *values], kind).take(pa.array(final + 1))


def _same(text: str, size: int) -> pa.Array:
    return pa.repeat(pa.scalar(text, pa.string()), size)


def taken(words: Sequence[str], codes: Array) -> pa.Array:
    """Return the word of each code as an array of texts."""
    return pa.array(words, pa.string()).take(pa.array(codes))


def decimals(points: Array, given: Bools) -> pa.Array:
    """Return points in 1/10,000 as exact decimals, null where none are given."""
    wide = np.empty((len(points), 2), np.int64)
    wide[:, 0] = points
    wide[:, 1] = wide[:, 0] >> 63  # a decimal has 128 bits, and these are those of its sign
    validity = None if given.all() else pa.array(given).buffers()[1]
    buffers = [validity, pa.py_buffer(wide)]
    return pa.Array.from_buffers(POINTS, len(points), buffers)
