"""Arithmetic on lists that stand one after the other, where it could go wrong silently."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from list_columns import offsets_of

from evaluator.scoring.columnar.lists.segments import highest, order_within, run_starts, sums

LOWEST, HIGHEST = -(2**63), 2**63 - 1
lists_of_numbers = st.lists(
    st.lists(st.integers(-2, 2) | st.sampled_from([LOWEST, HIGHEST]), max_size=5), max_size=6
)


def flat(lists: list[list[int]]) -> Any:
    return np.array([value for each in lists for value in each], np.int64)


@given(lists_of_numbers)
def test_each_list_is_put_in_order_however_wide_its_values(lists: list[list[int]]) -> None:
    order = order_within(flat(lists), offsets_of(lists))
    assert flat(lists)[order].tolist() == flat([sorted(each) for each in lists]).tolist()
    assert sorted(order.tolist()) == list(range(len(flat(lists))))


@given(lists_of_numbers)
def test_highest_of_each_list_and_nothing_of_its_neighbours(lists: list[list[int]]) -> None:
    expected = [max(each, default=0) for each in lists]
    assert highest(flat(lists), offsets_of(lists)).tolist() == expected


@given(lists_of_numbers)
def test_runs_end_with_their_list(lists: list[list[int]]) -> None:
    expected = [
        place == 0 or each[place] != each[place - 1] for each in lists for place in range(len(each))
    ]
    assert run_starts(flat(lists), offsets_of(lists)).tolist() == expected


@pytest.mark.parametrize("kind", [np.int8, np.int64])
def test_sums_hold_though_those_of_all_lists_together_would_not(kind: type) -> None:
    most = int(np.iinfo(kind).max)
    lists = [[most], [], [most, 0], [most, -1], [-most]]
    values = flat(lists).astype(kind)
    assert sums(values, offsets_of(lists)).tolist() == [most, 0, most, most - 1, -most]
