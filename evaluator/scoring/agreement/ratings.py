"""Ratings as they were given, and the table of one fact: case by panellist, cells may be empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property


@dataclass(frozen=True)
class Rating:
    """What one panellist gives one case for one fact.

    `value` is the scaled whole number that scoring reads, see `rules.lowering.values.scale_of`.
    """

    case: str
    panellist: str
    fact: str
    value: int


@dataclass(frozen=True)
class Table:
    """The ratings of one fact by case and panellist, in the fact's own unit."""

    cells: Mapping[str, Mapping[str, Fraction]]

    @cached_property
    def panellists(self) -> tuple[str, ...]:
        """Return who rated anything, in the order of their names."""
        return tuple(sorted({each for row in self.cells.values() for each in row}))

    @cached_property
    def number(self) -> int:
        """Return how many ratings there are."""
        return sum(map(len, self.cells.values()))

    @cached_property
    def paired(self) -> Table:
        """Return the cases with two ratings or more; a single one says nothing of agreement."""
        return Table({case: row for case, row in self.cells.items() if len(row) > 1})

    @cached_property
    def is_balanced(self) -> bool:
        """Whether every case has as many ratings as every other."""
        return len({len(row) for row in self.cells.values()}) == 1

    @cached_property
    def is_complete(self) -> bool:
        """Whether every panellist rated every case."""
        return self.number == len(self.cells) * len(self.panellists) > 0

    @cached_property
    def values(self) -> tuple[Fraction, ...]:
        """Return all ratings, case by case."""
        return tuple(value for row in self.cells.values() for value in row.values())

    def only(self, *cases: str) -> Table:
        """Return some cases alone."""
        return Table({case: row for case, row in self.cells.items() if case in cases})

    def without(self, *cases: str) -> Table:
        """Return all cases but some."""
        return Table({case: row for case, row in self.cells.items() if case not in cases})


def table_of(ratings: Iterable[Rating], fact: str, scale: int = 1) -> Table:
    """Return the table of a fact whose values are scaled by `scale`.

    Raises ValueError where a panellist rated a case twice: which of them counts is not for
    statistics to choose.
    """
    cells: dict[str, dict[str, Fraction]] = {}
    for each in ratings:
        if each.fact != fact:
            continue
        row = cells.setdefault(each.case, {})
        if each.panellist in row:
            raise ValueError(
                f'"{each.panellist}" rated "{each.case}" twice for "{fact}"; allowed is one rating'
            )
        row[each.panellist] = Fraction(each.value, scale)
    return Table(cells)


def mean(values: Iterable[Fraction]) -> Fraction:
    """Return the mean of at least one value."""
    found = tuple(values)
    return sum(found, Fraction()) / len(found)


def median(values: Iterable[Fraction]) -> Fraction:
    """Return the middle of at least one value; between two middle ones, half way."""
    found = sorted(values)
    half = len(found) // 2
    return found[half] if len(found) % 2 else mean(found[half - 1 : half + 1])


def square_sum(values: Iterable[Fraction]) -> Fraction:
    """Return the sum of squared distances from the mean of at least one value."""
    found = tuple(values)
    centre = mean(found)
    return sum(((each - centre) ** 2 for each in found), Fraction())
