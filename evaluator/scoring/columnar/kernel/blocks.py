"""Rows shared out among threads, a block at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import wait

from evaluator.scoring.columnar.threads import pool

LINE = 4096
"""Blocks end after so many rows, or a multiple of them, but for the last one."""
WORTH_A_THREAD = 1 << 15
"""Fewer rows are done before a thread has woken up."""
Block = Callable[[int, int], None]
"""Works out the rows from one number up to another."""


def share_out(size: int, block: int, threads: int, worker: Callable[[], Block]) -> None:
    """Work all rows out in blocks; each thread makes a worker and takes the next block left.

    Blocks are about equally long, `block` rows at most, which must be a multiple of `LINE`; what
    fits into one starts no thread.
    """
    ends = _ends(size, block, threads)
    starts = iter(zip([0, *ends[:-1]], ends, strict=True))

    def work() -> None:
        run = worker()
        for start, stop in starts:
            run(start, stop)

    threads = min(threads, len(ends))
    if threads < 2:
        work()
        return
    others = [pool().submit(work) for _ in range(threads - 1)]
    try:
        work()
    finally:
        wait(others)
    for each in others:
        each.result()


def _ends(size: int, block: int, threads: int) -> list[int]:
    """Return where each block ends: one at least, and one for each thread that is worth waking."""
    count = max(-(-size // block), min(threads, size // WORTH_A_THREAD), 1)
    return [-(-size * number // (count * LINE)) * LINE for number in range(1, count)] + [size]


def pieces(start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Split rows into whole lines and the few that are left."""
    middle = start + (stop - start) // LINE * LINE
    if middle > start:
        yield start, middle
    if stop > middle:
        yield middle, stop
