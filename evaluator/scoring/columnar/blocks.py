"""Rows shared out among threads, a block at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

Block = Callable[[int, int], None]
"""Works out the rows from one number up to another."""


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def share_out(size: int, block: int, threads: int, worker: Callable[[], Block]) -> None:
    """Work all rows out in blocks; each thread makes a worker and takes the next block left.

    What fits into one block is worked out without starting a thread.
    """
    starts = iter(range(0, size, block))
    threads = min(threads, -(-size // block))

    def work() -> None:
        run = worker()
        for start in starts:
            run(start, min(start + block, size))

    if threads < 2:
        work()
        return
    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(work) for _ in range(threads)]:
            done.result()


def pieces(start: int, stop: int, whole: int) -> Iterator[tuple[int, int]]:
    """Split rows into a part of as many as can be divided by `whole`, and the few that are left."""
    middle = start + (stop - start) // whole * whole
    if middle > start:
        yield start, middle
    if stop > middle:
        yield middle, stop
