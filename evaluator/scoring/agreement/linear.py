"""The inverse of a matrix of whole numbers, without any rounding."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

Row = list[int]


def inverse(matrix: Sequence[Sequence[int]]) -> list[list[Fraction]]:
    """Return the inverse of a symmetric matrix that is positive definite.

    Elimination without fractions (E. H. Bareiss, Mathematics of Computation 22, 1968): each
    division by the pivot before leaves no rest, and every pivot is a minor, here positive.
    """
    size = len(matrix)
    rows = [
        [*row, *(int(each == place) for each in range(size))] for place, row in enumerate(matrix)
    ]
    before = 1
    for place in range(size):
        pivots = rows[place]
        pivot = pivots[place]
        for other in range(size):
            if other != place:
                rows[other] = _eliminated(rows[other], pivots, place, before)
        before = pivot
    return [[Fraction(each, before) for each in row[size:]] for row in rows]


def _eliminated(row: Row, pivots: Row, place: int, before: int) -> Row:
    pivot, factor = pivots[place], row[place]
    return [
        (pivot * own - factor * other) // before for own, other in zip(row, pivots, strict=True)
    ]
