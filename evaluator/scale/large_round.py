"""A round of any size from a file: read part by part, scored in columns, written part by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
from evaluator.scale.passes import Progress, compare, decide
from evaluator.scale.scored_parts import Awarded, award_category
from evaluator.scale.writing import CategorySummary, Writing
from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.tables import Tables
from evaluator.scoring.inputs import FactErrors
from evaluator.scoring.round import Category, Result
from rules.lowering import indicators_of


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
        """Return how many are refused, and why, of so many of them in the order of the file."""
        count = 0
        places: list[Place] = []
        for place, who in self._each_part():
            refused = self.awarded[place.category].outcome.decided.refused[who]
            count += int(np.count_nonzero(refused))
            places += self._places(place, np.flatnonzero(refused)[:most])
        places = sorted(places, key=lambda each: each.row)[:most]
        return count, self._explaining().refusals(places)

    def refusals(self, ids: Sequence[str]) -> Iterator[FactErrors]:
        """Yield why those of these organisations who are refused are."""
        places: list[Place] = []
        for place, who in self._each_part():
            refused = self.awarded[place.category].outcome.decided.refused[who]
            places += self._places(place, self._those(place, ids, refused))
        return self._explaining().refusals(places)

    def explained(self, ids: Sequence[str]) -> Iterator[Result]:
        """Yield the whole result of each organisation of these numbers that was scored."""
        places: list[Place] = []
        outcomes = {}
        for place, who in self._each_part():
            assessed = self.awarded[place.category].outcome.decided.assessed[who]
            found = self._those(place, ids, assessed)
            if len(found):
                key = place.part, place.category
                decided = self.kept.decided(*key, points=False)
                outcomes[key] = self.awarded[place.category].of_part(place.part, decided)
                places += self._places(place, found)
        return self._explaining().results(places, outcomes)

    def _explaining(self) -> Explaining:
        return Explaining(self.file, self.engines, self.tables)

    def _those(self, place: Place, ids: Sequence[str], among: Bools) -> Array:
        """Return at which places of a part these organisations stand, of some of all."""
        names = self.kept.identity(place.part, place.category).ids
        wanted = pc.is_in(names, value_set=pa.array(ids, pa.string()))
        return np.flatnonzero(wanted.to_numpy(zero_copy_only=False) & among)

    def _places(self, part: Place, found: Array) -> list[Place]:
        """Return where organisations of a part stand, by their places in it."""
        if not len(found):
            return []
        rows = self.kept.identity(part.part, part.category).rows[found].tolist()
        pairs = zip(found.tolist(), rows, strict=True)
        return [replace(part, place=each, row=row) for each, row in pairs]

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
        return compare(self.file, self.engines, progress)

    def _present(self) -> list[str]:
        """Return the categories in the order in which the file first names them."""
        first: dict[str, int] = {}
        for number in range(len(self.file)):
            for name in map(str, self.kept.found(number)["categories"]):
                if name not in first:
                    first[name] = int(self.kept.identity(number, name).rows[0])
        return sorted(first, key=first.__getitem__)


def _points(category: Category) -> list[str]:
    return [each.id for each in indicators_of(category.rule_set)]
