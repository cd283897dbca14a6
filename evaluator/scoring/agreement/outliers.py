"""Ratings that lie far from the others of their case: for a second look, never for a change.

The distance of a rating is what it lies above or below the median of the other ratings of its
case, so that it does not draw the middle towards itself. All distances of a table make the
measure: a rating is flagged when its distance is more than `LIMIT` robust deviations from their
median. The robust deviation is 1.4826 times the median absolute deviation from the median (F. R.
Hampel, Journal of the American Statistical Association 69, 1974), which half of the ratings being
wrong could not inflate, and the limit of 3.5 is that of B. Iglewicz & D. C. Hoaglin, How to Detect
and Handle Outliers, 1993. Where more than half of the distances are the same, that deviation
is nothing, and 1.2533 times the mean absolute deviation stands in for it, as they advise.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from evaluator.scoring.agreement.ratings import Table, mean, median
from evaluator.scoring.agreement.unsaid import Figure, Unsaid

LIMIT = Fraction(35, 10)
FEWEST_OF_A_CASE = 3
"""With one other rating alone nobody knows which of the two is the odd one."""
FEWEST_DISTANCES = 10
_OF_MEDIAN, _OF_MEAN = Fraction(14826, 10_000), Fraction(12533, 10_000)


@dataclass(frozen=True)
class Distance:
    """One rating beside the others of its case."""

    case: str
    panellist: str
    value: Fraction
    others: Fraction
    """The median of the other ratings."""

    @property
    def distance(self) -> Fraction:
        """Return how far the rating lies above the others, or below them."""
        return self.value - self.others


@dataclass(frozen=True)
class Flag:
    """A rating that deserves a second look, with the figures that say so."""

    rating: Distance
    deviations: Fraction
    """How many robust deviations it lies from what is usual, above or below."""


@dataclass(frozen=True)
class Outliers:
    """The ratings for a second look, the farthest first, and what they were measured by."""

    flags: tuple[Flag, ...]
    usual: Figure
    deviation: Figure
    compared: int


def distances(table: Table, fewest: int = FEWEST_OF_A_CASE) -> tuple[Distance, ...]:
    """Return each rating of the cases with enough of them, beside the others of its case."""
    return tuple(
        Distance(case, name, value, median(row[each] for each in row if each != name))
        for case, row in table.cells.items()
        if len(row) >= fewest
        for name, value in row.items()
    )


def outliers(table: Table) -> Outliers:
    """Return the ratings of a table that lie far from the others of their case."""
    found = distances(table)
    if len(found) < FEWEST_DISTANCES:
        return Outliers((), Unsaid.FEW_OTHERS, Unsaid.FEW_OTHERS, len(found))
    usual = median(each.distance for each in found)
    deviation = robust_deviation([each.distance for each in found])
    if not deviation:
        return Outliers((), usual, Unsaid.ALL_EQUAL, len(found))
    flags = (Flag(each, (each.distance - usual) / deviation) for each in found)
    far = [each for each in flags if abs(each.deviations) > LIMIT]
    far.sort(key=lambda each: (-abs(each.deviations), each.rating.case, each.rating.panellist))
    return Outliers(tuple(far), usual, deviation, len(found))


def robust_deviation(values: list[Fraction]) -> Fraction:
    """Return the robust deviation of some values; zero where all are the same."""
    centre = median(values)
    off = [abs(each - centre) for each in values]
    return _OF_MEDIAN * median(off) or _OF_MEAN * mean(off)
