"""Long arrays shared among threads: the same as in one piece."""

from __future__ import annotations

import numpy as np
import pytest

from evaluator.scoring.columnar import threads
from evaluator.scoring.columnar.threads import numbers_of, numbers_where, taken

SIZES = [0, 1, 7, 1_000]


@pytest.fixture(autouse=True)
def worth(monkeypatch: pytest.MonkeyPatch) -> None:
    """Share arrays of five elements and more."""
    monkeypatch.setattr(threads, "_WORTH_SHARING", 5)
    monkeypatch.setattr(threads, "cores", lambda: 3)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("every", [1, 3, 2_000])
def test_numbers_are_those_of_the_whole(size: int, every: int) -> None:
    truths = np.arange(size) % every == every - 1
    assert numbers_of(truths).tolist() == np.flatnonzero(truths).tolist()


def test_truths_are_asked_for_slice_by_slice() -> None:
    values = np.arange(100) % 7
    found = numbers_where(lambda part: values[part] == 3, 100)
    assert found.tolist() == list(range(3, 100, 7))


@pytest.mark.parametrize("size", SIZES)
def test_values_are_taken_in_the_order_of_their_numbers(size: int) -> None:
    values = np.arange(size, dtype=np.int16) * 3
    numbers = np.arange(size)[::-1]
    found = taken(values, numbers)
    assert (found.dtype, found.tolist()) == (np.int16, values[::-1].tolist())
