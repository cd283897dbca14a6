"""Slots whose members replace each other: equal in size, and exactly one applies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from typing import TypeVar

from rules.checks.cuts import values_to_try
from rules.checks.subject import Subject
from rules.integers import Int, value_of
from rules.lowering.totals import weight_of
from rules.numbers import fraction_text
from rules.problems import Problem, RuleErrors
from rules.syntax import POINT, Dimension, Indicator

MOST_TRIED = 2_000
"""So many combinations of facts are tried; what needs more shows when it is scored."""

Member = Indicator | Dimension
MemberT = TypeVar("MemberT", Indicator, Dimension)


def slots(subject: Subject) -> Iterator[Problem]:
    """Yield slots of indicators and of dimensions whose members do not replace each other."""
    for group in subject.groups:
        for name, members in by_slot(group.indicators).items():
            sizes = [Fraction(each.points, POINT) for each in members]
            yield from _slot(name, members, sizes, subject)
    for name, dimensions in by_slot(subject.rule_set.dimensions).items():
        yield from _slot(name, dimensions, list(map(share_of, dimensions)), subject)
    yield from _fallbacks_in_vain(subject)


def by_slot(members: Sequence[MemberT]) -> dict[str, list[MemberT]]:
    """Return the members of each slot, in order."""
    found: dict[str, list[MemberT]] = {}
    for each in members:
        if each.alternative:
            found.setdefault(each.alternative, []).append(each)
    return found


def share_of(dimension: Dimension) -> Fraction:
    """Return what a dimension can bring to the base, in points."""
    try:
        return weight_of(dimension) * dimension.points / POINT
    except RuleErrors:  # lowering reports the weight
        return Fraction(dimension.points, POINT)


def _slot(
    name: str, members: Sequence[Member], sizes: list[Fraction], subject: Subject
) -> Iterator[Problem]:
    first = members[0]
    if len(members) == 1:
        yield Problem(
            first.where,
            "alternative",
            f'the slot "{name}" has "{first.id}" alone in '
            "this list; a slot has two members or more that replace each other. Give "
            "another one the same `alternative:`, or remove it.",
        )
        return
    for each, size in zip(members, sizes, strict=True):
        if size != sizes[0]:
            yield Problem(
                each.where,
                "alternative",
                f'"{each.id}" can bring {fraction_text(size, 4)} points and "{first.id}" '
                f"{fraction_text(sizes[0], 4)}; members of one slot replace each other and bring "
                "the same. Make them equal.",
            )
    without = [each for each in members if not each.applies_when]
    for each in without:
        yield Problem(
            each.where,
            "alternative",
            f'"{each.id}" is a member of the slot "{name}" '
            "and needs `applies_when:`, so that exactly one member applies.",
        )
    if not without:
        yield from _exactly_one(name, members, subject)


def _exactly_one(name: str, members: Sequence[Member], subject: Subject) -> Iterator[Problem]:
    """Try the facts that the conditions read, in every combination that may matter."""
    bits = [subject.truth(each.applies_when) for each in members if each.applies_when]
    known = [bit for bit in bits if bit is not None]
    if len(known) < len(members):
        return
    count = _wrong_count(known, subject)
    if count is not None:
        found = "none" if count == 0 else f"{count}"
        yield Problem(
            members[0].where,
            "alternative",
            f'of the slot "{name}", {found} of '
            f"{len(members)} members apply for some organisations; exactly one must. "
            "Make the conditions exclude each other and leave nobody out.",
        )


def _wrong_count(bits: list[Int], subject: Subject) -> int | None:
    """Return how many apply where it is not one; None where it always is, or cannot be tried."""
    tried = values_to_try(bits, subject.slot_range)
    if subject.may_depend(tried) or prod(map(len, tried.values())) > MOST_TRIED:
        return None
    for values in product(*tried.values()):
        given = dict(zip(tried, values, strict=True))
        count = sum(value_of(bit, given) for bit in bits)
        if count != 1:
            return count
    return None


def _fallbacks_in_vain(subject: Subject) -> Iterator[Problem]:
    for each in subject.indicators:
        if each.otherwise and not each.applies_when:
            yield Problem(
                each.where,
                "otherwise",
                f'"{each.id}" has `otherwise:` but always '
                "applies; add `applies_when: CONDITION`, or remove it.",
            )
        elif each.otherwise and each.alternative:
            yield Problem(
                each.where,
                "otherwise",
                f'"{each.id}" has both `otherwise:` and `alternative: {each.alternative}`; where '
                "it does not apply, another member of its slot takes its place. Remove one of the "
                "two.",
            )
