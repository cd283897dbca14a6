"""A round in passes over a data frame: each is one job, and the driver sees aggregates alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pyspark.sql import DataFrame
from pyspark.sql import functions as f
from pyspark.sql.pandas.types import from_arrow_schema

from evaluator.files.columns import CATEGORY
from evaluator.files.submissions import TableErrors, TableProblem
from evaluator.results.parquet import schema_of
from evaluator.results.rows import ResultRow
from evaluator.scale.spark.certificates import numbered
from evaluator.scale.spark.pieces import ROWS
from evaluator.scale.spark.reading import check_keys
from evaluator.scale.spark.rule_texts import RuleTexts, engines_of
from evaluator.scale.spark.sending import packed, unpacked
from evaluator.scale.spark.settled import Counting, Settled, settle
from evaluator.scale.spark.tasks import FLAWS, FOUND, Pass, Writing
from evaluator.scoring.columnar.tables import Tables
from evaluator.scoring.columnar.works import Passes, Work
from evaluator.scoring.quotas import QuotaReport
from rules.syntax import RuleSet

MOST_PROBLEMS = 1000
"""So many flaws of a round are told; whoever mends them sees the rest."""


_BLANK = r"[\s\x1c-\x1f\x85\p{Z}]+"
_BLANKS = f"^{_BLANK}|{_BLANK}$"
"""The blanks that readers of files take off, for Java's regular expressions."""


@dataclass(frozen=True)
class Scored:
    """The result rows of a round, not yet worked out, and what its quotas came to.

    `refused` counts those whose facts the rules cannot use; their rows say so.
    """

    results: DataFrame
    quotas: Mapping[str, list[QuotaReport]]
    refused: int


class SparkRound:
    """Scores the organisations of a data frame, one row each, with the columns of our files.

    Every pass reads the data frame again: cache it only where reading costs more than memory.
    `rows` bounds what a task holds at a time.
    """

    def __init__(self, data: DataFrame, rule_sets: Mapping[str, RuleSet], rows: int = ROWS):
        self.keys = tuple(data.columns)
        # To Spark a dot in a name leads into a record, and capitals make no difference.
        self.data = data.toDF(*(f"column_{place}" for place in range(len(self.keys))))
        self.rule_sets = rule_sets
        self.rules = RuleTexts.of(rule_sets)
        self.engines = engines_of(self.rules)
        self.rows = rows

    def score(self) -> Scored:
        """Return the results; raises TableErrors where some rows cannot be read."""
        check_keys(self.keys, self.rule_sets)
        self._refuse_doubled()
        tables = self._tables(self._present())
        counted = self._run({name: Counting(each) for name, each in tables.items()})
        settled: dict[str, Settled] = {}
        reports: dict[str, list[QuotaReport]] = {}
        for name, each in tables.items():
            settled[name], reports[name] = settle(self.engines[name], each, counted[name])
        refused = sum(each.refused for parts in counted.values() for each in parts)
        return Scored(self._results(settled), reports, refused)

    def _column(self, key: str) -> DataFrame:
        """Return the texts of one column, without those that are empty."""
        place = f.col(f"column_{self.keys.index(key)}")
        texts = self.data.select(f.regexp_replace(place.cast("string"), _BLANKS, "").alias(key))
        return texts.where(f.col(key) != "")

    def _present(self) -> list[str]:
        """Return the categories of which there are organisations."""
        found = {row[0] for row in self._column(CATEGORY).distinct().collect()}
        return [name for name in self.rule_sets if name in found]

    def _refuse_doubled(self) -> None:
        """Refuse a number that two organisations have: nobody sees both of them but Spark."""
        doubled = (
            self._column("id")
            .groupBy("id")
            .count()
            .where("count > 1")
            .orderBy("id")
            .limit(MOST_PROBLEMS)
        )
        _refuse(
            TableProblem(
                f"id {row['id']}",
                "id",
                f"编号“{row['id']}”出现{row['count']}次；每个党组织只能有一行",
                f"stands in {row['count']} rows; an organisation has one row: "
                "remove the others or mend their numbers",
            )
            for row in doubled.collect()
        )

    def _tables(self, present: Iterable[str]) -> dict[str, Tables]:
        """Let the categories take their passes together, so that one job serves all of them."""
        tables: dict[str, Tables] = {}
        passes: dict[str, Passes] = {name: self.engines[name].passes() for name in present}
        found: dict[str, Any] = dict.fromkeys(passes)
        while passes:
            works: dict[str, Work] = {}
            for name, each in list(passes.items()):
                try:
                    works[name] = each.send(found[name])
                except StopIteration as ended:
                    tables[name] = ended.value
                    del passes[name]
            found = self._run(works) if works else {}
        return tables

    def _run(self, works: Mapping[str, Work]) -> dict[str, list[Any]]:
        """Return what the work of each category makes of each of its pieces."""
        task = Pass(self.rules, self.keys, self._packed(works), self.rows)
        found: dict[str, list[bytes]] = defaultdict(list)
        rows = self.data.mapInArrow(task, from_arrow_schema(FOUND)).collect()
        for row in rows:
            found[row["category"]].append(bytes(row["found"]))
        some = next(iter(self.engines.values())).program
        _refuse(each for data in found.pop(FLAWS, []) for each in unpacked(data, some))
        return {
            name: [unpacked(data, self.engines[name].program) for data in found[name]]
            for name in works
        }

    def _packed(self, works: Mapping[str, object]) -> dict[str, bytes]:
        return {name: packed(each) for name, each in works.items()}

    def _results(self, settled: Mapping[str, Settled]) -> DataFrame:
        task = Writing(self.rules, self.keys, self._packed(settled), self.rows)
        schema = from_arrow_schema(schema_of(ResultRow))
        results = self.data.mapInArrow(task, schema)
        levels = (
            level for name in settled for level in self.rule_sets[name].levels.from_low_to_high
        )
        return numbered(results) if any(each.certificate for each in levels) else results


def _refuse(problems: Iterable[TableProblem]) -> None:
    found = list(problems)[:MOST_PROBLEMS]
    if found:
        raise TableErrors(found)
