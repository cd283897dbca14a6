"""Rounds on which the two paths are compared, each found again by its seed."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from comparison import Difference, differences
from random_organisations import organisations
from random_rule_sets import accepted, seeded

from evaluator.scoring.round import Category, Entry
from rules.loader import load_text

SIZES = (30, 1, 2, 7, 60, 120, 300)
_ROUNDS = 2
_AGAIN = 0.02
"""So many rounds are repeated until they are large, which takes its time."""


@dataclass(frozen=True)
class Trial:
    """A rule set with organisations; the columnar path takes them in parts cut at `edges`."""

    seed: int
    text: str
    category: Category
    entries: Sequence[Entry]
    edges: Sequence[int] = ()
    again: bool = False

    def differences(self) -> list[Difference]:
        """Return how the paths differ; an exception of either is a difference too."""
        try:
            return differences(self.category, self.entries, self.edges, self.again)
        except Exception as error:
            place = "".join(traceback.format_exception(error)[-4:])
            return [Difference("raised", type(error).__name__, "", place)]

    def made_anew(self) -> Trial:
        """Return the same with its rule set made ready again, by code that has changed since."""
        return replace(self, category=Category(load_text(self.text)))


def trials(seed: int, sizes: Sequence[int] = SIZES, rounds: int = _ROUNDS) -> Iterator[Trial]:
    """Yield the rounds of a seed: one rule set, and organisations of different kinds."""
    random = seeded(seed)
    text, category = accepted(random)
    for _ in range(rounds):
        entries = organisations(category, text, random, random.choice(sizes))
        cuts = random.choice((0, 0, 1, 2))
        inner = range(1, len(entries))
        edges = sorted(random.sample(inner, min(cuts, len(inner))))
        yield Trial(seed, text, category, entries, edges, again=random.random() < _AGAIN)
