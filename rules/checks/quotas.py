"""Quotas that leave open what published schemes leave open, and shares that are none."""

from __future__ import annotations

from collections.abc import Iterator

from rules.checks.subject import Subject, number_of
from rules.problems import Position, Problem, listed
from rules.syntax import Quota


def silence(subject: Subject) -> Iterator[Problem]:
    """Yield quotas that do not say what they are a share of, how to round, what ties get."""
    for quota in subject.rule_set.quotas:
        if quota.share is not None and quota.of is None:
            yield _silent(
                quota,
                "of",
                "what it is a share of",
                "rated (those that were scored), "
                "applied (those that applied) or all (every organisation of the group)",
            )
        if quota.share is not None and quota.rounding is None:
            yield _silent(
                quota, "rounding", f"how {quota.share} of 7 is rounded", "down, up or half_up"
            )
        if quota.ties is None and quota.kind != "target":
            yield _silent(
                quota,
                "ties",
                "what those get who tie at the cut after all tie breakers",
                "exclude (none of them) or include (all of them)",
            )


def direct_awards(subject: Subject) -> Iterator[Problem]:
    """Yield upper limits that do not say whether direct awards take their places."""
    for quota in subject.rule_set.quotas:
        direct = _with_direct_awards(quota, subject)
        if quota.kind == "at_most" and direct and quota.direct_awards is None:
            yield _silent(
                quota,
                "direct_awards",
                f"whether direct awards of {listed(direct)} take its places",
                "counted (they do) or beside (they come on top)",
            )


def _with_direct_awards(quota: Quota, subject: Subject) -> list[str]:
    """Return the levels that a quota counts and that may be awarded directly."""
    levels = subject.rule_set.levels.from_low_to_high
    names = [level.id for level in levels]
    if quota.level not in names:
        return []
    first = names.index(quota.level)
    counted = levels[first:] if quota.counts == "and_above" else levels[first : first + 1]
    return [f'"{level.id}"' for level in counted if level.direct]


def _silent(quota: Quota, key: str, about: str, choices: str) -> Problem:
    return Problem(
        quota.where,
        f"quota-{key}",
        f'the quota "{quota.id}" does not say {about}. Add `{key}:` with one of {choices}.',
    )


def shares(subject: Subject) -> Iterator[Problem]:
    """Yield shares outside of 0% to 100%."""
    rule_set = subject.rule_set
    for quota in rule_set.quotas:
        yield from _share(quota.share, f'the quota "{quota.id}"', quota.where)
    for target in rule_set.targets:
        yield from _share(target.share, f'the target for "{target.level}"', target.where)
    for step in rule_set.procedure:
        yield from _share(step.share, f'the step "{step.step}"', step.where)


def _share(text: str | None, owner: str, where: Position) -> Iterator[Problem]:
    if text is None:
        return
    value = number_of(text)
    if value is None or not 0 < value <= 1:
        hint = f" Did you mean {text}%?" if value is not None and 1 < value <= 100 else ""
        yield Problem(
            where,
            "share",
            f'{owner} has share: "{text}"; allowed is a share above 0% '
            f"and up to 100%, such as 10%.{hint}",
        )
