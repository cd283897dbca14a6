"""Arrays for results, used again as soon as nobody holds what was in them."""

from __future__ import annotations

import sys
from collections.abc import Hashable
from typing import Any

import numpy as np
import numpy.typing as npt

_OURS = 2
"""References to an array that nobody else holds: a name here, and an argument."""


class Rooms:
    """Keeps the array of each purpose; one that somebody still looks at is left to them.

    The first use of memory takes longer than most of what is worked out there, and an array of
    millions is given back to the system as soon as it is let go.
    """

    def __init__(self) -> None:
        self._rooms: dict[Hashable, npt.NDArray[Any]] = {}

    def room(self, purpose: Hashable, size: int, dtype: npt.DTypeLike) -> npt.NDArray[Any]:
        """Return an array of so many elements that holds anything, and that nobody else has."""
        # Taken out, so that no other thread comes by the same array.
        room = self._rooms.pop(purpose, None)
        if room is None or len(room) != size or sys.getrefcount(room) > _OURS:
            room = np.empty(size, dtype)
        self._rooms[purpose] = room
        return room[:]
