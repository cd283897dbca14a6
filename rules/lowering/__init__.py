"""Lowers a rule set to integer form, finding on the way whatever is of the wrong type or size."""

from __future__ import annotations

from collections.abc import Iterator

from rules.canonical import digest
from rules.formula import Expression
from rules.integers import const
from rules.lowering import decisions, totals
from rules.lowering.builder import Builder
from rules.lowering.fallbacks import settle
from rules.lowering.forms import Form
from rules.lowering.indicators import demand_one, finish, lower_indicator
from rules.lowering.names import Names
from rules.lowering.once import count_once
from rules.lowering.program import Key, Program, Slot
from rules.problems import Problem, RuleErrors
from rules.syntax import Block, Dimension, Indicator, RuleSet


def lower(rule_set: RuleSet) -> Program:
    """Return the program of a rule set; raises RuleErrors with every problem that was found."""
    build = Builder(rule_set, Names(rule_set))
    _lower_measures(build)
    decisions.lower_vetoes(build)
    forms = _lower_indicators(build)
    if build.problems:
        raise RuleErrors(build.problems)
    _lower_totals(forms, build)
    if build.problems:
        raise RuleErrors(build.problems)
    return Program(
        rule_set,
        digest(rule_set),
        build.names.slots,
        build.outputs,
        build.index,
        build.names.cohort,
        build.readers,
        build.demands,
        {name: form.facts for name, form in forms.items()},
        build.names,
    )


def indicators_of(rule_set: RuleSet) -> list[Indicator]:
    """Return every indicator, dimensions first, then blocks."""
    groups: tuple[Dimension | Block, ...] = (*rule_set.dimensions, *rule_set.blocks)
    return [indicator for group in groups for indicator in group.indicators]


def _lower_measures(build: Builder) -> None:
    """Look every measure up once, so that a wrong one is reported at its own place."""
    for name, measure in build.rule_set.measures.items():
        with build.gathering(measure):
            build.names.lookup(Expression("name", measure.where, name))


def _lower_indicators(build: Builder) -> dict[str, Form]:
    groups: tuple[Dimension | Block, ...] = (*build.rule_set.dimensions, *build.rule_set.blocks)
    forms = {form.indicator.id: form for group in groups for form in _forms_of(group, build)}
    for entry in build.rule_set.count_once:
        with build.gathering(entry):
            count_once(entry, forms, build)
    for form in forms.values():
        with build.gathering(form.indicator):
            finish(form, build)
    for form in forms.values():
        with build.gathering(form.indicator):
            settle(form, forms, build)
    for group in groups:
        mine = [forms[each.id] for each in group.indicators if each.id in forms]
        demand_one(mine, build)
    if not build.problems:  # a condition that was refused has no output to ask
        totals.demand_one_dimension(build)
    return forms


def _forms_of(group: Dimension | Block, build: Builder) -> Iterator[Form]:
    """Yield the form of each indicator that could be lowered."""
    here = const(1)
    if isinstance(group, Dimension):
        with build.gathering(group):
            here = totals.lower_applies(group, build)
    for indicator in group.indicators:
        with build.gathering(indicator):
            yield lower_indicator(indicator, here, build)


def _lower_totals(forms: dict[str, Form], build: Builder) -> None:
    rule_set = build.rule_set
    for dimension in rule_set.dimensions:
        with build.gathering(dimension):
            totals.lower_dimension(dimension, forms, build)
    if build.problems:
        return
    with build.gathering(rule_set):
        totals.lower_base(build)
    for block in rule_set.blocks:
        with build.gathering(block):
            totals.lower_block(block, forms, build)
    if build.problems:
        return
    with build.gathering(rule_set):
        totals.lower_total(build)
        decisions.lower_eligibility(build)
        decisions.lower_levels(build)
        decisions.lower_tie_breaks(build)


__all__ = ["Key", "Problem", "Program", "Slot", "indicators_of", "lower"]
