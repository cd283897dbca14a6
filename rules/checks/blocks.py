"""Deduction blocks, in which an indicator's points are what is taken off the whole."""

from __future__ import annotations

from collections.abc import Iterator

from rules.checks.subject import Subject
from rules.numbers import points_text
from rules.problems import Problem


def deductions(subject: Subject) -> Iterator[Problem]:
    """Yield indicators of a deduction block that would take off most, or add, by mistake."""
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
            own = subject.output("own", indicator.id)
            if own is not None and own.low < 0:
                yield Problem(
                    indicator.where,
                    "sign",
                    f'"{indicator.id}" stands in the deduction block "{block.id}", where its '
                    f"points are taken off the whole, and may fall to {points_text(own.low)}: "
                    "that would add points. Write `floor: 0`.",
                )
