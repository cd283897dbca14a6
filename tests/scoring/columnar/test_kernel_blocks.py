"""Rows in blocks and threads: whatever the number of rows, each is worked out once and rightly."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import get_ident

import numpy as np
import pytest

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.kernel import Engine, Kernel, blocks, running
from evaluator.scoring.columnar.kernel.blocks import LINE, pieces, share_out
from evaluator.scoring.columnar.threads import pool
from rules import integers
from rules.integers import Int, const, slot

BLOCK = 2 * LINE
SIZES = [
    0,
    1,
    LINE - 1,
    LINE,
    LINE + 1,
    BLOCK - 1,
    BLOCK,
    BLOCK + 1,
    BLOCK + 8,
    2 * BLOCK - 1,
    5 * BLOCK + 123,
]


def expression() -> Int:
    """Return a value that needs every width, a bound and a division."""
    first, second = slot(0, 0, 100), slot(1, -50_000, 50_000)
    bounded = integers.clamp(integers.mul(first, second), -70_000, 70_001)
    return integers.floordiv(integers.add(bounded, first), integers.maximum(first, const(3)))


def columns(size: int) -> list[Array]:
    chance = np.random.default_rng(size)
    return [
        chance.integers(0, 100, size, np.int8, endpoint=True),
        chance.integers(-50_000, 50_000, size, np.int32, endpoint=True),
    ]


@pytest.mark.parametrize("engine", ["numpy", "native"])
@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("size", SIZES)
def test_every_row_is_right_whatever_the_number_of_rows(
    engine: Engine, threads: int, size: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(running, "BLOCK", BLOCK)
    monkeypatch.setattr(running, "cores", lambda: threads)
    made = columns(size)
    first, second = (each.astype(np.int64) for each in made)
    bounded = np.clip(first * second, -70_000, 70_001)
    expected = (bounded + first) // np.maximum(first, 3)
    (found,) = Kernel([], [expression()], engine=engine).run(made, size)
    assert np.array_equal(found, expected)


@pytest.mark.parametrize("size", SIZES)
def test_blocks_meet_and_none_is_longer_than_asked_for(size: int) -> None:
    seen: list[tuple[int, int]] = []
    share_out(size, BLOCK, 2, lambda: lambda start, stop: seen.append((start, stop)))
    seen.sort()
    assert [start for start, _ in seen] == [0, *(stop for _, stop in seen[:-1])]
    assert seen[-1][1] == size
    assert max(stop - start for start, stop in seen) <= BLOCK


def test_few_rows_start_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    worked: list[tuple[int, int, int]] = []

    def asked_for_threads() -> ThreadPoolExecutor:
        asked.append(1)
        return pool()

    def work(start: int, stop: int) -> None:
        worked.append((start, stop, get_ident()))

    monkeypatch.setattr(blocks, "pool", asked_for_threads)
    share_out(2_400, 1 << 17, 8, lambda: work)
    assert (worked, asked) == ([(0, 2_400, get_ident())], [])
    share_out(1 << 18, 1 << 17, 2, lambda: work)
    assert asked == [1]


def test_failure_in_a_thread_is_not_lost() -> None:
    def fail(start: int, stop: int) -> None:
        raise ArithmeticError(start)

    with pytest.raises(ArithmeticError):
        share_out(10 * BLOCK, BLOCK, 2, lambda: fail)


def test_pieces_are_whole_lines_and_a_rest() -> None:
    assert list(pieces(LINE, 3 * LINE + 5)) == [(LINE, 3 * LINE), (3 * LINE, 3 * LINE + 5)]
    assert list(pieces(7, 7)) == []
