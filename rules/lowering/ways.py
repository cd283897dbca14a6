"""The ways in which an indicator's points follow from facts, one function each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from rules import integers, quotients
from rules.formula import parse
from rules.integers import Int, const
from rules.lowering.comparisons import refuse_percent_of_whole
from rules.lowering.expressions import lower_number, lower_truth
from rules.lowering.measures import fact_of_type
from rules.lowering.names import Names
from rules.lowering.parts import (
    NOTHING,
    Judged,
    check_words,
    chosen_points,
    error,
    judged_by,
    lower_part,
)
from rules.lowering.program import Slot
from rules.lowering.values import bounds_of
from rules.problems import Position
from rules.quotients import Quotient, constant
from rules.syntax import ALL, POINT, Case, Indicator, Part, Rung

MOST_STEPS = 1_000
"""So many rungs, cases or options are told apart: they are nested one in another."""


@dataclass
class Lowered:
    """An indicator's points before rounding and bounds, and what led to them."""

    raw: Quotient
    parts: list[tuple[Part, Quotient]] = field(default_factory=list)
    step: Int | None = None
    judged: list[Judged] = field(default_factory=list)


def lower_rule(indicator: Indicator, names: Names) -> Lowered:
    """Return the lowered rule of an indicator; raises RuleErrors."""
    rule = indicator.rule
    for way, lowerer in _WAYS.items():
        if getattr(rule, way) is not None:
            return lowerer(indicator, names)
    raise error(rule.where, "the rule is empty.", "one-way")


def _parts(indicator: Indicator, parts: tuple[Part, ...], names: Names) -> Lowered:
    if not parts:
        raise error(
            indicator.rule.where,
            "the list of parts is empty; add a part, or remove the indicator.",
            "empty",
        )
    found = [
        (part, lower_part(part, f"{indicator.id}.{number}", indicator, names))
        for number, part in enumerate(parts)
    ]
    judged = [each for part in parts if (each := judged_by(part, names))]
    return Lowered(NOTHING, found, judged=judged)


def total_of(lowered: Lowered, indicator: Indicator) -> Quotient:
    """Return the sum of the parts: taken off the full points, or added up from 0."""
    total = constant(indicator.points) if indicator.rule.deduct else NOTHING
    for _, amount in lowered.parts:
        join = quotients.sub if indicator.rule.deduct else quotients.add
        total = join(total, amount)
    return total


def _deduct_or_award(indicator: Indicator, names: Names) -> Lowered:
    lowered = _parts(indicator, indicator.rule.deduct or indicator.rule.award or (), names)
    for part, amount in lowered.parts:
        if amount.low < 0:
            raise error(
                part.where,
                "points of deduct and award are written without a minus sign; "
                "use `adjust:` where a row both adds and deducts.",
                "sign",
            )
    return lowered


def _adjust(indicator: Indicator, names: Names) -> Lowered:
    parts = indicator.rule.adjust or ()
    for part in parts:
        several = part.points if isinstance(part.points, tuple) else (part.points,)
        if ALL in several:
            raise error(
                part.where,
                "`all` has no meaning under `adjust:`; write the points, with "
                "a minus sign to deduct.",
                "part-points",
            )
    return _parts(indicator, parts, names)


def _ladder(indicator: Indicator, names: Names) -> Lowered:
    ladder = indicator.rule.ladder
    assert ladder is not None  # noqa: S101
    measure = lower_number(ladder.measure, names)
    held = [(_rung_holds(rung, measure, names), constant(rung.points)) for rung in ladder.rungs]
    return _first(held, constant(ladder.otherwise), ladder.where)


def _first(held: list[tuple[Int, Quotient]], otherwise: Quotient, where: Position) -> Lowered:
    """Return the points of the first condition that holds, and its number from 0."""
    if len(held) > MOST_STEPS:
        raise error(
            where,
            f"found {len(held)} steps; at most {MOST_STEPS} are allowed. Use `proportional:` or "
            "`formula:` for so fine a scale.",
            "too-large",
        )
    raw, step = otherwise, const(len(held))
    for number in range(len(held) - 1, -1, -1):
        condition, points = held[number]
        raw = quotients.where(condition, points, raw)
        step = integers.where(condition, const(number), step)
    return Lowered(raw, step=step)


def _rung_holds(rung: Rung, measure: Quotient, names: Names) -> Int:
    for threshold in filter(None, (rung.at_least, rung.above, rung.at_most, rung.below)):
        refuse_percent_of_whole(parse(threshold), measure)
    if rung.at_least:
        return quotients.at_most(lower_number(rung.at_least, names), measure)
    if rung.above:
        return quotients.less(lower_number(rung.above, names), measure)
    if rung.at_most:
        return quotients.at_most(measure, lower_number(rung.at_most, names))
    assert rung.below is not None  # noqa: S101
    return quotients.less(measure, lower_number(rung.below, names))


