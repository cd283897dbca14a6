"""Numbers of organisations that stand twice in a file, found without keeping the numbers.

Of each only 64 bits are kept. Equal bits make a row suspect; its number is then looked at again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from evaluator.scoring.columnar.arrays import Array

Hashes = npt.NDArray[np.uint64]

_WORD = 8
_SPREADING = np.uint64(0x9E3779B97F4A7C15)
"""An odd number, so that multiplying by it takes no two words to the same."""


def hashes_of(texts: pa.Array) -> Hashes:
    """Return 64 bits for each text, the same for equal texts everywhere; there are no nulls."""
    _, places, data = texts.cast(pa.string()).buffers()
    ends = np.frombuffer(places or bytes(4), np.int32)[texts.offset :][: len(texts) + 1]
    letters = np.frombuffer(data or b"", np.uint8)
    lengths = np.diff(ends)
    if len(lengths) and (lengths == lengths[0]).all():  # as numbers mostly are
        return _mixed(letters[ends[0] : ends[-1]].reshape(len(lengths), -1))
    order = np.argsort(lengths, kind="stable")
    found = np.empty(len(texts), np.uint64)
    for rows in np.split(order, np.flatnonzero(np.diff(lengths[order])) + 1):
        if len(rows):
            inside = ends[rows][:, np.newaxis] + np.arange(lengths[rows[0]])
            found[rows] = _mixed(letters[inside])
    return found


def _mixed(texts: npt.NDArray[np.uint8]) -> Hashes:
    """Return the bits of texts of one length, a row of letters each."""
    size, length = texts.shape
    words = np.zeros((size, -(-length // _WORD) * _WORD), np.uint8)
    words[:, :length] = texts
    found = np.full(size, length, np.uint64)
    for word in words.view(np.uint64).T:
        found = (found ^ word) * _SPREADING
        found ^= found >> np.uint64(32)
    return found


class Repeats:
    """What is kept of each part of a file; parts come in any order, perhaps from elsewhere."""

    def __init__(self) -> None:
        self.parts: dict[int, Hashes] = {}

    def add(self, part: int, hashes: Hashes) -> None:
        """Note the organisations of a part."""
        self.parts[part] = hashes

    def suspects(self) -> dict[int, Array]:
        """Return the places in each part whose bits stand more than once in the file."""
        order = sorted(self.parts)
        if not order:
            return {}
        everything = np.concatenate([self.parts[part] for part in order])
        ranked = np.sort(everything)
        doubled = np.unique(ranked[1:][ranked[1:] == ranked[:-1]])
        if not len(doubled):
            return {}
        return {
            part: places
            for part in order
            if len(places := np.flatnonzero(np.isin(self.parts[part], doubled)))
        }


def repeated(
    suspects: Mapping[int, Array], ids: Callable[[int], list[str]]
) -> dict[int, list[int]]:
    """Return the places of each part at which stand numbers that really are there twice.

    `ids` gives the numbers of a part, by their places.
    """
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for part, places in suspects.items():
        names = ids(part)
        for place in places.tolist():
            found[names[place]].append((part, place))
    doubled: dict[int, list[int]] = defaultdict(list)
    for part, place in sorted(each for group in found.values() if len(group) > 1 for each in group):
        doubled[part].append(place)
    return doubled
