"""The organisations of one category in a part of a file: who they are, and their columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from evaluator.files.columnar.assembly import Assembly
from evaluator.files.columnar.facts import Facts, Marks, fill_in, read_facts, read_known
from evaluator.files.columnar.frames import Encoded, Frame, encoded
from evaluator.files.columnar.standings import Standing, read_standing
from evaluator.files.columns import CATEGORY, IDENTITY, REQUIRED
from evaluator.files.plans import NO_LEVEL, plan_of
from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.columnar.columns import Columns
from rules.lowering import Program

_MOST_YEARS = 99


@dataclass(frozen=True)
class Members:
    """Organisations of one category, one element each everywhere, in the order of the file.

    `rows` are the numbers of their rows, `id` and `name` texts, `committee` a dictionary of texts.
    `refused` are those with a fact that the file may hold but the rules cannot use, such as too
    few ratings; in `columns` they lack that fact.
    """

    rows: Array
    id: pa.Array
    name: pa.Array
    committee: pa.DictionaryArray
    columns: Columns
    refused: Bools


class MembersReader:
    """Reads the organisations of one category; made once for a file."""

    def __init__(self, keys: Sequence[str], known: set[str], program: Program):
        self.rule_set = rule_set = program.rule_set
        self.assembly = Assembly(program)
        self.plan = plan_of(keys, rule_set)
        self.foreign = [index for index in self.plan.foreign if keys[index] in known]
        self.levels = [level.id for level in rule_set.levels.from_low_to_high]

    def read(self, frame: Frame) -> tuple[Members | None, Bools | None]:
        """Return the organisations, or, where a cell is wrong, the rows that are flawed."""
        flawed = Marks(frame.size)
        who = {key: frame.texts(self.plan.identity[key]) for key in REQUIRED}
        for texts in who.values():
            flawed.add(texts.is_null().to_numpy(zero_copy_only=False))
        standing = read_standing(frame, self.plan, self.levels, flawed)
        facts = read_facts(frame, self.plan, self.rule_set)
        flawed.add(facts.flawed.rows)
        for index in self.foreign:
            flawed.add(frame.given(index))
        if flawed.rows is not None:
            return None, flawed.rows
        self._repeat(who, standing, facts)
        fill_in(facts, self.rule_set)
        committee = encoded(who["committee"], "plain")
        groups = pa.DictionaryArray.from_arrays(pa.array(committee.codes), committee.unique)
        columns, refused = self.assembly.columns(facts, standing, groups)
        found = Members(frame.numbers, who["id"], who["name"], groups, columns, refused)
        return found, None

    def _repeat(self, who: dict[str, pa.Array], standing: Standing, facts: Facts) -> None:
        """Read as facts what a row says anyway; a value that does not fit its fact is refused."""
        for name, fact in self.rule_set.facts.items():
            detail = fact.source.detail
            if fact.source.kind != "organisation" or detail not in (CATEGORY, *IDENTITY):
                continue
            column = (
                encoded(who[detail], "plain")
                if detail in who
                else self._standing_column(detail, standing)
            )
            read_known(column, name, fact, facts)

    def _standing_column(self, key: str, standing: Standing) -> Encoded:
        size = len(standing.applied)
        if key == "previous_level":
            # Holding no level is a value only for a fact that has a word for it.
            named = NO_LEVEL in self.plan.known[key].options
            none = len(self.levels) if named else -1
            held = standing.previous.astype(np.int32)
            words = pa.array([*self.levels, NO_LEVEL])
            return Encoded(words, np.where(held < 0, none, held).astype(np.int32))
        if key == "years_at_level":
            return Encoded(pa.array(range(_MOST_YEARS + 1)), standing.years.astype(np.int32))
        if key == "applied":
            return Encoded(pa.array([False, True]), standing.applied.astype(np.int32))
        return Encoded(pa.array([self.rule_set.category]), np.zeros(size, np.int32))
