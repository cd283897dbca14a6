"""How many organisations of a part are in which state: all that quotas need to know of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.columns import Group
from evaluator.scoring.columnar.outcome import Decided
from evaluator.scoring.columnar.states import States, states_of
from evaluator.scoring.columnar.words import Words
from evaluator.scoring.reading import Raw
from rules.syntax import Quota

EVERYONE = ""
"""The word of the group that holds the whole category."""


def among_of(quota: Quota) -> str:
    """Return by what a quota's groups are made; empty where it is one for the whole category."""
    return EVERYONE if quota.among in ("category", "round") else quota.among


def groups_of(quotas: Sequence[Quota]) -> list[str]:
    """Return by what the groups of quotas are made, the whole category apart."""
    return [each for each in dict.fromkeys(map(among_of, quotas)) if each != EVERYONE]


@dataclass(frozen=True)
class Census:
    """The states of a part of a round, or of all its parts; small, and sent anywhere.

    `columns` hold, state by state: whether it is that of a rated organisation, the level, the
    awarded bits, the total, then `below` of each upper quota, then the tie breakers, then the
    group by each `among`, as a number of `words`. `weights` counts the organisations of each
    state; `everyone` and `applied` those of each group.
    """

    columns: Sequence[Array]
    weights: Array
    words: Mapping[str, Sequence[Raw]]
    everyone: Mapping[str, Array]
    applied: Mapping[str, Array]


def count(quotas: Sequence[Quota], part: Decided) -> tuple[Census, Array]:
    """Return the census of a part, and the number of the state that each organisation is in."""
    groups = {each: part.groups[each] for each in groups_of(quotas)}
    standing = part.assessed & part.decided & part.rated
    upper = [each for each in quotas if each.kind == "at_most"]
    found = states_of(
        [
            standing.view(np.int8),
            part.level,
            part.awarded,
            part.total,
            *(part.below[each.id] for each in upper),
            *(side for each in quotas for tie in part.ties[each.id] for side in tie),
            *(each.codes for each in groups.values()),
        ]
    )
    groups = {EVERYONE: Group(np.zeros(part.size, np.int8), [EVERYONE]), **groups}
    return _census(found, groups, part), found.of_row


def _census(found: States, groups: Mapping[str, Group], part: Decided) -> Census:
    everyone, applied = {}, {}
    for among, group in groups.items():
        number = len(group.words)
        if number == 1:
            everyone[among] = np.array([part.size])
            applied[among] = np.array([np.count_nonzero(part.applied)])
        else:
            everyone[among] = np.bincount(group.codes, minlength=number)
            applied[among] = np.bincount(group.codes[part.applied], minlength=number)
    words = {among: group.words for among, group in groups.items()}
    return Census(found.columns, found.weights, words, everyone, applied)


def joined(parts: Sequence[Census]) -> tuple[Census, list[Array]]:
    """Return the census of all parts, and for each part the number there of each of its states."""
    words = {among: Words() for among in parts[0].words}
    renumbered = [_renumbered(each, words) for each in parts]
    columns = [
        np.concatenate(each) for each in zip(*(part.columns for part in renumbered), strict=True)
    ]
    found = states_of(columns, np.concatenate([each.weights for each in parts]))
    census = Census(
        found.columns,
        found.weights,
        {among: list(each.codes) for among, each in words.items()},
        {among: _summed([part.everyone[among] for part in renumbered]) for among in words},
        {among: _summed([part.applied[among] for part in renumbered]) for among in words},
    )
    edges = np.cumsum([len(each.weights) for each in parts])[:-1]
    return census, np.split(found.of_row, edges)


def _renumbered(part: Census, words: Mapping[str, Words]) -> Census:
    """Return a census whose groups bear the numbers that all parts share."""
    columns, everyone, applied = list(part.columns), {}, {}
    first = len(columns) - (len(words) - 1)
    for place, (among, known) in enumerate(words.items(), first - 1):
        number = known.add(Group(np.arange(len(part.words[among])), part.words[among]))
        if among != EVERYONE:
            columns[place] = number[columns[place]]
        everyone[among] = _placed(part.everyone[among], number)
        applied[among] = _placed(part.applied[among], number)
    return Census(columns, part.weights, part.words, everyone, applied)


def _placed(counts: Array, number: Array) -> Array:
    found = np.zeros(int(number.max(initial=-1)) + 1, np.int64)
    found[number] = counts
    return found


def _summed(parts: Sequence[Array]) -> Array:
    found = np.zeros(max(map(len, parts)), np.int64)
    for each in parts:
        found[: len(each)] += each
    return found
