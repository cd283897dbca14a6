"""A round of any size from a file: read part by part, scored in columns, written part by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from evaluator.files.columnar import RoundParts
from evaluator.results.parquet import schema_of
from evaluator.results.rows import ResultRow
from evaluator.results.whole_file import whole_file
from evaluator.scale.checkpoints import Checkpoints, identity_of
from evaluator.scale.passes import Advance, compare, decide
from evaluator.scale.result_tables import (
    Certified,
    points_schema,
    points_table,
    result_table,
    status_codes,
)
from evaluator.scale.scored_parts import Awarded, award_category, certificates
from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.tables import Tables
from evaluator.scoring.quotas import QuotaReport
from evaluator.scoring.round import Category
from rules.lowering import indicators_of

Progress = Callable[[str, int], Advance]
"""Begins a stage of so many rows, and returns what is to be told of each step forward."""


@dataclass
class CategorySummary:
    """How many organisations of a category came how far."""

    category: Category
    statuses: Array = field(default_factory=lambda: np.zeros(5, np.int64))
    levels: Array = field(init=False)
    quotas: list[QuotaReport] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.levels = np.zeros(len(self.category.levels.levels), np.int64)


class LargeRound:
    """Scores one file into one folder; what was done before an interruption is not done again."""

    def __init__(
        self,
        path: Path,
        categories: Mapping[str, Category],
        out: Path,
        keep_points: bool = False,
    ):
        self.categories = categories
        self.out = out
        self.keep_points = keep_points
        self.engines = {
            name: Engine(each, _points(each) if keep_points else ())
            for name, each in categories.items()
        }
        rule_sets = {name: each.rule_set for name, each in categories.items()}
        self.file = RoundParts(path, rule_sets)
        settings = "points" if keep_points else "totals", str(len(self.file))
        self.kept = Checkpoints(out / ".parts", identity_of(path, categories, *settings))

    def score(self, progress: Progress) -> dict[str, CategorySummary]:
        """Write results.parquet, and points if they are kept; return what it came to.

        Raises TableErrors where the file is wrong; nothing but the work folder is written then.
        """
        tables = self._tables(progress)
        decide(self.file, self.engines, tables, self.kept, progress("Scoring", self.file.rows))
        present = self._present()
        awarded = {
            name: award_category(name, self.engines[name], self.kept, len(self.file))
            for name in present
        }
        certified = certificates(awarded, self.engines, self.kept)
        summaries = self._write(awarded, certified, progress("Writing results", self.file.rows))
        self.kept.remove()
        return summaries

    def _tables(self, progress: Progress) -> dict[str, Tables]:
        if not any(each.decisions.grouped for each in self.engines.values()):
            return {name: Tables() for name in self.engines}
        return compare(self.file, self.engines, progress("Comparing", self.file.rows))

    def _present(self) -> list[str]:
        found = {
            str(name)
            for number in range(len(self.file))
            for name in self.kept.found(number)["categories"]
        }
        return [name for name in self.categories if name in found]

    def _write(
        self,
        awarded: Mapping[str, Awarded],
        certified: Mapping[tuple[int, str], Certified],
        advance: Advance,
    ) -> dict[str, CategorySummary]:
        summaries = {
            name: CategorySummary(self.categories[name], quotas=each.reports)
            for name, each in awarded.items()
        }
        with ExitStack() as open_files:
            writers = self._writers(list(awarded), open_files)
            for number in range(len(self.file)):
                table = self._part(number, awarded, certified, summaries, writers)
                writers[""].write_table(table)
                advance(len(table))
        return summaries

    def _writers(self, names: list[str], open_files: ExitStack) -> dict[str, pq.ParquetWriter]:
        """Open results.parquet, and a file of points for each category if they are kept."""
        wanted = {"": (self.out / "results.parquet", schema_of(ResultRow))}
        if self.keep_points:
            (self.out / "points").mkdir(exist_ok=True)
            for name in names:
                path = self.out / "points" / f"{name}.parquet"
                wanted[name] = path, points_schema(self.engines[name].points)
        found = {}
        for name, (path, schema) in wanted.items():
            partial = open_files.enter_context(whole_file(path))
            writer = pq.ParquetWriter(partial, schema, compression="zstd")
            found[name] = open_files.enter_context(writer)
        return found

    def _part(
        self,
        number: int,
        awarded: Mapping[str, Awarded],
        certified: Mapping[tuple[int, str], Certified],
        summaries: Mapping[str, CategorySummary],
        writers: Mapping[str, pq.ParquetWriter],
    ) -> pa.Table:
        """Return the rows of a part in the order of the file, and count them."""
        tables, rows = [], []
        for name in map(str, self.kept.found(number)["categories"]):
            engine, identity = self.engines[name], self.kept.identity(number, name)
            outcome = awarded[name].of_part(number, self.kept.decided(number, name))
            words, given = engine.decisions.words, certified[number, name]
            tables.append(result_table(identity, outcome, engine.category, words, given))
            rows.append(identity.rows)
            summary = summaries[name]
            summary.statuses += np.bincount(status_codes(outcome), minlength=5)
            held = outcome.final[outcome.final >= 0]
            summary.levels += np.bincount(held, minlength=len(summary.levels))
            if name in writers:
                writers[name].write_table(points_table(identity, outcome))
        order = np.argsort(np.concatenate(rows), kind="stable")
        return pa.concat_tables(tables).take(pa.array(order))


def _points(category: Category) -> list[str]:
    return [each.id for each in indicators_of(category.rule_set)]
