"""Agreement against peer libraries on random tables: krippendorff, statsmodels, SciPy."""

from __future__ import annotations

from fractions import Fraction

import krippendorff
import numpy as np
import pytest
from agreement_tables import Matrix, complete, table, with_gaps
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import f as f_distribution
from scipy.stats import median_abs_deviation
from statsmodels.regression.linear_model import OLS

from evaluator.scoring.agreement import Metric, Table, Unsaid, alpha, correlations, severities
from evaluator.scoring.agreement.components import two_way
from evaluator.scoring.agreement.effects import effects, linked
from evaluator.scoring.agreement.f_distribution import f_quantile
from evaluator.scoring.agreement.outliers import robust_deviation

NEAR = {"rel": 1e-8, "abs": 1e-8}


@given(with_gaps(), st.sampled_from(Metric))
def test_alpha_is_that_of_krippendorff(rows: Matrix, metric: Metric) -> None:
    found = alpha(table(rows), metric)
    assume(not isinstance(found, Unsaid))
    by_panellist = np.array(rows, dtype=float).T
    peer = krippendorff.alpha(by_panellist, level_of_measurement=metric.value)
    assert float(found) == pytest.approx(peer, **NEAR)  # type: ignore[arg-type]


@given(
    st.integers(1, 400),
    st.fractions(1, 400, max_denominator=50),
    st.sampled_from([Fraction(95, 100), Fraction(975, 1000), Fraction(25, 1000)]),
)
def test_quantiles_of_f_are_those_of_scipy(d1: int, d2: Fraction, share: Fraction) -> None:
    found = f_quantile(share, Fraction(d1), d2)
    assert float(found) == pytest.approx(
        f_distribution.ppf(float(share), d1, float(d2)), rel=1e-7, abs=1e-9
    )


@given(st.lists(st.fractions(-50, 50, max_denominator=40), min_size=1, max_size=30))
def test_robust_deviation_is_that_of_scipy(values: list[Fraction]) -> None:
    peer = median_abs_deviation([float(each) for each in values], scale="normal")
    assume(peer > 0)
    assert float(robust_deviation(values)) == pytest.approx(peer, rel=1e-4)


class Peer:
    """The same table fitted by statsmodels, with a column for each case and panellist.

    The first panellist of each linked group has no column in the fit, which statsmodels would
    otherwise warn of.
    """

    def __init__(self, judged: Table):
        cells = [(case, name, value) for case, row in judged.cells.items()
                 for name, value in row.items()]  # fmt: skip
        self.panellists = list(judged.panellists)
        self.values = np.array([float(value) for _, _, value in cells])
        self.of_cases = _columns([case for case, _, _ in cells], list(judged.cells))
        self.of_panellists = _columns([name for _, name, _ in cells], self.panellists)
        first = {group[0] for group in linked(judged)}
        self.kept = [name not in first for name in self.panellists]
        self.fit = self.fitted(self.of_cases, self.of_panellists[:, self.kept])

    def fitted(self, *columns: np.ndarray) -> object:
        return OLS(self.values, np.hstack(columns)).fit()

    def shift(self, name: str, group: tuple[str, ...]) -> object:
        """Return the test of a panellist against the mean of its group."""
        among = np.array(
            [(each == name) - (each in group) / len(group) for each in self.panellists]
        )
        return self.fit.t_test(np.hstack([np.zeros(self.of_cases.shape[1]), among[self.kept]]))


def _columns(found: list[str], names: list[str]) -> np.ndarray:
    return np.array([[float(each == name) for name in names] for each in found])


@given(with_gaps())
def test_severity_is_that_of_least_squares(rows: Matrix) -> None:
    judged = table(rows).paired
    assume(judged.cells)
    peer, fit = Peer(judged), effects(judged)
    assume(fit.rest > 0)
    assert (peer.fit.df_resid, peer.fit.ssr) == pytest.approx((fit.freedom, float(fit.rest)))
    for each in severities(judged):
        test = peer.shift(each.panellist, each.group)
        low, high = each.interval  # type: ignore[misc]
        assert (float(each.shift), float(each.error)) == pytest.approx(  # type: ignore[arg-type]
            (test.effect[0], test.sd[0, 0]), **NEAR
        )
        assert (float(low), float(high)) == pytest.approx(tuple(test.conf_int()[0]), **NEAR)


@given(with_gaps())
def test_components_expect_the_sums_of_squares_of_statsmodels(rows: Matrix) -> None:
    # With the components, each sum of squares has to be what its quadratic form expects; the
    # traces are taken of the very matrices here, while the code has them in closed form.
    judged = table(rows).paired
    assume(judged.cells)
    found, peer = two_way(judged), Peer(judged)
    assume(found is not None)
    for own, other in (
        (peer.of_cases, peer.of_panellists),
        (peer.of_panellists, peer.of_cases),
    ):
        beyond = peer.fitted(other).ssr - peer.fit.ssr
        form = _onto(np.hstack([own, other])) - _onto(other)
        expected = (
            float(found.cases) * np.trace(peer.of_cases.T @ form @ peer.of_cases)
            + float(found.panellists) * np.trace(peer.of_panellists.T @ form @ peer.of_panellists)
            + float(found.error) * np.trace(form)
        )
        assert beyond == pytest.approx(expected, rel=1e-7, abs=1e-6)


@given(complete())
def test_complete_tables_have_the_formulas_of_shrout_and_fleiss(rows: Matrix) -> None:
    found = correlations(table(rows))
    assume(not any(isinstance(each.single, Unsaid) for each in found))
    values = np.array(rows, dtype=float)
    n, k = values.shape
    between = k * values.mean(axis=1).var(ddof=1)
    judges = n * values.mean(axis=0).var(ddof=1)
    within = values.var(axis=1, ddof=1).mean()
    error = (n * (k - 1) * within - (k - 1) * judges) / ((n - 1) * (k - 1))
    assert [float(each.single) for each in found] == pytest.approx(  # type: ignore[arg-type]
        [
            (between - within) / (between + (k - 1) * within),
            (between - error) / (between + (k - 1) * error + k * (judges - error) / n),
            (between - error) / (between + (k - 1) * error),
        ],
        **NEAR,
    )


def _onto(columns: np.ndarray) -> np.ndarray:
    return columns @ np.linalg.pinv(columns)


@given(with_gaps())
def test_linked_panellists_are_all_in_one_group(rows: Matrix) -> None:
    judged = table(rows).paired
    groups = linked(judged)
    assert sorted(name for group in groups for name in group) == list(judged.panellists)
    for row in judged.cells.values():
        assert sum(not set(group).isdisjoint(row) for group in groups) == 1
