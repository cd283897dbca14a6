"""The case that all judge first: each panellist beside the group, before it counts."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from evaluator.scoring.agreement.outliers import LIMIT, distances, robust_deviation
from evaluator.scoring.agreement.ratings import Table, median
from evaluator.scoring.agreement.spread import Spread, spreads
from evaluator.scoring.agreement.unsaid import Figure, Unsaid

FEWEST = 5
"""With fewer panellists the spread of one case measures nobody."""


@dataclass(frozen=True)
class Calibrated:
    """A panellist's rating of the calibration case, and the median of the others."""

    panellist: str
    value: Figure
    others: Figure
    distance: Figure
    deviations: Figure
    """The distance in robust deviations of the group, above it or below."""
    stands_out: bool


@dataclass(frozen=True)
class Calibration:
    """How a group rated one case for one fact."""

    spread: Spread | None
    panellists: tuple[Calibrated, ...]


def calibration(table: Table, case: str) -> Calibration:
    """Return everyone's rating of the calibration case against the group's.

    Whoever rated any case of the table but not this one is listed as missing.
    """
    only = table.only(case)
    found = {each.panellist: each for each in distances(only, fewest=2)}
    off = [each.distance for each in found.values()]
    deviation = robust_deviation(off) if len(off) >= FEWEST else Fraction()
    usual = median(off) if off else Fraction()
    row = table.cells.get(case, {})
    listed = []
    for name in table.panellists:
        if name not in row:
            reason = Unsaid.NOT_RATED
            listed.append(Calibrated(name, reason, reason, reason, reason, False))
        elif name not in found:
            reason = Unsaid.NOBODY_ELSE
            listed.append(Calibrated(name, row[name], reason, reason, reason, False))
        else:
            each = found[name]
            many = (each.distance - usual) / deviation if deviation else _why(off)
            far = isinstance(many, Fraction) and abs(many) > LIMIT
            listed.append(Calibrated(name, each.value, each.others, each.distance, many, far))
    return Calibration(next(iter(spreads(only)), None), tuple(listed))


def _why(off: list[Fraction]) -> Unsaid:
    return Unsaid.FEW_OTHERS if len(off) < FEWEST else Unsaid.ALL_EQUAL
