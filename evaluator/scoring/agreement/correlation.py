"""Intraclass correlations: how much of what sets ratings apart are the cases themselves.

P. E. Shrout & J. L. Fleiss, Psychological Bulletin 86, 1979, and K. O. McGraw & S. P. Wong,
Psychological Methods 1, 1996. For one rating, and for the mean of as many as a case has:

- ICC(1): cases judged by any panellists. (B - W) / (B + (k - 1) W) and (B - W) / B, with the mean
  squares B between and W within cases, and k ratings a case.
- ICC(2), absolute agreement: c / (c + p + e) and c / (c + (p + e) / k), with the variance c of
  cases, p of panellists and e of errors.
- ICC(3), consistency, when a panellist's being severe on all does no harm: c / (c + e) and
  c / (c + e / k).

Where panellists judged different cases the components are Henderson's, see `components`, and k is
the harmonic mean of ratings a case (D. ten Hove, T. D. Jorgensen & L. A. van der Ark,
Psychological Methods, 2022). Intervals are known in closed form where everyone rated everything,
for ICC(1) where each case has as many ratings as the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from evaluator.scoring.agreement import intervals
from evaluator.scoring.agreement.components import OneWay, TwoWay, one_way, two_way
from evaluator.scoring.agreement.ratings import Table
from evaluator.scoring.agreement.unsaid import Figure, Interval, Unsaid


class Form(Enum):
    """Which of the three correlations."""

    ONE_WAY = "ICC(1)"
    AGREEMENT = "ICC(2)"
    CONSISTENCY = "ICC(3)"


@dataclass(frozen=True)
class Correlation:
    """One intraclass correlation, of a single rating and of the mean of `seats` ratings.

    Intervals hold the true value in 95 of 100 repetitions.
    """

    form: Form
    cases: int
    seats: Fraction
    single: Figure
    average: Figure
    single_interval: Interval
    average_interval: Interval


def correlations(table: Table) -> tuple[Correlation, ...]:
    """Return ICC(1), ICC(2) and ICC(3) of a table, cases with a single rating left out."""
    paired = table.paired
    if len(paired.cells) < 2:
        return _all_unsaid(paired, Unsaid.FEW_CASES)
    if len(set(paired.values)) == 1:
        return _all_unsaid(paired, Unsaid.ALL_EQUAL)
    components = two_way(paired)
    return (
        _one_way(paired, one_way(paired)),
        _two_way(paired, Form.AGREEMENT, components),
        _two_way(paired, Form.CONSISTENCY, components),
    )


def _one_way(table: Table, squares: OneWay) -> Correlation:
    between, within, size = squares.between, squares.within, squares.size
    return _correlation(
        table,
        Form.ONE_WAY,
        size,
        _share(between - within, between + (size - 1) * within),
        _share(between - within, between),
        intervals.one_way(table, squares),
    )


def _two_way(table: Table, form: Form, found: TwoWay | None) -> Correlation:
    if found is None:
        return _unsaid(table, form, Unsaid.FEW_RATINGS)
    noise = found.error + (found.panellists if form is Form.AGREEMENT else 0)
    interval = intervals.agreement if form is Form.AGREEMENT else intervals.consistency
    return _correlation(
        table,
        form,
        found.seats,
        _share(found.cases, found.cases + noise),
        _share(found.cases, found.cases + noise / found.seats),
        interval(table, found),
    )


def _share(part: Fraction, whole: Fraction) -> Figure:
    """Return a part of a whole; components below zero may leave no whole to speak of."""
    return part / whole if whole > 0 else Unsaid.NO_DIFFERENCE


def _correlation(
    table: Table, form: Form, seats: Fraction, single: Figure, average: Figure, interval: Interval
) -> Correlation:
    stepped = intervals.of_mean(interval, seats)
    return Correlation(form, len(table.cells), seats, single, average, interval, stepped)


def _all_unsaid(table: Table, reason: Unsaid) -> tuple[Correlation, ...]:
    return tuple(_unsaid(table, form, reason) for form in Form)


def _unsaid(table: Table, form: Form, reason: Unsaid) -> Correlation:
    return Correlation(form, len(table.cells), Fraction(), reason, reason, reason, reason)
