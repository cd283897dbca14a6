"""Steps of ladders and cases that can never decide, because others always come first."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from rules.checks.subject import Subject
from rules.problems import Problem
from rules.quotients import Quotient
from rules.syntax import Cases, Formula, Ladder, Rung

Edge = tuple[Fraction, int]
"""A cut on the line of numbers: just before a value (0) or just after it (1)."""


def dead_steps(subject: Subject) -> Iterator[Problem]:
    """Yield rungs and cases that can never hold."""
    for indicator in subject.indicators:
        if indicator.rule.ladder:
            yield from _rungs(indicator.rule.ladder, subject)
        if indicator.rule.cases:
            yield from _cases(indicator.rule.cases, subject)


def _rungs(ladder: Ladder, subject: Subject) -> Iterator[Problem]:
    if not ladder.rungs:
        yield Problem(ladder.where, "empty", "the ladder has no rungs; add one.")
    measure = subject.number(ladder.measure)
    if measure is None:
        return
    bottom, top = (measure.low, 0), (measure.high, 1)
    for rung in ladder.rungs:
        edge = _edge(rung, subject)
        if edge is None:
            continue  # a threshold that differs from one organisation to the next
        rises = bool(rung.at_least or rung.above)
        if bottom >= top or (edge >= top if rises else edge <= bottom):
            yield _never(rung, measure)
        elif rises:
            top = edge
        else:
            bottom = edge


def _edge(rung: Rung, subject: Subject) -> Edge | None:
    """Return where a rung begins or ends to hold, if that is the same for everyone."""
    formula = rung.at_least or rung.above or rung.at_most or rung.below
    value = subject.number(formula) if formula else None
    if value is None or value.low != value.high:
        return None
    return value.low, 1 if rung.above or rung.at_most else 0


def _never(rung: Rung, measure: Quotient) -> Problem:
    return Problem(
        rung.where,
        "never",
        "this rung can never hold: the rungs above it cover it "
        f"already, or it lies outside of what is measured ({_text(measure.low)} to "
        f"{_text(measure.high)}). Change the order or the threshold, or remove it.",
    )


def _text(value: Fraction) -> str:
    return str(value)


def _cases(cases: Cases, subject: Subject) -> Iterator[Problem]:
    if not cases.first:
        yield Problem(cases.where, "empty", "there are no cases; add one under `first:`.")
    always: Formula | None = None
    for case in cases.first:
        condition = subject.truth(case.when)
        if always is not None:
            yield Problem(
                case.where,
                "never",
                "this case is never reached: the one on line "
                f"{always.where.line} always holds. Remove one of them; points for "
                "the rest are given by `otherwise:`.",
            )
        elif condition is not None and condition.high == 0:
            yield Problem(
                case.when.where,
                "never",
                "this case can never hold; mend its condition "
                "within the bounds of its facts, or remove it.",
            )
        elif condition is not None and condition.low == 1:
            always = case.when
