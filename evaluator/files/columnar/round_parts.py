"""A file of a whole round, read part by part; no organisation becomes an object of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evaluator.files.columnar.csv_parts import CsvParts
from evaluator.files.columnar.flaws import MOST_SHOWN, Flaws, errors_of, flaws_of
from evaluator.files.columnar.frames import Frame, bits, encoded
from evaluator.files.columnar.members import Members, MembersReader
from evaluator.files.columnar.parquet_parts import ParquetParts
from evaluator.files.columnar.repeats import Hashes, Repeats, hashes_of, repeated
from evaluator.files.columns import CATEGORY, all_columns
from evaluator.files.event_rows import events_fact_of
from evaluator.files.exact_cells import is_shortened
from evaluator.files.plans import check_keys
from evaluator.files.round_files import no_organisation
from evaluator.files.submissions import TableErrors
from evaluator.files.tables import Row
from evaluator.scoring.columnar.arrays import Array, Bools
from rules.lowering import Program, lower
from rules.syntax import RuleSet

MOST_ROWS = 150_000
"""Rows of a part: few enough for memory, so many that no time is lost between parts."""


@dataclass(frozen=True)
class Part:
    """What one part of a file holds, by category.

    `size` counts its rows, empty ones left out. Where `flaws` says that cells are wrong, the file
    will be refused and there are no categories. `hashes` stand for the numbers of its
    organisations, by which `Findings` sees what is there twice.
    """

    number: int
    size: int
    categories: Mapping[str, Members]
    flaws: Flaws
    hashes: Hashes = field(repr=False)


class RoundParts:
    """A Parquet or CSV file in parts, each of which can be read alone and again.

    `programs` are those of the rule sets, where they have been made before. Raises TableErrors
    where the file cannot be read at all. `rows` is the number of its rows, in
    CSV with empty ones and keys counted.
    """

    def __init__(
        self,
        path: Path,
        rule_sets: Mapping[str, RuleSet],
        most: int = MOST_ROWS,
        programs: Mapping[str, Program] | None = None,
    ):
        self.path, self.rule_sets = path, rule_sets
        is_csv = path.suffix.lower() == ".csv"
        self.file: CsvParts | ParquetParts = (
            CsvParts(path, most) if is_csv else ParquetParts(path, most)
        )
        self.rows = self.file.rows
        table = self.file.table()
        if not table.keys or events_fact_of(table, rule_sets):
            raise no_organisation(path)
        if not check_keys(table, rule_sets):
            raise TableErrors(table.problems)
        self._id = table.keys.index("id")
        self.has_known_keys = not table.problems
        known = {column.key for column in all_columns(rule_sets)}
        self.readers = {
            category: MembersReader(
                table.keys, known, programs[category] if programs else lower(rule_set)
            )
            for category, rule_set in rule_sets.items()
        }

    def __len__(self) -> int:
        return len(self.file.spans)

    def __iter__(self) -> Iterator[Part]:
        """Yield every part; raises TableErrors at the end where anything is wrong."""
        findings = Findings(self)
        for number in range(len(self)):
            part = self.read(number)
            findings.add(part)
            yield part
            if part.flaws.ended:
                break
        findings.finish()

    def read(self, number: int) -> Part:
        """Return a part; what is wrong inside it stands in its flaws."""
        try:
            frame = self.file.frame(number)
        except TableErrors as error:
            return Part(number, 0, {}, Flaws(ended=error), np.zeros(0, np.uint64))
        flawed = np.zeros(frame.size, np.bool_)
        members: dict[str, Members] = {}
        categories = self._categories(frame, flawed)
        size = sum(int(rows.sum()) for rows in categories.values()) + int(flawed.sum())
        for category, rows in categories.items():
            found, wrong = self.readers[category].read(frame.only(rows))
            if found is not None:
                members[category] = found
            elif wrong is not None:
                flawed[np.flatnonzero(rows)[wrong]] = True
        ids = frame.texts(self._id)
        lost = _shortened(ids)
        flaws = flaws_of(frame, flawed | lost, self._broken())
        counted = bits(ids.is_valid()) & ~lost
        hashes = hashes_of(ids if counted.all() else ids.filter(pa.array(counted)))
        is_good = flaws.is_none and self.has_known_keys
        return Part(number, size, members if is_good else {}, flaws, hashes)

    def doubled(self, repeats: Repeats) -> list[tuple[int, Row]]:
        """Return the rows whose numbers stand twice, the first of each with the others."""
        suspects = repeats.suspects()
        found: list[tuple[int, Row]] = []
        for part, places in repeated(suspects, lambda part: self._ids(part)[1]).items():
            rows = self._ids(part)[0][places][:MOST_SHOWN]
            found += self.file.frame(part).rows(rows)
        return found

    def _ids(self, number: int) -> tuple[Array, list[str]]:
        """Return the places of the rows whose numbers count, and these numbers."""
        frame = self.file.frame(number)
        ids = frame.texts(self._id)
        counted = bits(ids.is_valid()) & ~_shortened(ids)
        return np.flatnonzero(counted), ids.filter(pa.array(counted)).to_pylist()

    def _categories(self, frame: Frame, flawed: Bools) -> dict[str, Bools]:
        """Return the rows of each category; mark those of none, but not empty rows."""
        column = encoded(frame.column(self.file.keys.index(CATEGORY)), frame.spelling)
        words = [str(each or "") for each in column.cells]
        number = {word: place for place, word in enumerate(self.rule_sets)}
        codes = np.array([*(number.get(word, -1) for word in words), -2])[column.codes]
        flawed |= codes == -1
        empty = np.flatnonzero(codes == -2)
        if len(empty):
            flawed[empty] = _filled(frame.only(codes == -2))
        return {
            category: rows for category, place in number.items() if (rows := codes == place).any()
        }

    def _broken(self) -> TableErrors | None:
        return self.file.broken if isinstance(self.file, CsvParts) else None


def _filled(frame: Frame) -> Bools:
    """Return which rows are not empty throughout."""
    filled = np.zeros(frame.size, np.bool_)
    for index in range(len(frame.columns)):
        filled |= frame.given(index)
    return filled


def _shortened(ids: pa.Array) -> Bools:
    letters = np.frombuffer(ids.buffers()[2] or b"", np.uint8)
    if not (letters == ord("+")).any():
        return np.zeros(len(ids), np.bool_)
    marked = bits(pc.fill_null(pc.match_substring(ids, "e+"), False)).copy()
    for place in np.flatnonzero(marked).tolist():
        marked[place] = is_shortened(ids[place].as_py())
    return marked


class Findings:
    """What is wrong with a file, gathered from its parts in whatever order they are read."""

    def __init__(self, file: RoundParts):
        self.file = file
        self.size = 0
        self.flaws: dict[int, Flaws] = {}
        self.repeats = Repeats()

    def add(self, part: Part) -> None:
        """Note a part."""
        self.add_good(part.number, part.size, part.hashes)
        self.flaws[part.number] = part.flaws

    def add_good(self, number: int, size: int, hashes: Hashes) -> None:
        """Note a part that was read without flaws before, perhaps by another process."""
        self.size += size
        self.repeats.add(number, hashes)

    def finish(self) -> None:
        """Raise TableErrors where anything is wrong; all parts have been added."""
        file = self.file
        flaws = [self.flaws[number] for number in sorted(self.flaws)]
        doubled = file.doubled(self.repeats)
        is_good = all(each.is_none for each in flaws) and file.has_known_keys
        if is_good and not doubled:
            if not self.size:
                raise no_organisation(file.path)
            return
        problems = errors_of(file.file.table(), file.rule_sets, flaws, doubled)
        assert problems, "both readers refuse the same"  # noqa: S101
        raise TableErrors(problems)
