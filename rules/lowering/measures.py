"""Measures: named values worked out from facts, from lists of events, or from the whole group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules import integers
from rules.integers import const
from rules.lowering.expressions import lower_formula, lower_number
from rules.lowering.program import CohortInput, Slot
from rules.lowering.values import (
    MOST_EVENTS,
    Number,
    Value,
    bounds_message,
    bounds_of,
    is_most_events,
    most_events_message,
    scale_of,
)
from rules.numbers import NotANumber
from rules.problems import Position, Problem, RuleErrors, listed, nearest
from rules.quotients import Quotient, whole
from rules.syntax import (
    CountOf,
    EventChoice,
    EventFilter,
    Fact,
    LongestGap,
    MeanOf,
    Measure,
    Missed,
    OfGroup,
    RankIn,
    SumOf,
)

if TYPE_CHECKING:
    from rules.lowering.names import Names

MOST_ORGANISATIONS = 10_000_000
"""Upper bound of a group: twice the nation's 5.25 million organisations."""

_PERIODS_A_YEAR = {"month": 12, "quarter": 4, "half_year": 2, "year": 1, "period": 1}


def lower_measure(name: str, measure: Measure, names: Names) -> Value:
    """Return the value of a measure; raises RuleErrors."""
    if measure.formula:
        value = lower_formula(measure.formula, names)
        if isinstance(value, Number):
            return Number(value.quotient, measure.percent or value.percent)
        return value
    if measure.count:
        return Number(_count(name, measure.count, names))
    if measure.sum:
        return Number(_sum(name, measure.sum, names))
    if measure.missed:
        return Number(_missed(name, measure.missed, names))
    if measure.longest_gap:
        return Number(_longest_gap(name, measure.longest_gap, names))
    if measure.mean:
        return Number(_mean(name, measure.mean, names), measure.percent)
    return Number(_of_group(name, measure, names), measure.percent)


def _error(where: Position, message: str, code: str = "type") -> RuleErrors:
    return RuleErrors([Problem(where, code, message)])


def fact_of_type(name: str, wanted: str, where: Position, names: Names) -> Fact:
    """Return a fact that must have a type; raises RuleErrors with the nearest name."""
    facts = names.rule_set.facts
    if name not in facts:
        suited = [key for key, fact in facts.items() if fact.type == wanted]
        raise _error(
            where,
            f'"{name}" is no fact; facts that hold {wanted} are '
            f"{listed(suited)}.{nearest(name, suited)}",
            "unknown-name",
        )
    if facts[name].type != wanted:
        raise _error(
            where, f'"{name}" holds {facts[name].type}; a fact of type {wanted} is needed here.'
        )
    return facts[name]


def most_events(fact: Fact) -> int:
    """Return how many events a fact may hold."""
    if not is_most_events(fact.max):
        raise _error(fact.where, most_events_message(fact), "bounds")
    return int(fact.max or MOST_EVENTS)


def events_of(node: EventChoice, names: Names) -> Fact:
    """Return the events fact of a filter, with its columns checked."""
    from rules.lowering.events import check_filter  # events lower formulas

    fact = fact_of_type(node.events, "events", node.where, names)
    once_per = node.once_per if isinstance(node, EventFilter) else None
    check_filter(fact, node.where_, once_per, node.where)
    return fact


def _count(name: str, node: CountOf, names: Names) -> Quotient:
    return whole(names.reduction(name, node, 0, most_events(events_of(node, names))))


def _sum(name: str, node: SumOf, names: Names) -> Quotient:
    fact = events_of(node, names)
    column = fact.fields.get(node.field_)
    if column is None or column.type not in ("integer", "decimal", "ratio"):
        numeric = [
            key for key, each in fact.fields.items() if each.type in ("integer", "decimal", "ratio")
        ]
        raise _error(
            node.where,
            f'"{node.field_}" is no numeric column of {node.events}; '
            f"numeric are {listed(numeric)}.{nearest(node.field_, numeric)}",
        )
    try:
        low, high = bounds_of(column)
    except NotANumber:
        raise _error(
            column.where, f'the column "{node.field_}" is added up and needs min and max.', "bounds"
        ) from None
    most = most_events(fact)
    added = names.reduction(name, node, min(low, 0) * most, max(high, 0) * most)
    return Quotient(added, const(scale_of(column)))


