"""The limit: the bytes of all facts read once from memory, half of each column by each thread.

NumPy's maximum over 64-bit words runs at the speed of memory: adding up the words, or copying
them into a buffer that stays in the cache, takes the same time within some percent. The maximum
of int8 values as such does too, where vectors are wide enough. Every byte is fetched; as there
are more than the caches hold, each pass fetches all of them anew.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from benchmarks.nation.population import THREADS, Columns

WORD = 8


def prepare(columns: Columns) -> Callable[[], int]:
    """Return what reads everything once; it comes to some number, so that nothing is left out."""
    halves = [_part(columns, number) for number in range(THREADS)]
    threads = ThreadPoolExecutor(THREADS)
    return lambda: max(threads.map(_highest, halves))


def _part(columns: Columns, number: int) -> list[npt.NDArray[np.int64]]:
    return [np.array_split(_words(column), THREADS)[number] for column in columns.values()]


def _words(column: npt.NDArray[np.generic]) -> npt.NDArray[np.int64]:
    """Return a column as 64-bit words, but for some bytes at its end."""
    length = column.nbytes // WORD * WORD
    return column.view(np.int8)[:length].view(np.int64)


def _highest(parts: list[npt.NDArray[np.int64]]) -> int:
    return max(int(each.max()) for each in parts)
