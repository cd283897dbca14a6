"""Who rates higher and who lower than the others, on the cases that they share."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from evaluator.scoring.agreement.effects import Effects, effects
from evaluator.scoring.agreement.f_distribution import f_quantile
from evaluator.scoring.agreement.intervals import SHARE
from evaluator.scoring.agreement.ratings import Table, mean
from evaluator.scoring.agreement.unsaid import Figure, Interval, Unsaid, root


@dataclass(frozen=True)
class Severity:
    """How a panellist rates beside the others: below zero is severe, above zero is lenient.

    `plain` is the mean distance from the mean of the others of each case; `shift` allows for whom
    the panellist sat with: among severe others, who rates as they do is severe too. `error` is
    the standard error of the shift, `interval` holds the true one in 95 of 100 repetitions.
    `group` are those it was compared with: only who is linked by shared cases can be.
    """

    panellist: str
    cases: int
    plain: Figure
    shift: Figure
    error: Figure
    interval: Interval
    group: tuple[str, ...]


def severities(table: Table) -> tuple[Severity, ...]:
    """Return the severity of each panellist of a table, in the order of their names.

    Least squares of case + panellist, see `effects`. The standard error is that of least squares:
    the root of the mean square of errors times the panellist's element of the inverse; the
    interval takes the quantile of Student's t, whose square is that of F with one degree.
    """
    paired = table.paired
    if not paired.cells:
        return tuple(_alone(name) for name in table.panellists)
    fit = effects(paired)
    plain = _plain(paired)
    return tuple(
        _severity(name, fit, plain[name]) if name in plain else _alone(name)
        for name in table.panellists
    )


def _alone(name: str) -> Severity:
    reason = Unsaid.NOBODY_ELSE
    return Severity(name, 0, reason, reason, reason, reason, (name,))


def _plain(table: Table) -> dict[str, list[Fraction]]:
    """Return the distances of each panellist from the mean of the others."""
    found: dict[str, list[Fraction]] = {name: [] for name in table.panellists}
    for row in table.cells.values():
        whole = sum(row.values(), Fraction())
        for name, value in row.items():
            found[name].append(value - (whole - value) / (len(row) - 1))
    return found


def _severity(name: str, fit: Effects, distances: list[Fraction]) -> Severity:
    shift = fit.shift[name]
    error: Figure = Unsaid.FEW_RATINGS
    interval: Interval = Unsaid.FEW_RATINGS
    if fit.freedom:
        error = root(fit.rest / fit.freedom * fit.weight[name])
        reach = root(f_quantile(SHARE * 2 - 1, Fraction(1), Fraction(fit.freedom))) * error
        interval = (shift - reach, shift + reach)
    group = next(each for each in fit.groups if name in each)
    return Severity(name, len(distances), mean(distances), shift, error, interval, group)
