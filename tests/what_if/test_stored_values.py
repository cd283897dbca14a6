"""Values that are kept for trials are the same values, and as narrow as can be."""

from __future__ import annotations

import numpy as np
import pytest

from evaluator.scoring.columnar.kernel import Kernel
from evaluator.what_if.stored import stored

VALUES: dict[str, tuple[list[int], int]] = {
    "nothing": ([], 1),
    "one value": ([70_000, 70_000], 8),
    "few whole steps": ([1_000_000, 1_000_300, 1_012_700], 1),
    "a step that some do not share": ([1_000_000] * 2_000 + [1_000_050, 1_012_700], 2),
    "no step": ([-40_000, -39_999, 40_000], 4),
    "the whole range": ([-(2**62), 0, 2**62], 8),
    "narrow as they are": ([-3, 0, 90], 1),
}


@pytest.mark.parametrize("what", VALUES)
def test_stored_values_are_read_as_they_were(what: str) -> None:
    numbers, size = VALUES[what]
    values = np.array(numbers, np.int64)
    kept = stored(values)
    expression = kept.expression(0)
    found = Kernel([], [expression]).run([kept.array], len(values))[0]
    assert np.array_equal(found, values)
    assert len(values) == 0 or kept.array.dtype.itemsize == size


def test_what_is_narrow_already_is_not_copied() -> None:
    values = np.array([-3, 0, 90], np.int8)
    assert stored(values).array is values
    truths = values > 0
    assert np.shares_memory(stored(truths).array, truths)
