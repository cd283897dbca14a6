"""A round of any size from a file: read part by part, scored in columns, written part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evaluator.files.columnar import RoundParts
from evaluator.files.columnar.round_parts import MOST_ROWS
from evaluator.scale.checkpoints import Checkpoints, identity_of
from evaluator.scale.explaining import Explaining, Place
from evaluator.scale.passes import Advance, compare, decide
from evaluator.scale.scored_parts import Awarded, award_category
from evaluator.scale.writing import CategorySummary, Writing
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.tables import Tables
from evaluator.scoring.inputs import FactErrors
from evaluator.scoring.round import Category, Result
from rules.lowering import indicators_of

Progress = Callable[[str, int], Advance]
"""Begins a stage of so many rows, and returns what is to be told of each step forward."""


class LargeRound:
    """Scores one file into one folder; what was done before an interruption is not done again.

    First `score`, then `refused` says whose facts cannot be used, then `write` writes the results;
    `explained` gives single organisations with everything, and `close` removes the work folder.
    """

    def __init__(
        self,
        path: Path,
        categories: Mapping[str, Category],
        out: Path,
        keep_points: bool = False,
        part_rows: int = MOST_ROWS,
    ):
        self.categories = categories
        self.out = out
        self.keep_points = keep_points
        self.engines = {
            name: Engine(each, _points(each) if keep_points else ())
            for name, each in categories.items()
        }
        rule_sets = {name: each.rule_set for name, each in categories.items()}
        self.file = RoundParts(path, rule_sets, part_rows)
        settings = "points" if keep_points else "totals", str(len(self.file))
        self.kept = Checkpoints(out / ".parts", identity_of(path, categories, *settings))
        self.awarded: dict[str, Awarded] = {}

    def score(self, progress: Progress) -> None:
        """Decide the levels of everyone; raises TableErrors where the file is wrong."""
        self.tables = self._tables(progress)
        decide(self.file, self.engines, self.tables, self.kept, progress("Scoring", self.file.rows))
        self.awarded = {
            name: award_category(name, self.engines[name], self.kept, len(self.file))
            for name in self._present()
        }

    def close(self) -> None:
        """Remove the work folder."""
        self.kept.remove()

    def refused(self, most: int) -> tuple[int, Iterator[FactErrors]]:
        """Return how many are refused, and why, of so many of them."""
        count = 0
        places: list[Place] = []
        for place, who in self._each_part():
            refused = self.awarded[place.category].outcome.decided.refused[who]
            count += int(np.count_nonzero(refused))
            if len(places) < most and refused.any():
                rows = self.kept.identity(place.part, place.category).rows
                found = np.flatnonzero(refused)[: most - len(places)].tolist()
                places += [replace(place, place=each, row=int(rows[each])) for each in found]
        places.sort(key=lambda each: each.row)
        return count, Explaining(self.file, self.engines, self.tables).refusals(places)

    def explained(self, ids: Sequence[str]) -> Iterator[Result]:
        """Yield the whole result of each organisation of these numbers that was scored."""
        places, outcomes = [], {}
        for place, who in self._each_part():
            identity = self.kept.identity(place.part, place.category)
            assessed = self.awarded[place.category].outcome.decided.assessed[who]
            wanted = pc.is_in(identity.ids, value_set=pa.array(ids, pa.string()))
            found = np.flatnonzero(wanted.to_numpy(zero_copy_only=False) & assessed)
            if len(found):
                key = place.part, place.category
                outcomes[key] = self.awarded[place.category].of_part(
                    place.part, self.kept.decided(*key)
                )
                rows = identity.rows[found]
                pairs = zip(found.tolist(), rows.tolist(), strict=True)
                places += [replace(place, place=each, row=row) for each, row in pairs]
        return Explaining(self.file, self.engines, self.tables).results(places, outcomes)

    def _each_part(self) -> Iterator[tuple[Place, slice]]:
        """Yield every part of every category, and where it stands among all of the category."""
        for category, each in self.awarded.items():
            for number, (begin, end) in zip(each.numbers, pairwise(each.begins), strict=True):
                yield Place(number, category, 0, 0), slice(begin, end)

    def write(self, progress: Progress) -> dict[str, CategorySummary]:
        """Write results.parquet, and points if they are kept; return what it came to."""
        writing = Writing(self.out, self.engines, self.kept, self.awarded)
        return writing.write(len(self.file), progress("Writing results", self.file.rows))

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


def _points(category: Category) -> list[str]:
    return [each.id for each in indicators_of(category.rule_set)]
