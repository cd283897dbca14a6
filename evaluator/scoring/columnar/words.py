"""The groups of several parts of a round, numbered alike."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.columns import Group
from evaluator.scoring.reading import Raw


class Words:
    """Numbers the words of groups in the order in which they are first met."""

    def __init__(self, words: Iterable[Raw] = ()):
        self.codes: dict[Raw, int] = {}
        for each in words:
            self.codes.setdefault(each, len(self.codes))

    def __len__(self) -> int:
        return len(self.codes)

    def add(self, group: Group) -> Array:
        """Return the group of each organisation by these numbers; new words are added."""
        numbers = [self.codes.setdefault(each, len(self.codes)) for each in group.words]
        return np.take(np.array(numbers, np.int32), group.codes)

    def find(self, group: Group) -> Array:
        """Return the group of each organisation by these numbers, -1 where it has none."""
        numbers = [self.codes.get(each, -1) for each in group.words]
        return np.take(np.array(numbers, np.int32), group.codes)
