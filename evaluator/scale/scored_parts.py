"""Quotas and certificates of a round whose parts are on disk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa

from evaluator.scale.checkpoints import Checkpoints
from evaluator.scale.result_tables import has_certificate
from evaluator.scale.serials import Holders, numbered
from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.awards import award
from evaluator.scoring.columnar.columns import Group
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.outcome import Decided, Outcome
from evaluator.scoring.columnar.words import Words
from evaluator.scoring.quotas import QuotaReport


@dataclass(frozen=True)
class Awarded:
    """The outcome of one category in all parts together, and where each part's begins."""

    outcome: Outcome
    reports: list[QuotaReport]
    numbers: Sequence[int]
    begins: Sequence[int]

    def of_part(self, number: int, decided: Decided) -> Outcome:
        """Return the outcome of one part, given what it came to before quotas."""
        begin = self.begins[self.numbers.index(number)]
        end = begin + decided.size
        steps = []
        for who, step in self.outcome.quota_steps:
            first, last = np.searchsorted(who, [begin, end])
            steps.append((who[first:last] - begin, step[first:last]))
        return Outcome(decided, self.outcome.final[begin:end], steps)


def award_category(category: str, engine: Engine, kept: Checkpoints, parts: int) -> Awarded:
    """Return the levels of a category after quotas; only narrow columns are held in memory."""
    numbers, found = [], []
    for number in range(parts):
        if category in kept.found(number)["categories"]:
            numbers.append(number)
            found.append(replace(kept.decided(number, category, points=False), steps=[]))
    sizes = [each.size for each in found]
    outcome, reports = award(engine, joined(found))
    return Awarded(outcome, reports, numbers, np.cumsum([0, *sizes]).tolist())


def joined(parts: Sequence[Decided]) -> Decided:
    """Return the parts of a category as one."""
    first = parts[0]

    def both(read: Callable[[Decided], Any]) -> Any:
        return np.concatenate([read(each) for each in parts])

    return Decided(
        size=sum(each.size for each in parts),
        applied=both(lambda each: each.applied),
        refused=both(lambda each: each.refused),
        assessed=both(lambda each: each.assessed),
        decided=both(lambda each: each.decided),
        rated=both(lambda each: each.rated),
        total=both(lambda each: each.total),
        level=both(lambda each: each.level),
        awarded=both(lambda each: each.awarded),
        below={name: np.concatenate([p.below[name] for p in parts]) for name in first.below},
        ties={name: _joined_ties([each.ties[name] for each in parts]) for name in first.ties},
        groups={name: _joined_groups([p.groups[name] for p in parts]) for name in first.groups},
        steps=[],
    )


def _joined_ties(parts: Sequence[Sequence[tuple[Array, Array]]]) -> list[tuple[Array, Array]]:
    return [
        (np.concatenate([over for over, _ in tie]), np.concatenate([under for _, under in tie]))
        for tie in zip(*parts, strict=True)
    ]


def _joined_groups(parts: Sequence[Group]) -> Group:
    words = Words()
    codes = np.concatenate([words.add(each) for each in parts])
    return Group(codes, list(words.codes))


def certificate_numbers(
    awarded: Mapping[str, Awarded], engines: Mapping[str, Engine], kept: Checkpoints
) -> dict[tuple[int, str], Array]:
    """Return the numbers of the certificates of every part and category, over the whole round."""
    places: list[tuple[int, str]] = []
    holders: list[Holders] = []
    for category, each in awarded.items():
        for number, (begin, end) in zip(each.numbers, pairwise(each.begins), strict=True):
            who = has_certificate(each.outcome.final[begin:end], engines[category].category)
            ids = kept.identity(number, category).ids
            places.append((number, category))
            holders.append(Holders(engines[category].category, ids.filter(pa.array(who))))
    return dict(zip(places, numbered(holders), strict=True))
