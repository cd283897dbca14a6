"""What is well-formed but wrong in a rule set: gaps, silence, double counting and more."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rules.checks import (
    alternatives,
    bands,
    dead_steps,
    facts,
    identities,
    procedure,
    quotas,
    reachable,
    references,
    sums,
    usage,
)
from rules.checks.subject import Subject
from rules.lowering import lower
from rules.problems import Problem, RuleErrors
from rules.syntax import RuleSet

CHECKS: tuple[Callable[[Subject], Iterable[Problem]], ...] = (
    identities.duplicates,
    identities.unusable_names,
    facts.fact_problems,
    usage.unused,
    usage.counted_twice,
    alternatives.slots,
    sums.dimension_sums,
    sums.base_sum,
    sums.composition,
    bands.bands,
    bands.ceiling,
    reachable.levels,
    reachable.points,
    dead_steps.dead_steps,
    references.levels,
    references.found_at,
    references.count_once,
    references.group_of_quotas,
    quotas.silence,
    quotas.shares,
    procedure.period,
    procedure.part_year,
    procedure.steps,
)


def check(rule_set: RuleSet) -> list[Problem]:
    """Return every problem of a rule set that was read, in reading order."""
    found: set[Problem] = set()
    try:
        subject = Subject(rule_set, lower(rule_set))
    except RuleErrors as error:
        found.update(error.problems)
        subject = Subject(rule_set)
    for each in CHECKS:
        found.update(each(subject))
    return sorted(found)


__all__ = ["CHECKS", "check"]
