"""What is well-formed but wrong in a rule set: gaps, silence, double counting and more."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rules.checks.alternatives import slots
from rules.checks.bands import bands, ceiling
from rules.checks.blocks import deductions
from rules.checks.dead_steps import dead_steps
from rules.checks.facts import fact_problems
from rules.checks.identities import duplicates, unusable_names
from rules.checks.ignored import ignored_keys
from rules.checks.procedure import part_year, period, steps, terms
from rules.checks.quotas import direct_awards, shares, silence
from rules.checks.reachable import reachable_levels, reachable_points
from rules.checks.references import count_once, found_at, group_of_quotas, known_levels
from rules.checks.subject import Subject
from rules.checks.sums import base_sum, composition, dimension_sums
from rules.checks.usage import counted_twice, unused
from rules.lowering import lower
from rules.problems import Problem, RuleErrors
from rules.syntax import RuleSet

CHECKS: tuple[Callable[[Subject], Iterable[Problem]], ...] = (
    duplicates,
    unusable_names,
    fact_problems,
    unused,
    counted_twice,
    slots,
    dimension_sums,
    base_sum,
    composition,
    bands,
    ceiling,
    reachable_levels,
    reachable_points,
    dead_steps,
    known_levels,
    found_at,
    count_once,
    group_of_quotas,
    silence,
    direct_awards,
    ignored_keys,
    deductions,
    shares,
    period,
    terms,
    part_year,
    steps,
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