def _options(indicator: Indicator, names: Names) -> Lowered:
    options = indicator.rule.options
    assert options is not None  # noqa: S101
    fact = fact_of_type(options.fact, "choice", options.where, names)
    check_words(options.points, fact.options, options.where)
    low, high = bounds_of(fact)
    code = names.slot(Slot("fact", options.fact, low, high, fact=fact))
    held = [
        (integers.equal(code, const(number)), constant(options.points[word]))
        for number, word in enumerate(fact.options)
    ]
    return _first(held[:-1], held[-1][1], options.where)


def _proportional(indicator: Indicator, names: Names) -> Lowered:
    way = indicator.rule.proportional
    assert way is not None  # noqa: S101
    low = lower_number(way.zero_at, names) if way.zero_at else NOTHING
    if_equal = None if way.if_equal is None else Fraction(way.if_equal, indicator.points)
    place = _place(
        lower_number(way.measure, names),
        low,
        lower_number(way.full_at, names),
        if_equal,
        way.full_at.where,
    )
    return Lowered(quotients.mul(place, constant(indicator.points)))


def _place(
    measure: Quotient, low: Quotient, high: Quotient, if_equal: Fraction | None, where: Position
) -> Quotient:
    """Return where a measure lies between two values: 0 at the one, 1 at the other, not beyond.

    The value of the full points may lie below that of none, as where less is better.
    """
    span, distance = quotients.sub(high, low), quotients.sub(measure, low)
    falling = integers.less(span.num, const(0))
    span = quotients.where(falling, quotients.sub(NOTHING, span), span)
    distance = quotients.where(falling, quotients.sub(NOTHING, distance), distance)
    if span.num.low >= 1:
        return _inside(quotients.div(distance, span))
    if if_equal is None:
        raise error(
            where,
            "this may be the same as zero_at, and nothing can be divided by 0; "
            "add `if_equal: POINTS`.",
            "division",
        )
    safe = Quotient(integers.maximum(span.num, const(1)), span.den)
    same = integers.at_most(span.num, const(0))
    return quotients.where(same, constant(if_equal), _inside(quotients.div(distance, safe)))


def _inside(place: Quotient) -> Quotient:
    return quotients.minimum(quotients.maximum(place, NOTHING), constant(1))


def _cases(indicator: Indicator, names: Names) -> Lowered:
    cases = indicator.rule.cases
    assert cases is not None  # noqa: S101
    held, judged, earlier = [], [], const(0)
    for case in cases.first:
        condition = lower_truth(case.when, names)
        reached = integers.both(condition, integers.negated(earlier))
        held.append((condition, _case_points(case, names)))
        if case.judged:
            judged.append(Judged(case.judged, reached, held[-1][1], *_range(case)))
        earlier = integers.either(earlier, condition)
    lowered = _first(held, constant(cases.otherwise), cases.where)
    lowered.judged = judged
    return lowered


def _range(case: Case) -> tuple[int, int]:
    if case.from_ is None or case.to is None or case.from_ > case.to:
        raise error(
            case.where,
            "a case with an inner range needs `from:` and `to:`, the lower one first.",
            "bounds",
        )
    return case.from_, case.to


def _case_points(case: Case, names: Names) -> Quotient:
    if case.points is not None:
        return constant(case.points)
    low, high = _range(case)
    if case.judged:
        return chosen_points(case.judged, names, case.where)
    if case.measure is None or case.zero_at is None or case.full_at is None:
        raise error(
            case.where, "a case placed by a measure needs measure, zero_at and full_at.", "bounds"
        )
    place = _place(
        lower_number(case.measure, names),
        lower_number(case.zero_at, names),
        lower_number(case.full_at, names),
        None,
        case.full_at.where,
    )
    return quotients.add(constant(low), quotients.mul(place, constant(high - low)))


def _judgement(indicator: Indicator, names: Names) -> Lowered:
    name = indicator.rule.judgement or ""
    value = chosen_points(name, names, indicator.rule.where)
    judged = Judged(name, const(1), value, indicator.floor or 0, indicator.points)
    return Lowered(value, judged=[judged])


def _formula(indicator: Indicator, names: Names) -> Lowered:
    formula = indicator.rule.formula
    assert formula is not None  # noqa: S101
    return Lowered(quotients.mul(lower_number(formula, names), constant(POINT)))


_WAYS: dict[str, Callable[[Indicator, Names], Lowered]] = {
    "deduct": _deduct_or_award,
    "award": _deduct_or_award,
    "adjust": _adjust,
    "ladder": _ladder,
    "options": _options,
    "proportional": _proportional,
    "cases": _cases,
    "judgement": _judgement,
    "formula": _formula,
}
