"""Rows of a data frame to the columns of each category, and the words for rows with flaws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pyarrow as pa

from evaluator.files.columnar.frames import Frame, encoded, whole
from evaluator.files.columnar.members import Members, MembersReader
from evaluator.files.columns import CATEGORY, all_columns
from evaluator.files.organisation_rows import OrganisationRows
from evaluator.files.submissions import TableErrors, TableProblem
from evaluator.files.tables import Table
from evaluator.scale.result_tables import Identity
from evaluator.scale.spark.rule_texts import RuleTexts, engines_of
from evaluator.scoring.columnar.arrays import Bools
from evaluator.scoring.columnar.columns import Columns
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.outcome import Decided
from evaluator.scoring.columnar.tables import Tables
from rules.syntax import RuleSet


@dataclass(frozen=True)
class Part:
    """The organisations of one category in a piece of the data.

    `refused` are those with a fact that the rules cannot use; they are compared with nobody, so
    that in `columns` they have not applied.
    """

    category: str
    identity: Identity
    columns: Columns
    applied: Bools
    refused: Bools

    def decide(self, engine: Engine, tables: Tables) -> Decided:
        """Return what the organisations come to on their own."""
        decided = engine.decide(self.columns, tables)
        if not self.refused.any():
            return decided
        return replace(
            decided, applied=self.applied, refused=decided.refused | (self.refused & self.applied)
        )


class Reading:
    """Reads tables with the same keys; made once for all tasks of a process."""

    def __init__(self, keys: Sequence[str], rule_sets: Mapping[str, RuleSet]):
        self.keys = keys
        self.rule_sets = rule_sets
        known = {each.key for each in all_columns(rule_sets)}
        self.readers = {
            name: MembersReader(keys, known, rule_set) for name, rule_set in rule_sets.items()
        }

    def read(self, table: pa.Table) -> tuple[list[Part], list[TableProblem]]:
        """Return the organisations of each category that is there, and every flaw of the rows."""
        columns = [whole(each) for each in table.columns]
        frame = Frame(self.keys, columns, np.arange(table.num_rows), "parquet")
        found = encoded(frame.column(self.keys.index(CATEGORY)), frame.spelling)
        flawed = np.ones(frame.size, np.bool_)
        parts = []
        for code, name in enumerate(found.cells):
            mine = found.codes == code
            if name not in self.readers or not mine.any():
                continue
            members, wrong = self.readers[str(name)].read(frame.only(mine))
            flawed[mine] = False if wrong is None else wrong
            if members is not None:
                parts.append(_part(str(name), members))
        return parts, self._flaws(frame, flawed) if flawed.any() else []

    def _flaws(self, frame: Frame, flawed: Bools) -> list[TableProblem]:
        """Return what is wrong with some rows, in the words of who reads them one by one."""
        rows = dict(frame.rows(np.flatnonzero(flawed)))
        index = self.keys.index("id")
        table = Table(lambda number: _place(rows[number][index]), self.keys, 0, iter(rows.items()))
        for _ in OrganisationRows(table, self.rule_sets, {}):
            pass
        return table.problems


def check_keys(keys: Sequence[str], rule_sets: Mapping[str, RuleSet]) -> None:
    """Raise TableErrors where columns are unknown, or some that are needed are not there."""
    table = Table(lambda _: "columns", keys, 0, iter(()))
    for _ in OrganisationRows(table, rule_sets, {}):
        pass
    if table.problems:
        raise TableErrors(table.problems)


@lru_cache(maxsize=4)
def reading_of(rules: RuleTexts, keys: tuple[str, ...]) -> Reading:
    """Return what reads tables with some keys; a process makes it once for all its tasks."""
    rule_sets = {name: each.category.rule_set for name, each in engines_of(rules).items()}
    return Reading(keys, rule_sets)


def _place(identity: object) -> str:
    return f"id {identity}" if identity is not None else "a row without id"


def _part(category: str, members: Members) -> Part:
    columns = members.columns
    identity = Identity(
        members.rows,
        members.id,
        members.name,
        members.committee.cast(pa.string()),
        columns.previous,
    )
    inside = replace(columns, applied=columns.applied & ~members.refused)
    return Part(category, identity, inside, columns.applied, members.refused)
