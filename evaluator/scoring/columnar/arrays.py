"""Arrays of whole numbers, each of the narrowest type that its bounds allow."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.signedinteger[Any]]
"""Whole numbers, one for each organisation."""
Bools = npt.NDArray[np.bool_]
"""One truth for each organisation."""

SIGNED: dict[int, np.dtype[np.signedinteger[Any]]] = {
    1: np.dtype(np.int8),
    2: np.dtype(np.int16),
    4: np.dtype(np.int32),
    8: np.dtype(np.int64),
}
"""The signed types by their size in bytes."""


def narrow(low: int, high: int) -> np.dtype[np.signedinteger[Any]]:
    """Return the narrowest signed type that holds every value from `low` to `high`."""
    return SIGNED[bytes_for(low, high)]


def bytes_for(low: int, high: int) -> int:
    """Return the size in bytes of that type; raises OverflowError where there is none."""
    for size in SIGNED:
        half = 1 << (8 * size - 1)
        if -half <= low and high < half:
            return size
    raise OverflowError(f"{low} to {high} needs more than 64 bits")
