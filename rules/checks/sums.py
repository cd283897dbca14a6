"""Points that must add up: indicators to dimensions, dimensions to the base."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from rules.checks.alternatives import share_of
from rules.checks.subject import Subject, names_in
from rules.numbers import fraction_text, points_text
from rules.problems import Problem, listed
from rules.syntax import POINT, Dimension


def dimension_sums(subject: Subject) -> Iterator[Problem]:
    """Yield dimensions whose points are not the sum of their indicators' points."""
    for dimension in subject.rule_set.dimensions:
        slots: set[str] = set()
        total = 0
        for each in dimension.indicators:
            if each.alternative not in slots:
                total += each.points
            slots |= {each.alternative} if each.alternative else set()
        if total != dimension.points:
            once = " (each `alternative:` slot counts once)" if slots else ""
            yield Problem(
                dimension.where,
                "sum",
                f'"{dimension.id}" has {points_text(dimension.points)} points, its indicators '
                f"have {points_text(total)} together{once}. Make the two equal.",
            )
    for group in subject.groups:
        if not group.indicators:
            yield Problem(
                group.where, "empty", f'"{group.id}" has no indicators; add one, or remove it.'
            )


def base_sum(subject: Subject) -> Iterator[Problem]:
    """Yield a base that does not add up to the scale, and weights that mean nothing."""
    rule_set = subject.rule_set
    for dimension in rule_set.dimensions:
        if dimension.weight is not None and share_of(dimension) <= 0 < dimension.points:
            yield Problem(
                dimension.where,
                "number",
                f'"{dimension.id}" has weight: '
                f'"{dimension.weight}"; a weight is above 0. Write `counts: false` '
                "for a dimension that is no part of the base.",
            )
    counting = [each for each in rule_set.dimensions if each.counts]
    if not counting or (rule_set.composition and "base" not in names_in(rule_set.composition)):
        return
    total = _once_a_slot(counting)
    if total != Fraction(rule_set.scale.total, POINT):
        yield Problem(
            rule_set.scale.where,
            "sum",
            f"scale.total is {points_text(rule_set.scale.total)}, the dimensions add up to "
            f"{fraction_text(total, 4)}: {_terms(counting)}. Make the two equal; a dimension "
            "with `counts: false` is left out.",
        )


def _once_a_slot(dimensions: list[Dimension]) -> Fraction:
    slots: set[str] = set()
    total = Fraction(0)
    for each in dimensions:
        if each.alternative not in slots:
            total += share_of(each)
        slots |= {each.alternative} if each.alternative else set()
    return total


def _terms(dimensions: list[Dimension]) -> str:
    return listed(f"{each.id} {fraction_text(share_of(each), 4)}" for each in dimensions)


def composition(subject: Subject) -> Iterator[Problem]:
    """Yield blocks and counting dimensions that the composition of the total leaves out."""
    rule_set = subject.rule_set
    if rule_set.composition is None:
        return
    named = names_in(rule_set.composition)
    if not named:  # lowering reports what cannot be read
        return
    parts = [*rule_set.blocks]
    missing = [each.id for each in parts if each.id not in named]
    if "base" not in named:
        missing += [each.id for each in rule_set.dimensions if each.counts and each.id not in named]
    for name in missing:
        yield Problem(
            rule_set.composition.where,
            "composition",
            f'the composition leaves out "{name}", which therefore brings nothing. Name it, or '
            "remove the block, or write `counts: false` for a dimension.",
        )
