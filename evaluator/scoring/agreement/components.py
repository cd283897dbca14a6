"""How much of the variance of ratings comes from cases, from panellists, and from neither."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from evaluator.scoring.agreement.effects import effects
from evaluator.scoring.agreement.ratings import Table, mean, square_sum


@dataclass(frozen=True)
class OneWay:
    """Mean squares between and within cases; `size` is what stands for ratings a case."""

    between: Fraction
    within: Fraction
    size: Fraction


def one_way(table: Table) -> OneWay:
    """Return the mean squares of a table with two cases or more, each with two ratings or more.

    With unequal numbers n(c) of ratings, `size` is (N - sum n(c)² / N) / (C - 1), as the
    expected mean square between cases has it (Searle, Casella & McCulloch, Variance Components,
    1992, section 3.6); with equal numbers it is that number.
    """
    rows = [tuple(row.values()) for row in table.cells.values()]
    number, cases = table.number, len(rows)
    within = sum(map(square_sum, rows), Fraction())
    between = square_sum(table.values) - within
    size = (number - Fraction(sum(len(row) ** 2 for row in rows), number)) / (cases - 1)
    return OneWay(between / (cases - 1), within / (number - cases), size)


@dataclass(frozen=True)
class TwoWay:
    """Variance of cases, of panellists and of errors; the first two may come out below zero.

    `seats` is the harmonic mean of how many panellists a case has.
    """

    cases: Fraction
    panellists: Fraction
    error: Fraction
    seats: Fraction


def two_way(table: Table) -> TwoWay | None:
    """Return the components of a table; None where nothing is left to tell errors by.

    Henderson's third method (Biometrics 9, 1953; Searle, Casella & McCulloch 1992, section 5.5):
    the sum of squares of cases beyond panellists has the expectation
    (N - J) var(cases) + (C - q) var(error), that of panellists beyond cases
    (N - C) var(panellists) + (J - q) var(error), with N ratings, C cases, J panellists in q
    linked groups, and one rating a cell at most. Where everyone rated everything these are the
    usual mean squares, and the components those of Shrout & Fleiss (1979).
    """
    fit = effects(table)
    number, groups = table.number, len(fit.groups)
    cases, panellists = len(table.cells), len(table.panellists)
    if not fit.freedom or number in (cases, panellists):
        return None
    error = fit.rest / fit.freedom
    of_cases = _between_cases(table) + fit.explained - _between_panellists(table)
    return TwoWay(
        (of_cases - (cases - groups) * error) / (number - panellists),
        (fit.explained - (panellists - groups) * error) / (number - cases),
        error,
        cases / sum((Fraction(1, len(row)) for row in table.cells.values()), Fraction()),
    )


def _between_cases(table: Table) -> Fraction:
    return sum((len(row) * mean(row.values()) ** 2 for row in table.cells.values()), Fraction())


def _between_panellists(table: Table) -> Fraction:
    sums = dict.fromkeys(table.panellists, Fraction())
    numbers = dict.fromkeys(table.panellists, 0)
    for row in table.cells.values():
        for name, value in row.items():
            sums[name] += value
            numbers[name] += 1
    return sum((sums[name] ** 2 / numbers[name] for name in sums), Fraction())
