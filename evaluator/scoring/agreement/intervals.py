"""Intervals of intraclass correlations, where a closed form is known.

Shrout & Fleiss (1979), pages 424-427; McGraw & Wong (1996), table 7. B, W, E and J are the mean
squares between cases, within cases, of errors and between panellists; n cases, k ratings each;
F(a, b) is the 97.5% quantile with those degrees of freedom.

- ICC(1): with L = (B / W) / F(n - 1, n (k - 1)) and U = (B / W) F(n (k - 1), n - 1), from
  (L - 1) / (L + k - 1) to (U - 1) / (U + k - 1).
- ICC(3): the same with E for W and (n - 1)(k - 1) for n (k - 1).
- ICC(2): Satterthwaite's v degrees of freedom stand for those of panellists and errors together.
- Of a mean of k ratings: each end r becomes k r / (1 + (k - 1) r) (Spearman and Brown).
"""

from __future__ import annotations

from fractions import Fraction

from evaluator.scoring.agreement.components import OneWay, TwoWay
from evaluator.scoring.agreement.f_distribution import f_quantile
from evaluator.scoring.agreement.ratings import Table
from evaluator.scoring.agreement.unsaid import Interval, Unsaid

SHARE = Fraction(975, 1000)
"""The quantile on either side of an interval that holds 95 of 100."""


def one_way(table: Table, squares: OneWay) -> Interval:
    """Return the interval of ICC(1,1)."""
    if not table.is_balanced:
        return Unsaid.INCOMPLETE
    cases = len(table.cells)
    return _of_ratio(squares.between, squares.within, squares.size, cases - 1, table.number - cases)


def consistency(table: Table, found: TwoWay) -> Interval:
    """Return the interval of ICC(3,1)."""
    if not table.is_complete:
        return Unsaid.INCOMPLETE
    seats, more = found.seats, len(table.cells) - 1
    between = seats * found.cases + found.error
    return _of_ratio(between, found.error, seats, more, more * (len(table.panellists) - 1))


def _of_ratio(
    between: Fraction, noise: Fraction, seats: Fraction, above: int, below: int
) -> Interval:
    if not noise:
        return Unsaid.NO_ERROR
    ratio, d1, d2 = between / noise, Fraction(above), Fraction(below)
    low, high = ratio / f_quantile(SHARE, d1, d2), ratio * f_quantile(SHARE, d2, d1)
    return (low - 1) / (low + seats - 1), (high - 1) / (high + seats - 1)


def agreement(table: Table, found: TwoWay) -> Interval:
    """Return the interval of ICC(2,1), which is an approximation."""
    if not table.is_complete:
        return Unsaid.INCOMPLETE
    n, k = len(table.cells), len(table.panellists)
    error = found.error
    between, panellists = k * found.cases + error, n * found.panellists + error
    if not found.panellists + error:
        return Unsaid.NO_ERROR
    freedom = _satterthwaite(found, n, k)
    if freedom is None:
        return Unsaid.NO_DIFFERENCE
    low_f = f_quantile(SHARE, Fraction(n - 1), freedom)
    high_f = f_quantile(SHARE, freedom, Fraction(n - 1))
    noise = k * panellists + (k * n - k - n) * error
    low = n * (between - low_f * error) / (low_f * noise + n * between)
    high = n * (high_f * between - error) / (noise + n * high_f * between)
    return low, high


def _satterthwaite(found: TwoWay, n: int, k: int) -> Fraction | None:
    """Return the degrees of freedom of panellists and errors together; None where none make sense.

    A correlation below zero mixes signs, and may leave less than one degree.
    """
    noise = found.panellists + found.error
    if found.cases + noise <= 0:
        return None
    odds = found.cases / noise
    panellists = k * odds / n * (n * found.panellists + found.error)
    errors = (1 + k * odds * (n - 1) / n) * found.error
    below = panellists**2 / (k - 1) + errors**2 / ((n - 1) * (k - 1))
    freedom = (panellists + errors) ** 2 / below if below else Fraction()
    return freedom if freedom >= 1 else None


def of_mean(interval: Interval, seats: Fraction) -> Interval:
    """Return the interval of the mean of so many ratings from that of one."""
    if isinstance(interval, Unsaid):
        return interval
    if 1 + (seats - 1) * interval[0] <= 0:
        return Unsaid.NO_DIFFERENCE
    low, high = (seats * each / (1 + (seats - 1) * each) for each in interval)
    return low, high
