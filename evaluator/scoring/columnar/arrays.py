"""Arrays of whole numbers, each of the narrowest type that its bounds allow."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.signedinteger[Any]]
"""Whole numbers, one for each organisation."""
Bools = npt.NDArray[np.bool_]
"""One truth for each organisation."""

_TYPES = tuple(np.dtype(each) for each in (np.int8, np.int16, np.int32, np.int64))


def narrow(low: int, high: int) -> np.dtype[np.signedinteger[Any]]:
    """Return the narrowest signed type that holds every value from `low` to `high`."""
    for each in _TYPES:
        bounds = np.iinfo(each)
        if bounds.min <= low and high <= bounds.max:
            return each
    raise OverflowError(f"{low} to {high} needs more than 64 bits")
