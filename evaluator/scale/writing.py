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
from evaluator.scale.passes import Advance, ahead
from evaluator.scale.result_tables import (
    Identity,
    has_certificate,
    points_schema,
    points_table,
    result_table,
    status_codes,
)
from evaluator.scale.scored_parts import Awarded, certificate_numbers
from evaluator.scale.serials import certified
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
        self.numbers = certificate_numbers(awarded, engines, kept)
        self.summaries = {
            name: CategorySummary(engines[name].category, quotas=each.reports)
            for name, each in awarded.items()
        }

    def write(self, parts: int, advance: Advance) -> dict[str, CategorySummary]:
        """Write all parts, complete or not at all; return what they came to."""
        with ExitStack() as open_files:
            writers = self._writers(open_files)
            for tables in ahead(self._part, range(parts)):
                for name, table in tables.items():
                    writers[name].write_table(table)
                advance(len(tables[RESULTS]))
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

    def _part(self, number: int) -> dict[str, pa.Table]:
        """Return the rows of a part in the order of the file, its points, and count them."""
        tables, rows, found = [], [], {}
        for name in map(str, self.kept.found(number)["categories"]):
            engine, identity = self.engines[name], self.kept.identity(number, name)
            decided = self.kept.decided(number, name)
            outcome = self.awarded[name].of_part(number, decided)
            tables.append(self._results(engine, number, identity, outcome))
            rows.append(identity.rows)
            self.summaries[name].add(outcome)
            if engine.points:
                found[name] = points_table(identity, outcome)
        every = pa.concat_tables(tables)
        if len(tables) > 1:
            every = every.take(pa.array(np.argsort(np.concatenate(rows))))
        return {RESULTS: every, **found}

    def _results(
        self, engine: Engine, number: int, identity: Identity, outcome: Outcome
    ) -> pa.Table:
        category, final = engine.category, outcome.final
        numbers = self.numbers[number, category.rule_set.category]
        who = has_certificate(final, category)
        given = certified(category, who, identity.ids, final, numbers)
        return result_table(identity, outcome, category, engine.decisions.words, given)
