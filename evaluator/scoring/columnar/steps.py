"""The steps that moved organisations: from numbers to words, without an object for each of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evaluator.scoring.columnar.arrays import Array, narrow
from rules.syntax import Words

_SHORT = 1 << 16
_SEPARATORS = {"zh": "；", "en": "; "}


class StepWords:
    """Numbers every step that a rule set may take; 0 is none."""

    def __init__(self) -> None:
        self.words: list[Words] = [Words("")]

    def add(self, *words: Words) -> int:
        """Number some steps one after the other, and return the number of the first."""
        self.words += words
        return len(self.words) - len(words)


def step_sequences(
    stages: Sequence[Array], words: Sequence[Words], size: int
) -> tuple[Array, list[tuple[Words, ...]]]:
    """Return for each organisation the number of its steps in words, and what each number says.

    `stages` holds the numbers of steps, stage after stage, one element for each of `size`
    organisations. Only sequences that occur are returned, each once.
    """
    taken = np.zeros(size, np.int64)
    known: dict[tuple[Words, ...], int] = {(): 0}
    for stage in stages:
        moved = np.flatnonzero(stage)
        pairs = taken[moved] * len(words) + stage[moved]
        found, place = _distinct(pairs, len(known) * len(words))
        before = list(known)
        longer = [
            (*before[each // len(words)], words[each % len(words)]) for each in found.tolist()
        ]
        numbers = [known.setdefault(each, len(known)) for each in longer]
        taken[moved] = np.array(numbers, np.int64)[place]
    return _occurring(taken, list(known))


def _distinct(numbers: Array, end: int) -> tuple[Array, Array]:
    """Return the different numbers, all from 0 and below an end, and the place of each there.

    A table is several times as fast as sorting, but for where it would be far longer than the
    numbers.
    """
    if end > max(_SHORT, len(numbers)):
        return np.unique(numbers, return_inverse=True)
    seen = np.zeros(end, np.bool_)
    seen[numbers] = True
    return np.flatnonzero(seen), (np.cumsum(seen) - 1)[numbers]


def _occurring(
    taken: Array, known: Sequence[tuple[Words, ...]]
) -> tuple[Array, list[tuple[Words, ...]]]:
    """Number anew the sequences that somebody went all the way, not only a part of it."""
    used = np.flatnonzero(np.bincount(taken, minlength=len(known)))
    number = np.zeros(len(known), narrow(0, len(used)))
    number[used] = np.arange(len(used))
    return number[taken], [known[each] for each in used.tolist()]


def joined(sequences: Sequence[Sequence[Words]], language: str) -> list[str]:
    """Return each sequence as one text in `zh` or `en`."""
    separator = _SEPARATORS[language]
    return [separator.join(step.say(language) for step in each) for each in sequences]
