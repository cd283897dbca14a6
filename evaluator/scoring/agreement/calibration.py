"""The case that all judge first: each panellist beside the group, before it counts."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from evaluator.scoring.agreement.outliers import LIMIT, Distance, distances, robust_deviation
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
    group = _Group([each.distance for each in found.values()])
    row = table.cells.get(case, {})
    listed = tuple(
        group.place(found[name]) if name in found else _unsaid(name, row.get(name))
        for name in table.panellists
    )
    return Calibration(next(iter(spreads(only)), None), listed)


class _Group:
    """What the distances of a group are measured by."""

    def __init__(self, off: list[Fraction]):
        self.many = len(off) >= FEWEST
        self.usual = median(off) if off else Fraction()
        self.deviation = robust_deviation(off) if off else Fraction()

    def place(self, each: Distance) -> Calibrated:
        """Return a panellist's rating beside the group's."""
        deviations = self._deviations(each.distance)
        far = isinstance(deviations, Fraction) and abs(deviations) > LIMIT
        return Calibrated(each.panellist, each.value, each.others, each.distance, deviations, far)

    def _deviations(self, distance: Fraction) -> Figure:
        if not self.many:
            return Unsaid.FEW_OTHERS
        if not self.deviation:
            return Unsaid.ALL_EQUAL
        return (distance - self.usual) / self.deviation


def _unsaid(name: str, value: Fraction | None) -> Calibrated:
    reason = Unsaid.NOT_RATED if value is None else Unsaid.NOBODY_ELSE
    return Calibrated(
        name, reason if value is None else value, reason, reason, reason, stands_out=False
    )
