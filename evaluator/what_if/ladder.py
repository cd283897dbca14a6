"""The levels of two rule sets on one ladder, so that what is higher is known across both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rules.syntax import RuleSet, Words

REFUSED, NOT_APPLIED, NOT_RATED, NO_LEVEL = range(4)
"""The states without a level, lowest first; the levels follow."""
_WITHOUT_LEVEL = {
    "refused": Words("暂不能计分", "Not yet scored"),
    "not_applied": Words("未申报", "Not applied"),
    "not_rated": Words("不参加评定", "Not rated"),
    "no_level": Words("未评星级", "No level"),
}


@dataclass(frozen=True)
class State:
    """What an organisation may come to: a level, or a reason for having none."""

    id: str
    title: Words
    is_level: bool


@dataclass(frozen=True)
class Ladder:
    """All states of two rule sets from low to high; `before` and `after` place their levels.

    `before[i]` is the number of the state of the old rule set's level `i`, counted from the
    lowest; `after` does the same for the new one.
    """

    states: tuple[State, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]


def ladder_of(before: RuleSet, after: RuleSet) -> Ladder:
    """Return the ladder of two rule sets; levels of the same id are the same level.

    The order is that of the new rule set; a level that only the old one has stands right above
    the level below it there. Titles are those of the new rule set, where it has the level.
    """
    old, new = (
        {each.id: each.title for each in side.levels.from_low_to_high} for side in (before, after)
    )
    titles = {**_WITHOUT_LEVEL, **old, **new}
    order = joined(list(old), list(new))
    states = tuple(
        State(each, titles[each], each not in _WITHOUT_LEVEL) for each in (*_WITHOUT_LEVEL, *order)
    )
    number = {state.id: place for place, state in enumerate(states)}
    return Ladder(states, tuple(map(number.__getitem__, old)), tuple(map(number.__getitem__, new)))


def joined(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return the names of both lists in the order of the second, each once."""
    order = list(new)
    below = None
    for each in old:
        if each not in order:
            order.insert(0 if below is None else order.index(below) + 1, each)
        below = each
    return order