def _missed(name: str, node: Missed, names: Names) -> Quotient:
    events_of(node, names)
    if node.at_least < 1:
        raise _error(node.where, "at_least must be 1 or more.")
    period = names.rule_set.period
    years = period.to.year - period.from_.year + 1
    if (node.every == "term") != bool(node.terms):
        raise _error(
            node.where,
            "`every: term` and `terms:` belong together: list the first and last day "
            "of each term, such as {from: 2026-02-23, to: 2026-07-10}.",
        )
    periods = len(node.terms) or (
        1 if node.every == "period" else years * _PERIODS_A_YEAR[node.every]
    )
    return whole(names.reduction(name, node, 0, periods * node.at_least))


def _longest_gap(name: str, node: LongestGap, names: Names) -> Quotient:
    events_of(node, names)
    period = names.rule_set.period
    days = period.to.toordinal() - period.from_.toordinal() + 1
    return whole(names.reduction(name, node, 0, max(days, 1)))


def _mean(name: str, node: MeanOf, names: Names) -> Quotient:
    fact = fact_of_type(node.ratings, "ratings", node.where, names)
    if node.at_least <= node.drop_highest + node.drop_lowest:
        raise _error(
            node.where,
            f"at_least: {node.at_least} leaves nothing when "
            f"{node.drop_highest + node.drop_lowest} ratings are dropped; raise it.",
        )
    try:
        low, high = bounds_of(fact)
    except NotANumber:
        raise _error(fact.where, bounds_message(node.ratings, fact), "bounds") from None
    lowest, highest = min(low, 0) * MOST_EVENTS, max(high, 0) * MOST_EVENTS
    total = names.reduction(name, node, lowest, highest, "sum")
    count = names.reduction(name, node, 1, MOST_EVENTS, "count")
    return Quotient(total, integers.mul(count, const(scale_of(fact))))


def _of_group(name: str, measure: Measure, names: Names) -> Quotient:
    way = measure.rank or measure.highest or measure.lowest or measure.group_mean
    assert way is not None  # noqa: S101 - the schema asks for exactly one way
    _check_group(way, names)
    value = lower_number(way.of, names)
    if not value.den.is_const:
        raise _error(
            way.of.where,
            "what is compared in a group needs a fixed number of decimal "
            "places; write round(…, 4).",
        )
    facts = names.facts_in_group(way)
    names.cohort.append(CohortInput(name, measure, way, value, facts))
    if isinstance(way, RankIn):
        return whole(names.slot(Slot("cohort", name, 1, MOST_ORGANISATIONS)))
    if measure.group_mean:
        low, high = (
            min(value.num.low, 0) * MOST_ORGANISATIONS,
            max(value.num.high, 0) * MOST_ORGANISATIONS,
        )
        added = names.slot(Slot("cohort", name, low, high, "sum"))
        count = names.slot(Slot("cohort", name, 1, MOST_ORGANISATIONS, "count"))
        return Quotient(added, integers.mul(count, value.den))
    return Quotient(names.slot(Slot("cohort", name, value.num.low, value.num.high)), value.den)


def _check_group(way: OfGroup, names: Names) -> None:
    choices = [key for key, fact in names.rule_set.facts.items() if fact.type == "choice"]
    allowed = ["category", "committee", *choices]
    if way.among not in allowed:
        raise _error(
            way.where,
            f'found among: "{way.among}"; allowed are {listed(allowed)}.'
            f"{nearest(way.among, allowed)}",
            "choice",
        )
