"""Severity, outliers and the calibration case on tables that a reader can follow by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from agreement_tables import Matrix, table, with_gaps
from hypothesis import given
from hypothesis import strategies as st

from evaluator.scoring.agreement import (
    Metric,
    Severity,
    Table,
    Unsaid,
    agreement,
    alpha,
    calibration,
    correlations,
    deviation_within,
    outliers,
    severities,
    spreads,
)
from evaluator.scoring.agreement.outliers import robust_deviation
from rules.syntax import MeanOf

PLAIN = MeanOf(ratings="marks")
_ = None


def by_name(judged: Table) -> dict[str, Severity]:
    return {each.panellist[-1]: each for each in severities(judged)}


def test_spread_of_a_case() -> None:
    (found,) = spreads(table([[80, 90, _, 100, 82]]))
    figures = (found.number, found.lowest, found.highest, found.mean, found.median)
    assert figures == (4, 80, 100, 88, 86)
    assert isinstance(found.deviation, Fraction)
    assert abs(found.deviation**2 - Fraction(248, 3)) < Fraction(1, 10**9)


def test_deviation_within_cases_leaves_out_how_cases_differ() -> None:
    # Squares within cases: 2 + 2 + 8 over three degrees of freedom.
    assert deviation_within(table([[10, 12], [50, 52], [90, 94], [7, _]])) == 2


def test_shift_is_from_the_mean_where_everyone_rated_everything() -> None:
    found = by_name(table([[70, 80, 90], [62, 70, 81], [78, 90, 99]]))
    assert {name: each.shift for name, each in found.items()} == {"0": -10, "1": 0, "2": 10}
    assert {name: each.plain for name, each in found.items()} == {"0": -15, "1": 0, "2": 15}


def test_shift_allows_for_whom_a_panellist_sat_with() -> None:
    # 1 sat three times with the severe 0 and once with the lenient 2, and is neither.
    found = by_name(table([[70, 80, _], [50, 60, _], [60, 70, _], [_, 75, 85], [60, _, 80]]))
    assert found["1"].plain == 5
    assert {name: each.shift for name, each in found.items()} == {"0": -10, "1": 0, "2": 10}
    assert found["0"].cases == 4
    assert found["0"].interval == (-10, -10)


def test_panellists_without_a_link_are_compared_in_their_own_group() -> None:
    found = by_name(table([[70, 80, _, _], [72, 80, _, _], [_, _, 10, 30], [_, _, 12, 30]]))
    assert found["0"].group == ("panellist 0", "panellist 1")
    assert found["3"].shift == Fraction(19, 2)


def test_a_panellist_who_sat_with_nobody_has_no_severity() -> None:
    found = by_name(table([[70, 80, _], [70, 82, _], [_, _, 99]]))
    assert (found["2"].cases, found["2"].shift) == (0, Unsaid.NOBODY_ELSE)


def test_one_case_leaves_no_error_to_judge_severity_by() -> None:
    found = by_name(table([[70, 80]]))["0"]
    assert (found.shift, found.error, found.interval) == (
        -5,
        Unsaid.FEW_RATINGS,
        Unsaid.FEW_RATINGS,
    )


JUDGED = [
    [80, 82, 81, 79, 80],
    [70, 71, 69, 70, 72],
    [90, 91, 89, 60, 90],
    [60, 62, 61, 61, 59],
]


def test_a_rating_far_from_its_case_is_flagged_with_its_figures() -> None:
    # Distances of all twenty: their median is 0, the median of their sizes 1.
    found = outliers(table(JUDGED))
    (flag,) = found.flags
    assert (flag.rating.case, flag.rating.panellist) == ("case 2", "panellist 3")
    assert (flag.rating.value, flag.rating.others, flag.rating.distance) == (60, 90, -30)
    assert (found.usual, found.deviation, found.compared) == (0, Fraction(14826, 10_000), 20)
    assert flag.deviations == Fraction(-300_000, 14826)


@pytest.mark.parametrize(("rating", "flags"), [("84.82", 0), ("84.8", 1)])
def test_the_limit_is_three_and_a_half_deviations(rating: str, flags: int) -> None:
    # 3.5 times 1.4826 is 5.1891, and the others of that case have the median 90.
    rows = [[Fraction(rating) if each == 60 and case == 2 else each for each in row]
            for case, row in enumerate(JUDGED)]  # fmt: skip
    assert len(outliers(table(rows)).flags) == flags


def test_a_flag_changes_nothing() -> None:
    judged = table(JUDGED)
    before = {case: dict(row) for case, row in judged.cells.items()}
    result = agreement(judged, PLAIN)
    assert len(result.outliers.flags) == 1
    assert judged.cells == before
    assert result.means["case 2"].mean == 84


def test_one_odd_rating_among_equal_ones_is_flagged_by_the_mean_deviation() -> None:
    found = outliers(table([[80, 80, 80, 80, 80], [70, 70, 70, 70, 50], [60] * 5]))
    assert [each.rating.distance for each in found.flags] == [-20]
    assert found.deviation == Fraction(12533, 10_000) * Fraction(20, 15)


def test_two_ratings_of_a_case_flag_neither() -> None:
    assert outliers(table([[80, 20]] * 9)).compared == 0


def test_robust_deviation_of_equal_values_is_nothing() -> None:
    assert robust_deviation([Fraction(3)] * 4) == 0


def test_calibration_shows_each_beside_the_group() -> None:
    found = calibration(table([[80, 82, 78, 81, 79, 55, _], [90, _, _, _, _, _, 70]]), "case 0")
    assert found.spread is not None
    assert (found.spread.number, found.spread.median) == (6, Fraction(159, 2))
    assert [each.panellist[-1] for each in found.panellists if each.stands_out] == ["5"]
    strict = found.panellists[5]
    assert (strict.value, strict.others, strict.distance) == (55, 80, -25)
    assert (found.panellists[6].value, found.panellists[6].distance) == (
        Unsaid.NOT_RATED,
        Unsaid.NOT_RATED,
    )


@pytest.mark.parametrize(("row", "far"), [([80, 82, 81, 79, 20], 1), ([80, 82, 81, 20], 0)])
def test_calibration_judges_from_five_panellists_on(row: list[int], far: int) -> None:
    found = calibration(table([row]), "case 0")
    assert sum(each.stands_out for each in found.panellists) == far


def test_calibration_by_few_gives_distances_and_no_verdict() -> None:
    found = calibration(table([[80, 82, 20]]), "case 0")
    assert [each.distance for each in found.panellists] == [29, 32, -61]
    assert {each.deviations for each in found.panellists} == {Unsaid.FEW_OTHERS}
    assert not any(each.stands_out for each in found.panellists)


def test_calibration_by_one_alone_shows_a_rating_of_nothing_as_given() -> None:
    (found,) = calibration(table([[0]]), "case 0").panellists
    assert (found.value, found.others) == (0, Unsaid.NOBODY_ELSE)


def test_calibration_that_nobody_judged_yet() -> None:
    found = calibration(table([[80, 82]]), "another")
    assert found.spread is None
    assert {each.value for each in found.panellists} == {Unsaid.NOT_RATED}


@given(with_gaps())
def test_every_table_has_figures_or_reasons(rows: Matrix) -> None:
    found = agreement(table(rows), PLAIN)
    for each in found.correlations:
        for figure, interval in (
            (each.single, each.single_interval),
            (each.average, each.average_interval),
        ):
            if isinstance(figure, Unsaid) or isinstance(interval, Unsaid):
                continue
            assert interval[0] <= figure <= interval[1]


@given(with_gaps(), st.integers(1, 9), st.integers(-50, 50))
def test_another_unit_or_zero_changes_no_coefficient(rows: Matrix, unit: int, zero: int) -> None:
    moved = table([[each if each is None else each * unit + zero for each in row] for row in rows])
    for metric in Metric:
        assert alpha(moved, metric) == alpha(table(rows), metric)
    assert [each.single for each in correlations(moved)] == [
        each.single for each in correlations(table(rows))
    ]


@given(with_gaps(), st.integers(0, 5), st.integers(1, 30))
def test_who_rates_all_higher_moves_that_much(rows: Matrix, seat: int, more: int) -> None:
    seat %= len(rows[0])
    name = f"panellist {seat}"
    moved = table(
        [
            [
                each + more if each is not None and place == seat else each
                for place, each in enumerate(row)
            ]
            for row in rows
        ]
    )
    before = {each.panellist: each for each in severities(table(rows))}
    after = {each.panellist: each for each in severities(moved)}
    if name in before and isinstance(before[name].shift, Fraction):
        size = len(before[name].group)
        assert after[name].shift - before[name].shift == Fraction(more * (size - 1), size)
        assert after[name].error == before[name].error


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], Unsaid.FEW_CASES),
        ([[80, 90]], Unsaid.FEW_CASES),
        ([[80, _], [90, _]], Unsaid.FEW_CASES),
        ([[80, 80], [80, 80]], Unsaid.ALL_EQUAL),
    ],
)
def test_coefficients_that_cannot_be_said(rows: Matrix, reason: Unsaid) -> None:
    found = agreement(table(rows), PLAIN)
    assert set(found.alphas.values()) == {reason}
    assert {each.single for each in found.correlations} == {reason}
    assert {each.average_interval for each in found.correlations} == {reason}


def test_perfect_agreement_has_no_interval() -> None:
    for each in correlations(table([[80, 80], [90, 90], [70, 70]])):
        assert (each.single, each.average) == (1, 1)
        assert each.single_interval is Unsaid.NO_ERROR


def test_cases_that_do_not_differ_cannot_be_told_apart() -> None:
    one_way, agreeing = correlations(table([[70, 90], [90, 70]]))[:2]
    assert (one_way.single, one_way.average) == (-1, Unsaid.NO_DIFFERENCE)
    assert (agreeing.single, agreeing.single_interval) == (Unsaid.NO_DIFFERENCE,) * 2


def test_two_way_correlations_need_more_ratings_than_cases_and_panellists() -> None:
    found = correlations(table([[70, 90, _], [_, 70, 80]]))
    assert [each.single for each in found][1:] == [Unsaid.FEW_RATINGS, Unsaid.FEW_RATINGS]


def test_intervals_are_for_tables_without_gaps() -> None:
    found = correlations(table([[70, 72, _], [_, 90, 91], [60, _, 64], [66, 67, 67]]))
    assert {each.single_interval for each in found} == {Unsaid.INCOMPLETE}
    assert all(isinstance(each.single, Fraction) for each in found)
