import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.numbers import (
    NotANumber,
    decimal_text,
    fraction_text,
    half_up,
    points_text,
    read_number,
    read_points,
)

INTEGERS = st.integers(-(10**18), 10**18)
POINTS = st.integers(-(10**12), 10**12)


@given(INTEGERS, st.integers(1, 10**9))
def test_half_up_equals_the_floor_of_the_exact_value_plus_one_half(numerator, denominator):
    exact = Fraction(numerator, denominator)
    assert half_up(numerator, denominator) == math.floor(exact + Fraction(1, 2))


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(1, 2, 1), (-1, 2, 0), (3, 2, 2), (-3, 2, -1), (5, 10, 1), (25, 10, 3), (-25, 10, -2)],
)
def test_half_up_at_one_half_goes_towards_plus_infinity(numerator, denominator, rounded):
    assert half_up(numerator, denominator) == rounded


@given(POINTS)
def test_points_come_back_from_their_text(points):
    assert read_points(points_text(points)) == points


@given(POINTS)
def test_points_text_is_the_shortest_exact_decimal(points):
    text = points_text(points)
    assert Fraction(text) == Fraction(points, 10_000)
    assert text == text.rstrip("0").rstrip(".") or "." not in text


@given(st.integers(0, 10**12), st.integers(0, 4))
def test_decimal_text_equals_decimal_half_up_for_points_not_below_zero(points, places):
    exact = Decimal(points).scaleb(-4)
    wanted = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert decimal_text(points, places) == f"{wanted:f}"


@pytest.mark.parametrize(
    ("points", "places", "text"),
    [
        (915_000, 2, "91.50"),
        (895_000, 0, "90"),
        (894_999, 0, "89"),
        (-5_000, 0, "0"),
        (-15_000, 1, "-1.5"),
        (-50, 2, "0.00"),
        (50, 2, "0.01"),
        (1, 4, "0.0001"),
    ],
)
def test_decimal_text_rounds_half_up(points, places, text):
    assert decimal_text(points, places) == text


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 15))
def test_number_is_read_exactly(digits, places):
    text = f"{Decimal(digits).scaleb(-places):f}"
    if len(text.lstrip("-").split(".")[0]) <= 15:
        assert read_number(text) == Fraction(digits, 10**places)
        assert read_number(text + "%") == Fraction(digits, 10**places * 100)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("-0.5", Fraction(-1, 2)),
        ("+3", 3),
        ("95%", Fraction(19, 20)),
        (" 7 ", 7),
        ("0.10", Fraction(1, 10)),
        ("007", 7),
    ],
)
def test_number_is_read_from_its_usual_spellings(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "1e3",
        "1,000",
        "0x10",
        ".5",
        "5.",
        "1_000",
        "nan",
        "inf",
        "1/3",
        "１２",
        "95 %",
        "1" * 16,
        "0." + "1" * 16,
        "--1",
        "٣",
    ],
)
def test_number_refuses_other_spellings(text):
    with pytest.raises(NotANumber):
        read_number(text)


@pytest.mark.parametrize("text", ["0.00001", "5%", "1.23456", "one"])
def test_points_refuse_more_than_four_places_and_percentages(text):
    with pytest.raises(NotANumber):
        read_points(text)


@given(st.fractions(), st.integers(0, 6))
def test_fraction_text_lies_within_half_a_unit_of_its_last_place(value, places):
    shown = Fraction(fraction_text(value, places))
    assert abs(shown - value) <= Fraction(1, 2 * 10**places)
    assert (shown * 10**places).denominator == 1
