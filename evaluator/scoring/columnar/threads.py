"""Work on long arrays, shared among the cores that this process may use."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

import numpy as np

from evaluator.scoring.columnar.arrays import Array, Bools

_WORTH_SHARING = 200_000
"""Shorter arrays are done before a thread has woken up."""
AT_ONCE = 1 << 17
"""Elements that stay in the cache from one step of some work to the next."""

Result = TypeVar("Result")


@cache
def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def pool() -> ThreadPoolExecutor:
    """Return the threads of this process, one a core; NumPy lets them run at the same time."""
    return ThreadPoolExecutor(cores(), thread_name_prefix="columns")


def shared_out(work: Callable[[slice], Result], size: int) -> list[Result]:
    """Return what the work makes of each slice of `size` elements, in their order."""
    number = cores() if size >= _WORTH_SHARING else 1
    edges = [size * each // number for each in range(number + 1)]
    slices = [slice(edges[each], edges[each + 1]) for each in range(number)]
    if number == 1:
        return [work(slices[0])]
    return list(pool().map(work, slices))


def pieces(part: slice) -> Iterator[slice]:
    """Split a slice into pieces of `AT_ONCE` elements and a rest."""
    for start in range(part.start, part.stop, AT_ONCE):
        yield slice(start, min(start + AT_ONCE, part.stop))


def number_where(truths: Callable[[slice], Bools], size: int) -> int:
    """Return how many truths hold that are worked out for each piece of `size` elements.

    Truths are sooner counted than other threads have woken up.
    """
    return sum(int(np.count_nonzero(truths(piece))) for piece in pieces(slice(0, size)))


def numbers_of(truths: Bools) -> Array:
    """Return where truths hold, as `np.flatnonzero` does."""
    return numbers_where(lambda part: truths[part], len(truths))


def numbers_where(truths: Callable[[slice], Bools], size: int) -> Array:
    """Return where truths hold that are worked out for each slice of `size` elements."""
    parts = shared_out(lambda part: (np.flatnonzero(truths(part)), part.start), size)
    if len(parts) == 1:
        return parts[0][0]
    found = np.empty(sum(len(numbers) for numbers, _ in parts), np.int64)
    places = np.cumsum([0, *(len(numbers) for numbers, _ in parts)])

    def put(numbered: tuple[tuple[Array, int], int]) -> None:
        (numbers, start), place = numbered
        np.add(numbers, start, out=found[place : place + len(numbers)])

    list(pool().map(put, zip(parts, places.tolist(), strict=False)))
    return found


def taken(values: Array, numbers: Array) -> Array:
    """Return the values with some numbers."""
    found = shared_out(lambda part: values[numbers[part]], len(numbers))
    return found[0] if len(found) == 1 else np.concatenate(found)
