"""A cut looked for where it was: between totals near one another, and there in fact."""

from __future__ import annotations

import numpy as np
import pytest

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.holders import Bracket
from evaluator.scoring.columnar.sifting import sampled
from evaluator.what_if.shifted import Sample, shifted

SIZE, HELD = 400_000, 2


def drawn() -> tuple[Array, Array]:
    chance = np.random.default_rng(2026)
    level = chance.integers(-1, HELD, SIZE, np.int8, endpoint=True)
    return level, chance.integers(0, 10**6, SIZE, np.int32)


def found(level: Array, total: Array, more: int, room: int) -> tuple[Bracket, Array]:
    """Return the bracket when some have so much more, and the totals of all holders then."""
    new, some = total.copy(), sampled(SIZE)
    new[np.random.default_rng(SIZE).integers(0, 10, SIZE) == 0] += more
    held = np.sort(total[level == HELD])
    old_sample, new_sample = Sample(level[some], total[some]), Sample(level[some], new[some])
    cut = shifted(old_sample, new_sample, held, HELD, room, SIZE)
    return cut, np.sort(new[level == HELD])


@pytest.mark.parametrize("more", [-20_000, -300, 0, 300, 20_000])
@pytest.mark.parametrize("room", [20_000, 50_000, 90_000])
def test_few_are_left_to_be_compared(more: int, room: int) -> None:
    cut, totals = found(*drawn(), more, room)
    assert cut.low <= totals[len(totals) - room] <= cut.high
    assert np.count_nonzero((totals >= cut.low) & (totals <= cut.high)) < SIZE // 100


@pytest.mark.parametrize("room", [0, SIZE])
def test_where_nobody_was_at_a_cut_a_sample_alone_says_where_it_is(room: int) -> None:
    cut, totals = found(*drawn(), 0, room)
    above, inside = totals > cut.high, (totals >= cut.low) & (totals <= cut.high)
    assert np.count_nonzero(above) <= room <= np.count_nonzero(above | inside) or room == SIZE


def test_at_the_ends_a_bracket_is_open() -> None:
    level, total = drawn()
    limits = Bracket.limits(total)
    assert (limits.low, limits.high) == (-(2**31), 2**31 - 1)
    assert found(level, total, 0, 1)[0].high == limits.high
