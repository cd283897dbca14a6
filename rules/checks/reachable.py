"""Levels that nobody can reach and points that nobody can win, by the ranges of the program."""

from __future__ import annotations

from collections.abc import Iterator

from rules.checks.subject import Subject
from rules.numbers import points_text
from rules.problems import Problem
from rules.syntax import POINT, Gate, Level


def reachable_levels(subject: Subject) -> Iterator[Problem]:
    """Yield levels whose band, or one of whose gates, is out of reach for every organisation."""
    for level in subject.rule_set.levels.from_low_to_high:
        if _never(subject, "band", level.id) and not level.direct:
            yield from _band(level, subject)
        for number, gate in enumerate(level.gates):
            if _never(subject, "gate", level.id, str(number)):
                yield _gate(level, gate)


def _never(subject: Subject, *key: str) -> bool:
    """Return whether an output is 0 for every organisation."""
    value = subject.output(*key)
    return value is not None and value.high == 0


def _band(level: Level, subject: Subject) -> Iterator[Problem]:
    scale = subject.rule_set.scale
    of = "stars" if subject.rule_set.levels.stars and level.of == "total" else level.of
    if of == "total" and scale.ceiling is not None and level.at_least > scale.ceiling:
        return  # reported with the ceiling
    value = subject.output(of) or subject.output("dimension", of) or subject.output("block", of)
    highest = "" if value is None else points_text(value.high * (POINT if of == "stars" else 1))
    yield Problem(
        level.where,
        "unreachable",
        f'"{level.id}" begins at '
        f'{points_text(level.at_least)}, and "{of}" reaches {highest} at most. Lower '
        "`at_least`, or add points that can be won.",
    )


def _gate(level: Level, gate: Gate) -> Problem:
    formula = gate.require or gate.every_dimension
    return Problem(
        formula.where if formula else gate.where,
        "unreachable",
        f'this gate of "{level.id}" holds for no organisation, so that nobody reaches '
        "the level; mend the condition within the bounds of its facts.",
    )


def reachable_points(subject: Subject) -> Iterator[Problem]:
    """Yield indicators that never bring all their points, and parts that never bring any."""
    for indicator in subject.indicators:
        own = subject.output("own", indicator.id)
        if own is not None and own.high < indicator.points:
            yield Problem(
                indicator.where,
                "unreachable",
                f'"{indicator.id}" has {points_text(indicator.points)} points, and no facts bring '
                f"more than {points_text(own.high)}. Lower `points`, or let its rule reach them.",
            )
        rule = indicator.rule
        for number, part in enumerate(rule.deduct or rule.award or rule.adjust or ()):
            value = subject.output("part", indicator.id, str(number))
            if value is not None and value.low == 0 == value.high:
                yield Problem(
                    part.where,
                    "unreachable",
                    f'this part of "{indicator.id}" never '
                    "adds or takes a point, whatever the facts. Mend or remove it.",
                )
