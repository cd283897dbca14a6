"""The results of a large round, written part by part in the order of the file."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from evaluator.results.parquet import schema_of
from evaluator.results.rows import ResultRow
from evaluator.results.whole_file import whole_file
from evaluator.scale.checkpoints import Checkpoints
from evaluator.scale.passes import Advance
from evaluator.scale.result_tables import (
    points_schema,
    points_table,
    result_table,
    status_codes,
)
from evaluator.scale.scored_parts import Awarded, certificates
from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.outcome import Outcome
from evaluator.scoring.quotas import QuotaReport
from evaluator.scoring.round import Category

RESULTS = ""
"""Stands for results.parquet among the files that are written; all others are points."""


@dataclass
class CategorySummary:
    """How many organisations of a category came how far."""

    category: Category
    statuses: Array = field(default_factory=lambda: np.zeros(5, np.int64))
    levels: Array = field(init=False)
    quotas: list[QuotaReport] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.levels = np.zeros(len(self.category.levels.levels), np.int64)

    def add(self, outcome: Outcome) -> None:
        """Count the organisations of a part."""
        self.statuses += np.bincount(status_codes(outcome), minlength=len(self.statuses))
        held = outcome.final[outcome.final >= 0]
        self.levels += np.bincount(held, minlength=len(self.levels))


class Writing:
    """Writes results.parquet, and a file of points for each category whose points were kept."""

    def __init__(
        self,
        out: Path,
        engines: Mapping[str, Engine],
        kept: Checkpoints,
        awarded: Mapping[str, Awarded],
    ):
        self.out = out
        self.engines = engines
        self.kept = kept
        self.awarded = awarded
        self.certified = certificates(awarded, engines, kept)
        self.summaries = {
            name: CategorySummary(engines[name].category, quotas=each.reports)
            for name, each in awarded.items()
        }

    def write(self, parts: int, advance: Advance) -> dict[str, CategorySummary]:
        """Write all parts, complete or not at all; return what they came to."""
        with ExitStack() as open_files:
            writers = self._writers(open_files)
            for number in range(parts):
                table = self._part(number, writers)
                writers[RESULTS].write_table(table)
                advance(len(table))
        return self.summaries

    def _writers(self, open_files: ExitStack) -> dict[str, pq.ParquetWriter]:
        wanted = {RESULTS: (self.out / "results.parquet", schema_of(ResultRow))}
        for name in self.awarded:
            if self.engines[name].points:
                path = self.out / "points" / f"{name}.parquet"
                path.parent.mkdir(exist_ok=True)
                wanted[name] = path, points_schema(self.engines[name].points)
        found = {}
        for name, (path, schema) in wanted.items():
            partial = open_files.enter_context(whole_file(path))
            writer = pq.ParquetWriter(partial, schema, compression="zstd")
            found[name] = open_files.enter_context(writer)
        return found

    def _part(self, number: int, writers: Mapping[str, pq.ParquetWriter]) -> pa.Table:
        """Return the rows of a part in the order of the file, and count them."""
        tables, rows = [], []
        for name in map(str, self.kept.found(number)["categories"]):
            engine, identity = self.engines[name], self.kept.identity(number, name)
            outcome = self.awarded[name].of_part(number, self.kept.decided(number, name))
            words, given = engine.decisions.words, self.certified[number, name]
            tables.append(result_table(identity, outcome, engine.category, words, given))
            rows.append(identity.rows)
            self.summaries[name].add(outcome)
            if name in writers:
                writers[name].write_table(points_table(identity, outcome))
        order = np.argsort(np.concatenate(rows), kind="stable")
        return pa.concat_tables(tables).take(pa.array(order))
