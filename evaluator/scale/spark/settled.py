"""What is settled for one category once every part of a round was counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from evaluator.results.rows import series_of
from evaluator.scale.result_tables import Certified, has_certificate, result_table, taken
from evaluator.scale.spark.reading import Part
from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.columnar.awards import Award, award_states
from evaluator.scoring.columnar.census import Census, count, joined
from evaluator.scoring.columnar.columns import Columns
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.tables import Tables
from evaluator.scoring.quotas import QuotaReport


@dataclass(frozen=True)
class Counted:
    """All that has to be known of a part: the census for quotas, and how many are refused."""

    census: Census
    refused: int


@dataclass(frozen=True)
class Counting:
    """Counts a part when its comparisons are known."""

    tables: Tables

    def __call__(self, engine: Engine, columns: Columns) -> Counted:
        """Return what a part comes to."""
        decided = engine.decide(columns, self.tables)
        census, _ = count(engine.category.rule_set.quotas, decided)
        return Counted(census, int(np.count_nonzero(decided.refused)))


@dataclass(frozen=True)
class Settled:
    """What groups came to, and the states that quotas moved, with what became of them.

    Every other state keeps the level that it reached on its own, and took no step: only few are
    moved, and nothing else of the round has to be sent to every executor.
    """

    tables: Tables
    moved: Census
    award: Award

    def results(self, engine: Engine, part: Part) -> pa.Table:
        """Return the result rows of a part; a serial number has only its first letters yet."""
        decided = engine.decide(part.columns, self.tables)
        census, state = count(engine.category.rule_set.quotas, decided)
        outcome = self._looked_up(census).outcome(decided, state)
        holders = has_certificate(outcome.final, engine.category)
        certified = _begun(series_of(engine.category.rule_set), holders)
        words = engine.decisions.words
        return result_table(part.identity, outcome, engine.category, words, certified)

    def _looked_up(self, census: Census) -> Award:
        """Return what became of the states of a part, found by value among those that moved."""
        everywhere, (theirs, mine) = joined([self.moved, census])
        nowhere = len(theirs)
        place = np.full(len(everywhere.weights), nowhere)
        place[theirs] = np.arange(nowhere)
        here = place[mine]
        final = np.append(self.award.final, 0)[here]
        final[here == nowhere] = _own_levels(census)[here == nowhere]
        return Award(final, [np.append(each, 0)[here] for each in self.award.quota_steps])


def settle(
    engine: Engine, tables: Tables, parts: Sequence[Counted]
) -> tuple[Settled, list[QuotaReport]]:
    """Apply the quotas to all parts of a round; return what executors need, and the reports."""
    census, _ = joined([each.census for each in parts])
    [award], reports = award_states(engine, [census])
    moved: Bools = award.final != _own_levels(census)
    for steps in award.quota_steps:
        moved |= steps != 0
    columns = [each[moved] for each in census.columns]
    some = replace(census, columns=columns, weights=census.weights[moved])
    kept = [each[moved] for each in award.quota_steps]
    return Settled(tables, some, Award(award.final[moved], kept)), _in_order(reports)


def _in_order(reports: Sequence[QuotaReport]) -> list[QuotaReport]:
    """Return the groups of each quota by name: Spark reads them in any order."""
    quotas = list(dict.fromkeys(each.quota.id for each in reports))
    return sorted(reports, key=lambda each: (quotas.index(each.quota.id), str(each.group)))


def _own_levels(census: Census) -> Array:
    """Return the level that each state reached before quotas."""
    return census.columns[1]


def _begun(series: str, holders: Bools) -> Certified:
    """Return the letters of a serial number for each certificate; nobody else has any."""
    codes = holders.view(np.int8)
    return Certified(taken(["", series], codes), taken(["", ""], codes))
