"""Bands of levels: rising, without gaps, below the ceiling."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rules.checks.subject import Subject
from rules.numbers import points_text
from rules.problems import Problem
from rules.syntax import Level


def bands(subject: Subject) -> Iterator[Problem]:
    """Yield bands that do not rise, and those that leave a gap or overlap."""
    by_measure: dict[str, list[Level]] = {}
    for level in subject.rule_set.levels.from_low_to_high:
        by_measure.setdefault(level.of, []).append(level)
    for levels in by_measure.values():
        for lower, upper in pairwise(levels):
            if not _told_apart_by_quota(lower, upper, subject):
                yield from _neighbours(lower, upper)
        yield from _highest(levels[-1])


def _told_apart_by_quota(lower: Level, upper: Level, subject: Subject) -> bool:
    """Return whether two levels share a pass mark and the best of those who reach it are chosen."""
    limited = {quota.level for quota in subject.rule_set.quotas if quota.kind == "at_most"}
    return lower.at_least == upper.at_least and upper.id in limited


def _neighbours(lower: Level, upper: Level) -> Iterator[Problem]:
    begins, next_begins = points_text(lower.at_least), points_text(upper.at_least)
    if upper.at_least <= lower.at_least:
        yield Problem(
            upper.where,
            "band-order",
            f'"{upper.id}" begins at {next_begins}, not above '
            f'"{lower.id}", which begins at {begins}. Levels stand from low to high: '
            "raise `at_least`, or change the order.",
        )
    elif lower.below is not None and lower.below != upper.at_least:
        ends = points_text(lower.below)
        if lower.below < upper.at_least:
            fault = f"from {ends} up to {next_begins} no level is reached"
        else:
            fault = f"from {next_begins} up to {ends} both levels would be reached"
        yield Problem(
            lower.where,
            "band-gap",
            f'"{lower.id}" ends below {ends} and "{upper.id}" '
            f"begins at {next_begins}: {fault}. Write `below: {next_begins}`, or leave "
            "`below` out: a band ends where the next one begins.",
        )


def _highest(level: Level) -> Iterator[Problem]:
    if level.below is not None:
        yield Problem(
            level.where,
            "band-gap",
            f'"{level.id}" ends below '
            f"{points_text(level.below)} and no level of its kind follows: more points "
            "would bring no level. Remove `below`.",
        )


def ceiling(subject: Subject) -> Iterator[Problem]:
    """Yield a scale that cannot hold, and bands that begin above its ceiling."""
    scale, levels = subject.rule_set.scale, subject.rule_set.levels
    if scale.total <= 0:
        yield Problem(
            scale.where,
            "points",
            f"scale.total is {points_text(scale.total)}; the base needs points above 0.",
        )
    if scale.ceiling is None:
        return
    highest = points_text(scale.ceiling)
    if scale.ceiling < scale.total:
        yield Problem(
            scale.where,
            "ceiling",
            f"the ceiling {highest} lies below the base of "
            f"{points_text(scale.total)} points, which nobody could reach. Raise it.",
        )
    for level in levels.from_low_to_high:
        if level.of == "total" and not levels.stars and level.at_least > scale.ceiling:
            yield Problem(
                level.where,
                "unreachable",
                f'"{level.id}" begins at '
                f"{points_text(level.at_least)}, above the ceiling of {highest}. Lower "
                "`at_least`, or raise the ceiling.",
            )
