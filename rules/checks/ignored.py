"""Keys that are read but decide nothing where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from rules.checks.subject import Subject
from rules.problems import Position, Problem
from rules.syntax import Quota


def ignored_keys(subject: Subject) -> Iterator[Problem]:
    """Yield keys that an author would rely on in vain."""
    rule_set = subject.rule_set
    for indicator in subject.indicators:
        rule = indicator.rule
        for part in rule.deduct or rule.award or rule.adjust or ():
            if part.per_event and part.per_event.caps and part.per_event.take == "highest":
                yield _ignored(
                    part.per_event.where,
                    "caps",
                    "beside `take: highest`, where one event alone counts; `at_most:` bounds "
                    "what the part brings",
                )
    for quota in rule_set.quotas:
        yield from _of_quota(quota)


def _of_quota(quota: Quota) -> Iterator[Problem]:
    if quota.kind == "at_least" and quota.counts != "this_level":
        yield _ignored(
            quota.where,
            "counts",
            f'on the quota "{quota.id}" of kind at_least, which counts its level and all below',
        )
    if quota.kind == "at_most" and quota.counts == "and_below":
        yield _ignored(
            quota.where,
            "counts",
            f'as and_below on the quota "{quota.id}" of kind at_most: whoever is beyond it moves '
            "down and would be counted as before; this_level and and_above mean something there",
        )
    if quota.kind != "at_most" and quota.direct_awards is not None:
        yield _ignored(
            quota.where,
            "direct_awards",
            f'on the quota "{quota.id}" of kind {quota.kind}; it is for at_most, whose places '
            "are taken",
        )


def _ignored(where: Position, key: str, place: str) -> Problem:
    return Problem(where, "ignored-key", f"`{key}:` means nothing {place}. Remove it.")
