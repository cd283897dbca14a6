"""Agreement against figures that were published with their data."""

from __future__ import annotations

from fractions import Fraction

import pytest
from agreement_tables import KRIPPENDORFF, SHROUT_FLEISS, table

from evaluator.scoring.agreement import Form, Interval, Metric, Unsaid, alpha, correlations
from evaluator.scoring.agreement.components import one_way, two_way
from evaluator.scoring.agreement.f_distribution import f_quantile
from rules.numbers import fraction_text


def shown(interval: Interval) -> tuple[str, ...]:
    assert not isinstance(interval, Unsaid)
    return tuple(fraction_text(each, 3) for each in interval)


def test_mean_squares_of_shrout_and_fleiss_table_3() -> None:
    judged = table(SHROUT_FLEISS)
    squares, found = one_way(judged), two_way(judged)
    assert found is not None
    between_judges = 6 * found.panellists + found.error
    figures = (squares.between, squares.within, between_judges, found.error)
    assert [fraction_text(each) for each in figures] == ["11.24", "6.26", "32.49", "1.02"]


def test_all_six_correlations_of_shrout_and_fleiss_table_4() -> None:
    figures = {
        each.form: (fraction_text(each.single), fraction_text(each.average))  # type: ignore[arg-type]
        for each in correlations(table(SHROUT_FLEISS))
    }
    assert figures == {
        Form.ONE_WAY: ("0.17", "0.44"),
        Form.AGREEMENT: ("0.29", "0.62"),
        Form.CONSISTENCY: ("0.71", "0.91"),
    }


def test_intervals_of_shrout_and_fleiss_as_r_psych_prints_them() -> None:
    # `ICC(sf)` in the manual of the R package psych, which rounds to two places or three.
    figures = {
        each.form: (shown(each.single_interval), shown(each.average_interval))
        for each in correlations(table(SHROUT_FLEISS))
    }
    assert figures == {
        Form.ONE_WAY: (("-0.133", "0.723"), ("-0.884", "0.912")),
        Form.AGREEMENT: (("0.019", "0.761"), ("0.071", "0.927")),
        Form.CONSISTENCY: (("0.342", "0.946"), ("0.676", "0.986")),
    }


@pytest.mark.parametrize(
    ("metric", "published"), [(Metric.ORDINAL, "0.815"), (Metric.INTERVAL, "0.849")]
)
def test_alpha_of_krippendorff_with_empty_cells(metric: Metric, published: str) -> None:
    found = alpha(table(KRIPPENDORFF), metric)
    assert isinstance(found, Fraction)
    assert fraction_text(found, 3) == published


@pytest.mark.parametrize(
    ("d1", "d2", "published"),
    # The 97.5% points of F as statistical tables print them.
    [(1, 1, "647.8"), (5, 18, "3.38"), (4, 4, "9.6"), (10, 20, "2.77"), (120, 60, "1.58")],
)
def test_quantiles_of_f_as_in_tables(d1: int, d2: int, published: str) -> None:
    found = f_quantile(Fraction(975, 1000), Fraction(d1), Fraction(d2))
    assert fraction_text(found, 1 if d1 == 1 else 2) == published
