"""The standing of organisations so far, and whether they applied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evaluator.files.columnar.facts import Marks
from evaluator.files.columnar.frames import Frame, encoded
from evaluator.files.plans import Plan
from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.reading import Raw, Unreadable


@dataclass(frozen=True)
class Standing:
    """`previous` is the index of the level held so far, -1 for none, `years` for how long."""

    previous: Array
    years: Array
    applied: Bools


def read_standing(frame: Frame, plan: Plan, levels: Sequence[str], flawed: Marks) -> Standing:
    """Return the standing of organisations; columns that are not there are empty throughout."""
    places = {level: place for place, level in enumerate(levels)}

    def read(key: str, empty: int, number: Callable[[Raw], int]) -> npt.NDArray[np.int8]:
        return _read(frame, plan, key, empty, number, flawed)

    return Standing(
        read("previous_level", -1, lambda word: places.get(str(word), -1)),
        read("years_at_level", 0, lambda years: int(str(years))),
        read("applied", 1, lambda applied: int(applied is not False)).astype(np.bool_),
    )


def _read(
    frame: Frame, plan: Plan, key: str, empty: int, number: Callable[[Raw], int], flawed: Marks
) -> npt.NDArray[np.int8]:
    if key not in plan.identity:
        return np.full(frame.size, empty, np.int8)
    column = encoded(frame.column(plan.identity[key]), frame.spelling)
    numbers = np.full(len(column.unique) + 1, empty, np.int8)
    bad = np.zeros(len(column.unique) + 1, np.bool_)
    for place, cell in enumerate(column.cells):
        try:
            if cell is not None:
                numbers[place] = number(plan.standing[key](cell))
        except Unreadable:
            bad[place] = True
    # An empty cell has the code -1, which is the last element.
    flawed.add(bad[column.codes])
    return numbers[column.codes]
