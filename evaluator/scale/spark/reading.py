"""Rows of a data frame to the columns of each category, and the words for rows with flaws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evaluator.files.columnar.flaws import MOST_SHOWN
from evaluator.files.columnar.frames import Encoded, Frame, bits, encoded, texts_of, whole
from evaluator.files.columnar.members import Members, MembersReader
from evaluator.files.columns import CATEGORY, all_columns
from evaluator.files.organisation_rows import OrganisationRows
from evaluator.files.submissions import TableErrors, TableProblem
from evaluator.files.tables import Table
from evaluator.scale.result_tables import Identity
from evaluator.scale.spark.rule_texts import RuleTexts, engines_of
from evaluator.scoring.columnar.arrays import Bools
from evaluator.scoring.columnar.columns import Columns
from rules.lowering import Program
from rules.syntax import RuleSet


@dataclass(frozen=True)
class Part:
    """The organisations of one category in a piece of the data: who they are, and their facts."""

    category: str
    identity: Identity
    columns: Columns


class Reading:
    """Reads tables with the same keys; made once for all tasks of a process."""

    def __init__(self, keys: Sequence[str], programs: Mapping[str, Program]):
        self.keys = keys
        self.rule_sets = {name: each.rule_set for name, each in programs.items()}
        known = {each.key for each in all_columns(self.rule_sets)}
        self.readers = {name: MembersReader(keys, known, each) for name, each in programs.items()}

    def read(self, table: pa.Table) -> tuple[list[Part], list[TableProblem]]:
        """Return the organisations of each category that is there, and every flaw of the rows."""
        columns = [whole(each) for each in table.columns]
        frame = Frame(self.keys, columns, np.arange(table.num_rows), "parquet")
        found = encoded(frame.column(self.keys.index(CATEGORY)), frame.spelling)
        suspect = self._shortened(frame) | ~np.isin(found.codes, self._known(found))
        parts, refused = [], False
        for code in self._known(found):
            mine = found.codes == code
            name = str(found.cells[code])
            members, wrong = self.readers[name].read(frame.only(mine))
            if wrong is not None:
                refused = True
                suspect[np.flatnonzero(mine)[wrong]] = True
            elif members is not None and members.columns.size:
                parts.append(_part(name, members))
        flaws = self._flaws(frame, suspect)
        assert flaws or not refused, "both readers refuse the same"  # noqa: S101
        return parts, flaws

    def _known(self, categories: Encoded) -> list[int]:
        """Return the codes of the categories that have a rule set."""
        return [code for code, name in enumerate(categories.cells) if name in self.readers]

    def _shortened(self, frame: Frame) -> Bools:
        """Return whose number may be one of which a spreadsheet lost the last digits."""
        texts = texts_of(frame.column(self.keys.index("id")), frame.spelling)
        return bits(pc.fill_null(pc.match_substring(texts, "e+"), False)).copy()

    def _flaws(self, frame: Frame, suspect: Bools) -> list[TableProblem]:
        """Return what is wrong with rows, in the words of who reads them one by one.

        Empty rows are suspect as well, and nothing is wrong with them.
        """
        if not suspect.any():
            return []
        rows = dict(frame.rows(np.flatnonzero(suspect)[:MOST_SHOWN]))
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
    return Reading(keys, {name: each.program for name, each in engines_of(rules).items()})


def _place(identity: object) -> str:
    return f"id {identity}" if identity is not None else "a row without id"


def _part(category: str, members: Members) -> Part:
    columns = members.columns
    committees = members.committee.dictionary_decode()
    identity = Identity(members.rows, members.id, members.name, committees, columns.previous)
    refused = members.refused if members.refused.any() else None
    return Part(category, identity, replace(columns, refused=refused))
