"""Quotients against fractions.Fraction: exact, and inside their ranges."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import integers, quotients
from rules.integers import const, slot
from rules.quotients import Quotient, constant

SLOTS = [(0, 40), (-9, 9), (1, 30), (0, 1)]
VALUES = st.tuples(*(st.integers(low, high) for low, high in SLOTS))
PAIRS = {
    "add": (quotients.add, lambda a, b: a + b),
    "sub": (quotients.sub, lambda a, b: a - b),
    "mul": (quotients.mul, lambda a, b: a * b),
    "minimum": (quotients.minimum, min),
    "maximum": (quotients.maximum, max),
}
COMPARED = {
    "less": (quotients.less, lambda a, b: a < b),
    "at_most": (quotients.at_most, lambda a, b: a <= b),
    "equal": (quotients.equal, lambda a, b: a == b),
}


@st.composite
def trees(draw, depth=3):
    """Return a quotient and the function that works its value out with fractions."""
    if depth == 0 or draw(st.integers(0, 4)) == 0:
        return draw(leaves())
    (a, exact_a), (b, exact_b) = draw(trees(depth=depth - 1)), draw(trees(depth=depth - 1))
    kind = draw(st.sampled_from([*PAIRS, "div", "where"]))
    if kind in PAIRS:
        build, exact = PAIRS[kind]
        return build(a, b), lambda values: exact(exact_a(values), exact_b(values))
    if kind == "where":
        return (
            quotients.where(slot(3, 0, 1), a, b),
            lambda values: exact_a(values) if values[3] else exact_b(values),
        )
    positive = quotients.maximum(b, constant(Fraction(1, 3)))
    return (
        quotients.div(a, positive),
        lambda values: exact_a(values) / max(exact_b(values), Fraction(1, 3)),
    )


@st.composite
def leaves(draw):
    number = draw(st.integers(0, 2))
    if draw(st.booleans()):
        value = draw(st.fractions(-5, 5, max_denominator=20))
        return constant(value), lambda values: value
    scale = draw(st.sampled_from([1, 10, 100]))
    return (
        Quotient(slot(number, *SLOTS[number]), const(scale)),
        lambda values: Fraction(values[number], scale),
    )


def value_of(quotient: Quotient, values: tuple[int, ...]) -> Fraction:
    slots = dict(enumerate(values))
    return Fraction(integers.value_of(quotient.num, slots), integers.value_of(quotient.den, slots))


@given(trees(), VALUES)
def test_value_equals_the_exact_fraction(tree, values):
    quotient, exact = tree
    assert value_of(quotient, values) == exact(values)


@given(trees(), VALUES)
def test_value_lies_between_low_and_high(tree, values):
    quotient, exact = tree
    assert quotient.low <= exact(values) <= quotient.high


@given(trees(), VALUES)
def test_rounding_equals_rounding_of_the_exact_fraction(tree, values):
    quotient, exact = tree
    slots = dict(enumerate(values))
    value = exact(values)
    found = {
        name: integers.value_of(make(quotient), slots)
        for name, make in [
            ("floor", quotients.floor),
            ("ceil", quotients.ceil),
            ("half_up", quotients.half_up),
            ("rounded", lambda each: quotients.rounded(each, 5)),
        ]
    }
    assert found == {
        "floor": math.floor(value),
        "ceil": math.ceil(value),
        "half_up": math.floor(value + Fraction(1, 2)),
        "rounded": 5 * math.floor(value / 5 + Fraction(1, 2)),
    }


@given(trees(depth=2), trees(depth=2), VALUES)
def test_comparison_equals_comparison_of_exact_fractions(one, other, values):
    (a, exact_a), (b, exact_b) = one, other
    slots = dict(enumerate(values))
    for build, exact in COMPARED.values():
        found = integers.value_of(build(a, b), slots)
        assert found == exact(exact_a(values), exact_b(values))


def test_share_that_was_clamped_reaches_one_at_most():
    """Ranges of numerator and denominator alone would let it reach 40."""
    share = quotients.div(
        quotients.whole(slot(0, 0, 40)), quotients.whole(integers.maximum(slot(1, 0, 9), const(1)))
    )
    clamped = quotients.minimum(share, constant(1))
    assert (clamped.low, clamped.high) == (0, 1)
    assert quotients.mul(clamped, constant(5)).high == 5


def test_sums_and_differences_of_a_varying_quotient_have_close_bounds():
    share = quotients.div(quotients.whole(slot(0, 0, 40)), quotients.whole(slot(2, 1, 30)))
    rest = quotients.sub(constant(1), share)
    more = quotients.add(constant(1), share)
    assert (rest.low, rest.high) == (-39, 1)
    assert (more.low, more.high) == (1, 41)


def test_division_by_what_may_be_zero_is_refused():
    with pytest.raises(ZeroDivisionError):
        quotients.div(constant(1), quotients.whole(slot(0, 0, 9)))


def test_division_by_a_negative_constant_is_exact():
    assert quotients.div(constant(3), constant(-2)).low == Fraction(-3, 2)
