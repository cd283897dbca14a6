"""Tables of ratings for tests: published ones, and random ones with empty cells."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import strategies as st

from evaluator.scoring.agreement import Table

Matrix = Sequence[Sequence[int | None]]

SHROUT_FLEISS = [
    [9, 2, 5, 8],
    [6, 1, 3, 2],
    [8, 4, 6, 8],
    [7, 1, 2, 6],
    [10, 5, 6, 9],
    [6, 2, 4, 7],
]
"""P. E. Shrout & J. L. Fleiss (1979), table 2: six targets, four judges."""

_ = None
KRIPPENDORFF = [
    [1, 1, _, 1],
    [2, 2, 3, 2],
    [3, 3, 3, 3],
    [3, 3, 3, 3],
    [2, 2, 2, 2],
    [1, 2, 3, 4],
    [4, 4, 4, 4],
    [1, 1, 2, 1],
    [2, 2, 2, 2],
    [_, 5, 5, 5],
    [_, _, 1, 1],
    [_, 3, _, _],
]
"""K. Krippendorff (2011), section C: twelve units, four observers, empty cells."""


def table(rows: Matrix) -> Table:
    """Return a table of rows of cases; None is an empty cell."""
    return Table(
        {
            f"case {case}": {
                f"panellist {seat}": Fraction(value)
                for seat, value in enumerate(row)
                if value is not None
            }
            for case, row in enumerate(rows)
        }
    )


def complete(highest: int = 40) -> st.SearchStrategy[list[list[int]]]:
    """Return random tables in which everyone rated everything."""
    return st.tuples(st.integers(2, 8), st.integers(2, 6)).flatmap(
        lambda shape: st.lists(
            st.lists(st.integers(0, highest), min_size=shape[1], max_size=shape[1]),
            min_size=shape[0],
            max_size=shape[0],
        )
    )


def with_gaps(highest: int = 20) -> st.SearchStrategy[list[list[int | None]]]:
    """Return random tables with empty cells."""
    cell = st.none() | st.integers(0, highest)
    return st.integers(2, 6).flatmap(
        lambda seats: st.lists(
            st.lists(cell, min_size=seats, max_size=seats), min_size=2, max_size=9
        )
    )
