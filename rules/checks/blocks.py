"""Deduction blocks, in which an indicator's points are what is taken off the whole."""

from __future__ import annotations

from collections.abc import Iterator

from rules.checks.subject import Subject
from rules.problems import Problem


def deductions(subject: Subject) -> Iterator[Problem]:
    """Yield `deduct:` in a deduction block: it would take most off those who did nothing wrong."""
    for block in subject.rule_set.blocks:
        for indicator in block.indicators if block.kind == "deduction" else ():
            if indicator.rule.deduct is not None:
                yield Problem(
                    indicator.rule.where,
                    "deduct-in-deduction",
                    f'"{indicator.id}" stands in the deduction block "{block.id}", where its '
                    "points are taken off the whole: `deduct:` begins with all of them. Write "
                    "`award:`, whose points add up from 0 to what is taken off.",
                )
