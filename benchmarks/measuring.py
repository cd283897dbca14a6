"""What every benchmark reports, and how two sides are timed fairly."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter, process_time
from typing import Any

REPETITIONS = 5
LEAST_SECONDS = 0.1


@dataclass(frozen=True)
class Measured:
    """One comparison; `ratio` is how many times faster ours is, or by how much it keeps a limit."""

    name: str
    ours: float
    peer: float
    peer_name: str
    unit: str
    ratio: float
    goal: float

    def as_json(self) -> dict[str, Any]:
        """Return the row as `benchmarks/latest.json` holds it."""
        return {**asdict(self), "met": self.ratio >= self.goal}


def rate(work: Callable[[], int]) -> float:
    """Return how many pieces of work are done a CPU second."""
    start = process_time()
    done = work()
    return done / (process_time() - start)


@contextmanager
def own_garbage() -> Iterator[None]:
    """Let a side pay for collecting its own garbage, and not for what its peers left or hold.

    Without it one full collection of what WeasyPrint left behind took as long as half of our
    thousand certificates, and fell on whichever side came next.
    """
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def interleaved(*sides: Callable[[], int]) -> list[float]:
    """Return each side's median rate; the sides take turns, so that noise hits all alike."""
    rates: list[list[float]] = [[] for _ in sides]
    for side in sides:
        side()
    for _ in range(REPETITIONS):
        for side, found in zip(sides, rates, strict=True):
            with own_garbage():
                found.append(rate(side))
    return [median(found) for found in rates]


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes by the clock on the wall, whatever its threads do.

    Short work is repeated, so that noise hits short and long work alike.
    """
    start, times = perf_counter(), 0
    while times == 0 or perf_counter() - start < LEAST_SECONDS:
        work()
        times += 1
    return (perf_counter() - start) / times


def interleaved_seconds(*sides: Callable[[], object]) -> list[float]:
    """Return each side's median time by the clock on the wall; the sides take turns."""
    times: list[list[float]] = [[] for _ in sides]
    for side in sides:
        side()
    for _ in range(REPETITIONS):
        for side, found in zip(sides, times, strict=True):
            with own_garbage():
                found.append(seconds(side))
    return [median(found) for found in times]
