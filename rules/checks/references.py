"""Names of levels, steps, facts and groups that must exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rules.checks.subject import Subject
from rules.problems import Position, Problem, listed, nearest
from rules.syntax import Held, Level, RuleSet

UNRATED = "unrated"


def known_levels(subject: Subject) -> Iterator[Problem]:
    """Yield levels that are named but not declared."""
    rule_set = subject.rule_set
    known = [level.id for level in rule_set.levels.from_low_to_high]
    for name, where in _named_levels(rule_set):
        if name not in known:
            yield _unknown("level", name, where, known)
    for group in rule_set.follow_up:
        for name in group.levels:
            if name not in (*known, UNRATED):
                yield _unknown("level", name, group.where, [*known, UNRATED])
    for number, level in enumerate(rule_set.levels.from_low_to_high):
        yield from _needs_itself(level, known[number:])


def _named_levels(rule_set: RuleSet) -> Iterator[tuple[str, Position]]:
    for veto in rule_set.vetoes:
        if veto.effect.kind == "at_most":
            yield veto.effect.level, veto.where
    for cap in rule_set.levels.caps:
        yield cap.at_most, cap.where
    for held in _held(rule_set):
        yield held.level, held.where
    for quota in rule_set.quotas:
        yield quota.level, quota.where
    for target in rule_set.targets:
        yield target.level, target.where


def _held(rule_set: RuleSet) -> Iterator[Held]:
    for level in rule_set.levels.from_low_to_high:
        yield from (gate.held for gate in level.gates if gate.held)


def _unknown(kind: str, name: str, where: Position, known: Iterable[str]) -> Problem:
    names = list(known)
    return Problem(
        where,
        "unknown-name",
        f'"{name}" is no {kind}; allowed are {listed(names)}.{nearest(name, names)}',
    )


def _needs_itself(level: Level, from_here: list[str]) -> Iterator[Problem]:
    for gate in level.gates:
        if gate.held and gate.held.level in from_here and not level.direct:
            yield Problem(
                gate.held.where,
                "unreachable",
                f'"{level.id}" needs that '
                f'"{gate.held.level}" was held before, which is not below it: nobody '
                "could reach it for the first time. Name a lower level.",
            )


def found_at(subject: Subject) -> Iterator[Problem]:
    """Yield vetoes that may be found at steps which the procedure does not have."""
    steps = list(dict.fromkeys(step.step for step in subject.rule_set.procedure))
    for veto in subject.rule_set.vetoes:
        for name in veto.found_at:
            if name not in steps:
                yield _unknown("step of the procedure", name, veto.where, steps)


def count_once(subject: Subject) -> Iterator[Problem]:
    """Yield entries of `count_once` that name no fact, or fewer than two places."""
    facts = subject.rule_set.facts
    for entry in subject.rule_set.count_once:
        if entry.fact not in facts:
            yield _unknown("fact", entry.fact, entry.where, facts)
        if len(set(entry.among)) < 2 or len(set(entry.among)) < len(entry.among):
            yield Problem(
                entry.where,
                "count-once",
                f"found among: [{listed(entry.among)}]; "
                "name two or more different indicators or vetoes.",
            )


def group_of_quotas(subject: Subject) -> Iterator[Problem]:
    """Yield quotas among groups that do not exist."""
    choices = [name for name, fact in subject.rule_set.facts.items() if fact.type == "choice"]
    allowed = ["category", "committee", *choices]
    for quota in subject.rule_set.quotas:
        if quota.among not in allowed:
            yield _unknown("group", quota.among, quota.where, allowed)
