"""The kernel against the interpreter: random expressions, every type filled to its ends."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_expressions import BOUNDS, Case, cases, columns, ladders, rows_of

from evaluator.scoring.columnar.arrays import Array, narrow
from evaluator.scoring.columnar.kernel import Kernel
from evaluator.scoring.columnar.kernel.plan import planned
from rules import integers
from rules.integers import Int, const, slot

SEEDS = st.integers(0, 2**32)


def checked(case: Case, kernel: Kernel, made: list[Array]) -> None:
    """Compare every wanted value of every row, and the types."""
    size = len(made[0])
    found = kernel.run(made, size)
    expected = [case.values(row) for row in rows_of(made)]
    assert [each.tolist() for each in found] == [list(each) for each in zip(*expected, strict=True)]
    assert [each.dtype for each in found] == [narrow(each.low, each.high) for each in case.wanted]


@settings(max_examples=300)
@given(case=cases(), seed=SEEDS)
def test_any_expression_comes_to_what_it_means(case: Case, seed: int) -> None:
    checked(case, Kernel(case.definitions, case.wanted), columns(40, seed))


@settings(max_examples=100)
@given(case=cases(), seed=SEEDS, data=st.data())
def test_known_slots_change_nothing_but_what_is_read(
    case: Case, seed: int, data: st.DataObject
) -> None:
    chosen = data.draw(st.sets(st.integers(0, len(BOUNDS) - 1)))
    known = {number: data.draw(st.sampled_from(BOUNDS[number])) for number in sorted(chosen)}
    made = [
        np.full_like(each, known[number]) if number in known else each
        for number, each in enumerate(columns(12, seed))
    ]
    kernel = Kernel(case.definitions, case.wanted, known)
    assert not kernel.slots & set(known)
    checked(case, kernel, made)


@settings(max_examples=200)
@given(node=ladders())
def test_ladder_comes_to_what_it_means_for_every_value(node: Int) -> None:
    made = [each.ravel() for each in np.mgrid[-3:5, -3:5].astype(np.int8)]
    checked(Case((), (node,)), Kernel([], [node]), made)


def test_value_that_a_known_slot_cannot_have_is_refused() -> None:
    with pytest.raises(ValueError, match="slot 0 cannot be 7"):
        Kernel([], [slot(0, 0, 1)], {0: 7})


def test_slots_that_no_longer_matter_may_be_none() -> None:
    chosen = integers.where(slot(0, 0, 1), slot(1, 0, 9), slot(2, 0, 9))
    kernel = Kernel([], [chosen], {0: 1})
    assert kernel.slots == {1}
    (found,) = kernel.run([None, np.array([3, 4], np.int8), None], 2)
    assert found.tolist() == [3, 4]


def test_slots_may_be_truths_and_views_that_cannot_be_written() -> None:
    wide = np.arange(20, dtype=np.int8)
    wide.flags.writeable = False
    added = integers.add(slot(0, 0, 1), slot(1, 0, 100))
    kernel = Kernel([], [added, slot(0, 0, 1)])
    total, bit = kernel.run([np.array([True, False] * 5), wide[::2]], 10)
    assert total.tolist() == [1, 2, 5, 6, 9, 10, 13, 14, 17, 18]
    assert (bit.dtype, bit.tolist()) == (np.int8, [1, 0] * 5)


def test_slots_of_another_width_are_read_as_what_they_hold() -> None:
    doubled = integers.mul(slot(0, 0, 100), const(2))
    (found,) = Kernel([], [doubled]).run([np.array([100, 7], np.int64)], 2)
    assert (found.dtype, found.tolist()) == (np.int16, [200, 14])


def test_what_is_wanted_is_new_even_where_it_is_a_slot_or_wanted_twice() -> None:
    column = np.array([1, 2], np.int8)
    value = slot(0, 0, 9)
    first, second = Kernel([], [value, value]).run([column], 2)
    first[0], second[0] = 5, 6
    assert (column.tolist(), first.tolist(), second.tolist()) == ([1, 2], [5, 2], [6, 2])


def test_constant_is_as_long_as_there_are_organisations() -> None:
    (found,) = Kernel([], [const(300)]).run([], 3)
    assert (found.dtype, found.tolist()) == (np.int16, [300] * 3)


@pytest.mark.parametrize(
    ("low", "high", "by", "expected"),
    [
        (-128, 127, 10, [-13, -1, 0, 12]),
        (-32_768, 32_767, 100, [-328, -1, 0, 327]),
        (-(2**31), 2**31 - 1, 1_000, [-2_147_484, -1, 0, 2_147_483]),
    ],
)
def test_division_rounds_down_below_zero(low: int, high: int, by: int, expected: list[int]) -> None:
    made = np.array([low, -1, 0, high], narrow(low, high))
    for divisor in (const(by), slot(1, by, by + 1)):
        kernel = Kernel([], [integers.floordiv(slot(0, low, high), divisor)])
        (found,) = kernel.run([made, np.full(4, by, narrow(by, by + 1))], 4)
        assert found.tolist() == expected


def test_intermediate_values_are_as_wide_as_they_need_to_be() -> None:
    a = slot(0, 0, 100)
    product: Int = integers.mul(a, slot(1, 0, 100))
    back = integers.floordiv(product, slot(2, 100, 101))
    (found,) = Kernel([], [back]).run([np.array([100], np.int8)] * 3, 1)
    assert (found.dtype, found.tolist()) == (np.int8, [100])


def test_share_that_is_cut_off_at_its_measure_is_known_to_be_narrow() -> None:
    """Three points for what attended against nine tenths of what was expected."""
    attended, expected = slot(0, 0, 10_000), slot(1, 1, 10_000)
    full = integers.mul(expected, const(9))
    reached = integers.minimum(integers.mul(attended, const(10)), full)
    points = integers.floordiv(integers.mul(reached, const(300)), full)
    (value,) = planned([], [points], {}).values
    assert (value.low, value.high) == (0, 300)


def test_divisor_made_of_what_is_negative_bounds_nothing() -> None:
    turned = integers.mul(slot(0, -10, -1), const(-1))
    quotient = integers.floordiv(slot(1, 0, 1_000), turned)
    kernel = Kernel([], [integers.at_most(const(500), quotient)])
    (found,) = kernel.run([np.array([-1, -10], np.int8), np.full(2, 1_000, np.int16)], 2)
    assert found.tolist() == [1, 0]
