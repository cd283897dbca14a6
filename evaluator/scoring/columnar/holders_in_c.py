"""A piece of the holders of a limited level sifted by C: one look at each, and no array between."""

from __future__ import annotations

import ctypes
import threading
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.holders import Bracket, Holders, Sift, Sifted
from evaluator.scoring.columnar.kernel.native import library_of
from evaluator.scoring.columnar.threads import AT_ONCE

_SOURCE = """\
#include <stdint.h>
#include <string.h>
typedef int8_t i1;
typedef int16_t i2;
typedef int32_t i4;
typedef int64_t i8;
enum {{ ROWS = 192 }};  /* so that a byte counts them all */
/* What each counts: holding, falling, lower, near. */
void sift(const i1 *restrict level, const i{size} *restrict total, const i1 *restrict below,
          i1 *restrict after, i8 *restrict near, i8 *restrict totals, i8 *restrict counts,
          i8 start, i8 stop, i8 at_level, i8 from_level, i8 from_total, i8 to_total) {{
  const i1 held = (i1)at_level, least = (i1)from_level;
  const i{size} low = (i{size})from_total, high = (i{size})to_total;
  i8 found = 0;
  counts[0] = counts[1] = counts[2] = 0;
  for (i8 at = start; at < stop; at += ROWS) {{
    const int rows = stop - at < ROWS ? (int)(stop - at) : ROWS;
    i1 between[ROWS] = {{0}}, reaches[ROWS], exceeds[ROWS];
    uint8_t holding = 0, falling = 0, lower = 0;
    for (int i = 0; i < rows; i++) {{  /* apart: loops of one width make better vectors */
      reaches[i] = total[at + i] >= low;
      exceeds[i] = total[at + i] > high;
    }}
    for (int i = 0; i < rows; i++) {{
      const i1 mine = level[at + i], holds = mine == held;
      const i1 falls = holds & (reaches[i] ^ 1), lies_lower = (mine >= least) & (mine < held);
      between[i] = holds & reaches[i] & (exceeds[i] ^ 1);
      after[at + i] = falls | lies_lower ? below[at + i] : mine;
      holding += holds;
      falling += falls;
      lower += lies_lower;
    }}
    counts[0] += holding;
    counts[1] += falling;
    counts[2] += lower;
    for (int i = 0; i < ROWS; i += 8) {{
      uint64_t any;
      memcpy(&any, between + i, 8);
      if (__builtin_expect(any != 0, 0))
        for (int each = i; each < i + 8; each++) {{
          near[found] = at + each;
          totals[found] = total[at + each];
          found += between[each];
        }}
    }}
  }}
  counts[3] = found;
}}
"""


@dataclass(frozen=True)
class _InC:
    """Sifts by C, as `InNumpy` does by NumPy."""

    run: Any
    pointers: tuple[int, ...]
    limits: tuple[int, ...]

    def __call__(self, rows: slice) -> Sifted:
        room = _scratches
        self.run(*self.pointers, *room.pointers, rows.start, rows.stop, *self.limits)
        holding, falling, lower, number = room.counts.tolist()
        near, totals = room.near[:number].copy(), room.totals[:number].copy()
        return Sifted(holding, falling, lower, near, totals)


def in_c(holders: Holders, cut: Bracket, after: Array) -> Sift | None:
    """Return what sifts by C; None where it cannot be compiled or does not know the types."""
    levels = (holders.level, holders.below, after)
    arrays = (holders.level, holders.total, holders.below, after)
    plain = all(each.itemsize == 1 for each in levels)
    run = _compiled(holders.total.itemsize) if plain else None
    if run is None or not all(each.flags.c_contiguous for each in arrays):
        return None
    pointers = tuple(each.__array_interface__["data"][0] for each in arrays)
    return _InC(run, pointers, (holders.held, holders.least, cut.low, cut.high))


@cache
def _compiled(size: int) -> Any:
    library = library_of(_SOURCE.format(size=size))
    if library is None:
        return None
    run = library.sift
    run.argtypes = [ctypes.c_void_p] * 7 + [ctypes.c_int64] * 6
    run.restype = None
    return run


class _Scratch(threading.local):
    """Room for what a piece comes to, one more number than rows: one set a thread."""

    def __init__(self) -> None:
        self.near = np.empty(AT_ONCE + 1, np.int64)
        self.totals = np.empty(AT_ONCE + 1, np.int64)
        self.counts = np.empty(4, np.int64)
        self.pointers = [each.ctypes.data for each in (self.near, self.totals, self.counts)]


_scratches = _Scratch()
