"""Many different numbers or days that are written in the plainest way, read together.

What is written in any other way stays for those who read single texts: they know every way.
"""

from __future__ import annotations

import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evaluator.files.columnar.frames import bits
from evaluator.scoring.columnar.arrays import Array, Bools

_PLAIN = r"^-?[0-9]{1,12}(\.[0-9]{1,6})?$"
_PERCENT = r"^-?[0-9]{1,12}(\.[0-9]{1,6})?%$"
_KIND = pa.decimal128(18, 6)
PLACES = _KIND.scale
_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_EPOCH = datetime.date(1970, 1, 1).toordinal()


def plain_numbers(texts: pa.Array, percent: bool = False) -> tuple[Bools, pa.Array]:
    """Return which texts are numbers such as 12.5 (or 12.5%), and these as decimals."""
    fitting = _fitting(texts, _PERCENT if percent else _PLAIN)
    return fitting, pc.utf8_rtrim(texts.filter(pa.array(fitting)), "%").cast(_KIND)


def plain_days(texts: pa.Array) -> tuple[Bools, Array]:
    """Return which texts look like 2026-01-31, and their ordinals, 0 where there is no such day."""
    fitting = _fitting(texts, _DAY)
    chosen = texts.filter(pa.array(fitting))
    letters = np.frombuffer(chosen.buffers()[2] or b"", np.uint8)[: 10 * len(chosen)]
    digits = letters.reshape(-1, 10).astype(np.int64) - ord("0")
    year = digits[:, :4] @ (1000, 100, 10, 1)
    month, day = (digits[:, place : place + 2] @ (10, 1) for place in (5, 8))
    months = ((year - 1970) * 12 + month - 1).astype("M8[M]")
    first, following = (
        each.astype("M8[D]").astype(np.int64) for each in (months, months + np.timedelta64(1, "M"))
    )
    good = (year > 0) & (month > 0) & (month <= 12) & (day > 0) & (day <= following - first)
    return fitting, np.where(good, first + day - 1 + _EPOCH, 0)


def _fitting(texts: pa.Array, shape: str) -> Bools:
    return bits(pc.fill_null(pc.match_substring_regex(texts, shape), False))
