"""What executors do with their rows, in the shape that `mapInArrow` asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from evaluator.files.submissions import TableErrors, TableProblem
from evaluator.scale.spark.pieces import in_pieces
from evaluator.scale.spark.reading import Part, reading_of
from evaluator.scale.spark.rule_texts import RuleTexts, engines_of
from evaluator.scale.spark.sending import packed, unpacked
from evaluator.scale.spark.settled import Settled
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.works import Work

FOUND = pa.schema([("category", pa.string()), ("found", pa.binary())])
"""What a pass comes to: a row for each category in each piece; flaws have no category."""
FLAWS = ""
_MOST_FLAWS = 100
"""So many flaws of one piece are told; whoever mends them sees the rest."""


@dataclass(frozen=True)
class Task:
    """The rule sets of a round, the keys of its columns, and what is to be done, packed.

    Nothing is done for categories that are not there.
    """

    rules: RuleTexts
    keys: tuple[str, ...]
    packed: Mapping[str, bytes]
    rows: int

    def _unpacked(self, engines: Mapping[str, Engine]) -> dict[str, Any]:
        return {name: unpacked(data, engines[name].program) for name, data in self.packed.items()}

    def _read(
        self, batches: Iterator[pa.RecordBatch]
    ) -> Iterator[tuple[list[Part], list[TableProblem]]]:
        """Yield for each piece its parts in categories with something to do, and its flaws."""
        reading = reading_of(self.rules, self.keys)
        for table in in_pieces(batches, self.rows):
            parts, flaws = reading.read(table)
            yield [each for each in parts if each.category in self.packed], flaws


class Pass(Task):
    """Yields what the work of each category makes of its organisations, piece by piece."""

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Return batches of `FOUND`."""
        engines = engines_of(self.rules)
        works: dict[str, Work] = self._unpacked(engines)
        for parts, flaws in self._read(batches):
            found = [
                (each.category, packed(works[each.category](engines[each.category], each.columns)))
                for each in parts
            ]
            if flaws:
                found.append((FLAWS, packed(flaws[:_MOST_FLAWS])))
            yield pa.RecordBatch.from_arrays(
                [pa.array([each[n] for each in found], FOUND.field(n).type) for n in range(2)],
                schema=FOUND,
            )


class Writing(Task):
    """Yields the results of organisations, when everything that needs all of them is settled."""

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Return batches of result rows; the serial number of a certificate is only begun.

        Raises TableErrors where a row cannot be read.
        """
        engines = engines_of(self.rules)
        settled: dict[str, Settled] = self._unpacked(engines)
        for parts, flaws in self._read(batches):
            if flaws:  # earlier passes saw none: somebody changed the data
                raise TableErrors(flaws)
            for each in parts:
                result = settled[each.category].results(engines[each.category], each)
                yield from result.to_batches()
