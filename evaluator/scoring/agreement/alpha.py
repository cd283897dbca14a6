"""Krippendorff's alpha: how far agreement goes beyond what chance would bring.

alpha = 1 - observed disagreement / expected disagreement, of all pairs of ratings of one case
against all pairs of ratings whatsoever (K. Krippendorff, Computing Krippendorff's
Alpha-Reliability, 2011; Content Analysis, third edition, 2013, chapter 12). Cases may be rated
by different panellists, and by more of them or fewer; a case with one rating alone counts for
nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from fractions import Fraction
from itertools import chain

from evaluator.scoring.agreement.ratings import Table, square_sum
from evaluator.scoring.agreement.unsaid import Figure, Unsaid

Positions = Mapping[Fraction, Fraction]


class Metric(Enum):
    """What the distance of two ratings is."""

    INTERVAL = "interval"
    """The difference of their values, squared: for points."""
    ORDINAL = "ordinal"
    """The ratings that lie between them, squared: for steps that are only higher or lower."""


def alpha(table: Table, metric: Metric) -> Figure:
    """Return Krippendorff's alpha of a table, with empty cells.

    alpha = 1 - (n - 1) * sum over cases of D(case) / (m - 1)  /  D(all), where D sums the
    squared distances of all pairs, n is the number of ratings and m that of a case.
    """
    rows = [tuple(row.values()) for row in table.paired.cells.values()]
    if len(rows) < 2:
        return Unsaid.FEW_CASES
    everything = tuple(chain.from_iterable(rows))
    place = _PLACES[metric](everything)
    expected = _pairs(place[each] for each in everything)
    if not expected:
        return Unsaid.ALL_EQUAL
    observed = sum(
        (_pairs(place[each] for each in row) / (len(row) - 1) for row in rows), Fraction()
    )
    return 1 - (len(everything) - 1) * observed / expected


def _pairs(values: Iterable[Fraction]) -> Fraction:
    """Return the sum of squared differences over all ordered pairs: 2 m sum (v - mean)²."""
    found = tuple(values)
    return 2 * len(found) * square_sum(found)


def _as_they_are(values: Iterable[Fraction]) -> Positions:
    return {each: each for each in values}


def _middle_ranks(values: Iterable[Fraction]) -> Positions:
    """Return how many ratings lie below each value, with half of its equals.

    The ordinal distance of c and k is the number of ratings from c to k, less half of those
    equal to c and half of those equal to k: the difference of their middle ranks.
    """
    places, below = {}, 0
    for value, count in sorted(Counter(values).items()):
        places[value] = Fraction(2 * below + count, 2)
        below += count
    return places


_PLACES: Mapping[Metric, Callable[[Iterable[Fraction]], Positions]] = {
    Metric.INTERVAL: _as_they_are,
    Metric.ORDINAL: _middle_ranks,
}
