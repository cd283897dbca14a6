"""The parts of an additive rule: a condition, a count, a distance, events, discretion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rules import integers, quotients
from rules.integers import Int, const
from rules.lowering.events import check_caps, check_filter
from rules.lowering.expressions import lower_number, lower_truth
from rules.lowering.measures import fact_of_type, most_events
from rules.lowering.names import Names
from rules.lowering.program import Slot
from rules.lowering.values import bounds_message, bounds_of, scale_of
from rules.numbers import NotANumber, points_text
from rules.problems import Position, Problem, RuleErrors, listed, nearest
from rules.quotients import Quotient, constant, whole
from rules.syntax import ALL, POINT, Amount, Discretion, Fact, Indicator, Part, Per, PerEvent

NOTHING = constant(0)


@dataclass(frozen=True)
class Judged:
    """A chosen value that must lie inside a range where a condition holds."""

    fact: str
    condition: Int
    value: Quotient
    low: int
    high: int


def error(where: Position, message: str, code: str) -> RuleErrors:
    """Return one problem as an exception."""
    return RuleErrors([Problem(where, code, message)])


def lower_part(part: Part, name: str, indicator: Indicator, names: Names) -> Quotient:
    """Return the points of a part in 1/10,000: as declared, its sign not yet applied."""
    amount = _amount(part, name, indicator, names)
    if part.at_most is not None:
        amount = quotients.maximum(
            quotients.minimum(amount, constant(part.at_most)), constant(-part.at_most)
        )
    if part.when:
        amount = quotients.where(lower_truth(part.when, names), amount, NOTHING)
    return amount


def _amount(part: Part, name: str, indicator: Indicator, names: Names) -> Quotient:
    if part.each:
        return _each(part, indicator, names)
    if part.per:
        return quotients.mul(units(part.per, names), constant(_single(part, indicator)))
    if part.per_event:
        return _per_event(part, part.per_event, name, indicator, names)
    if part.discretion:
        return _chosen(part.discretion, names)
    return constant(_single(part, indicator))


def _single(part: Part, indicator: Indicator) -> int:
    """Return the one amount of a part; raises where none, or several, are given."""
    if part.points is None or isinstance(part.points, (tuple, Mapping)):
        raise error(
            part.where, "this part needs `points:` as one number, such as 2 or all.", "part-points"
        )
    return _plain(part.points, indicator)


def _plain(amount: Amount, indicator: Indicator) -> int:
    return indicator.points if amount == ALL else int(amount)


def _each(part: Part, indicator: Indicator, names: Names) -> Quotient:
    assert part.each is not None  # noqa: S101
    count = lower_number(part.each, names)
    if not count.is_whole:
        raise error(
            part.each.where,
            "`each` counts whole occurrences, and this may have a "
            "fraction; write floor(…) or ceil(…), or use `per:` with steps.",
            "type",
        )
    number = integers.maximum(count.num, const(0))
    if isinstance(part.points, tuple):
        return whole(_by_occurrence(number, part.points, indicator))
    return whole(integers.mul(number, const(_single(part, indicator))))


def _by_occurrence(number: Int, amounts: tuple[Amount, ...], indicator: Indicator) -> Int:
    """Return the sum for so many occurrences; the last amount repeats, and `all` ends the list."""
    sums = [0]
    for amount in amounts:
        top = max(sums[-1], indicator.points) if amount == ALL else sums[-1] + int(amount)
        sums.append(top)
    last = 0 if amounts[-1] == ALL else int(amounts[-1])
    beyond = integers.maximum(integers.sub(number, const(len(amounts))), const(0))
    result = integers.add(const(sums[-1]), integers.mul(beyond, const(last)))
    for occurrences in range(len(amounts) - 1, -1, -1):
        reached = integers.at_most(number, const(occurrences))
        result = integers.where(reached, const(sums[occurrences]), result)
    return result


def units(per: Per, names: Names) -> Quotient:
    """Return how many units a measure lies short of its target or above its ceiling."""
    if (per.below is None) == (per.above is None):
        raise error(
            per.where,
            "`per` needs exactly one of below (a target that is missed) and "
            "above (a ceiling that is exceeded).",
            "one-way",
        )
    measure, size = lower_number(per.measure, names), lower_number(per.every, names)
    if per.below:
        distance = quotients.sub(lower_number(per.below, names), measure)
    else:
        assert per.above is not None  # noqa: S101
        distance = quotients.sub(measure, lower_number(per.above, names))
    try:
        counted = quotients.maximum(quotients.div(distance, size), NOTHING)
    except ZeroDivisionError:
        raise error(per.every.where, "`every` must be above 0.", "division") from None
    if per.steps == "whole":
        return whole(quotients.floor(counted))
    return whole(quotients.ceil(counted)) if per.steps == "started" else counted


def _per_event(
    part: Part, per_event: PerEvent, name: str, indicator: Indicator, names: Names
) -> Quotient:
    fact = fact_of_type(per_event.of, "events", per_event.where, names)
    check_filter(fact, per_event.where_, per_event.once_per, per_event.where)
    check_caps(per_event)
    amounts = _event_points(part, per_event, fact, indicator)
    times = 1 if per_event.take == "highest" else most_events(fact)
    low, high = min([0, *amounts]) * times, max([0, *amounts]) * times
    return whole(names.reduction(name, part, low, high))


def _event_points(part: Part, per_event: PerEvent, fact: Fact, indicator: Indicator) -> list[int]:
    if per_event.by is None:
        return [_single(part, indicator)]
    column = fact.fields.get(per_event.by)
    choices = [key for key, each in fact.fields.items() if each.type == "choice"]
    if column is None or column.type != "choice":
        raise error(
            per_event.where,
            f'by: "{per_event.by}" is no choice column; choices are '
            f"{listed(choices)}.{nearest(per_event.by, choices)}",
            "unknown-name",
        )
    if not isinstance(part.points, Mapping):
        raise error(
            part.where,
            f"with `by:`, `points:` maps each word to points: {listed(column.options)}.",
            "part-points",
        )
    check_words(part.points, column.options, part.where)
    return list(part.points.values())


def check_words(points: Mapping[str, int], options: Mapping[str, object], where: Position) -> None:
    """Raise RuleErrors unless exactly the declared words have points."""
    unknown = [word for word in points if word not in options]
    if unknown:
        raise error(
            where,
            f'"{unknown[0]}" is no option; allowed are {listed(options)}.'
            f"{nearest(unknown[0], options)}",
            "option",
        )
    absent = [word for word in options if word not in points]
    if absent:
        raise error(
            where,
            f"no points are given for {listed(absent)}; every option needs points, "
            "0 where it brings none.",
            "option",
        )


def _chosen(discretion: Discretion, names: Names) -> Quotient:
    return chosen_points(discretion.fact, names, discretion.where)


def chosen_points(name: str, names: Names, where: Position) -> Quotient:
    """Return the points that a person chose; the fact must be a bounded number with a reason."""
    fact = names.rule_set.facts.get(name)
    if fact is None:
        raise error(
            where,
            f'"{name}" is no fact.{nearest(name, names.rule_set.facts)} Declare it '
            "under `facts:` as a decimal with min, max and `reason: required`.",
            "unknown-name",
        )
    if fact.type not in ("integer", "decimal"):
        raise error(
            where, f'"{name}" holds {fact.type}; chosen points are an integer or a decimal.', "type"
        )
    if fact.reason != "required":
        raise error(
            fact.where,
            f'"{name}" is chosen at discretion and needs '
            "`reason: required`, so that each choice is explained.",
            "reason",
        )
    value = _fact_number(name, fact, names)
    return quotients.mul(value, constant(POINT))


def _fact_number(name: str, fact: Fact, names: Names) -> Quotient:
    try:
        low, high = bounds_of(fact)
    except NotANumber:
        raise error(fact.where, bounds_message(name, fact), "bounds") from None
    return Quotient(names.slot(Slot("fact", name, low, high, fact=fact)), const(scale_of(fact)))


def judged_by(part: Part, names: Names) -> Judged | None:
    """Return the range in which a discretionary part must lie, where it applies."""
    discretion = part.discretion
    if discretion is None:
        return None
    if discretion.from_ > discretion.to:
        raise error(
            discretion.where,
            f"from: {points_text(discretion.from_)} lies above "
            f"to: {points_text(discretion.to)}; swap them.",
            "bounds",
        )
    condition = lower_truth(part.when, names) if part.when else const(1)
    return Judged(
        discretion.fact, condition, _chosen(discretion, names), discretion.from_, discretion.to
    )
