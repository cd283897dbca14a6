"""How far the ratings of a case lie apart, and those of all cases together."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from evaluator.scoring.agreement.ratings import Table, mean, median, square_sum
from evaluator.scoring.agreement.unsaid import Figure, Unsaid, root


@dataclass(frozen=True)
class Spread:
    """The ratings of one case: how many, from where to where, and how wide around the mean.

    `deviation` is the standard deviation with n - 1 in the denominator.
    """

    case: str
    number: int
    lowest: Fraction
    highest: Fraction
    mean: Fraction
    median: Fraction
    deviation: Figure


def spreads(table: Table) -> tuple[Spread, ...]:
    """Return the spread of each case, in the order of the table."""
    return tuple(_spread(case, tuple(row.values())) for case, row in table.cells.items() if row)


def _spread(case: str, values: tuple[Fraction, ...]) -> Spread:
    more = len(values) - 1
    deviation = root(square_sum(values) / more) if more else Unsaid.NOBODY_ELSE
    return Spread(
        case, len(values), min(values), max(values), mean(values), median(values), deviation
    )


def deviation_within(table: Table) -> Figure:
    """Return the standard deviation within cases, pooled over all of them."""
    rows = [tuple(row.values()) for row in table.paired.cells.values()]
    if not rows:
        return Unsaid.FEW_CASES
    freedom = sum(map(len, rows)) - len(rows)
    return root(sum(map(square_sum, rows), Fraction()) / freedom)
