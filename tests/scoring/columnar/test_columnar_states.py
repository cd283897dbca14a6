"""Distinct rows with their numbers, however wide their values are."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.scoring.columnar.states import states_of

FAR = 2**61


def rows_of(low: int, high: int) -> st.SearchStrategy[list[tuple[int, int, int]]]:
    wide = st.integers(low, high) | st.sampled_from([low, high])
    return st.lists(st.tuples(st.integers(-2, 2), wide, wide), min_size=1, max_size=20)


@given(rows=rows_of(-3, 3) | rows_of(2**31 - 2, 2**31 + 2) | rows_of(-FAR, FAR))
def test_states_are_the_distinct_rows_in_order(rows: list[tuple[int, int, int]]) -> None:
    columns = [np.array(each, np.int64) for each in zip(*rows, strict=True)]
    found = states_of(columns)
    states = list(zip(*(each.tolist() for each in found.columns), strict=True))
    counted = Counter(rows)
    assert states == sorted(counted)
    assert found.weights.tolist() == [counted[each] for each in states]
    assert [states[number] for number in found.of_row] == rows


@given(rows=rows_of(-3, 3) | rows_of(-FAR, FAR), weight=st.integers(1, FAR // 32))
def test_weights_add_up_without_losing_a_unit(
    rows: list[tuple[int, int, int]], weight: int
) -> None:
    columns = [np.array(each, np.int64) for each in zip(*rows, strict=True)]
    found = states_of(columns, np.full(len(rows), weight))
    counted = Counter(rows)
    assert found.weights.tolist() == [weight * counted[each] for each in sorted(counted)]


def test_narrow_columns_do_not_wrap_where_they_are_packed() -> None:
    ends = np.array([-128, 127, -128, 127], np.int8)
    found = states_of([ends, ends[::-1].copy()])
    assert [each.tolist() for each in found.columns] == [[-128, 127], [127, -128]]


def test_long_columns_are_counted_as_short_ones() -> None:
    size = 400_001
    column = np.arange(size, dtype=np.int64) % 7
    found = states_of([column.astype(np.int8)])
    assert found.weights.tolist() == np.bincount(column).tolist()
    assert np.array_equal(found.columns[0][found.of_row], column)


@pytest.mark.parametrize("weights", [None, np.zeros(0, np.int64)])
def test_no_rows_have_no_states(weights: np.ndarray | None) -> None:
    found = states_of([np.zeros(0, np.int8)], weights)
    assert [len(each) for each in (found.columns[0], found.weights, found.of_row)] == [0, 0, 0]
