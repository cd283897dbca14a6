"""From indicators to dimensions, blocks, the base and the total."""

from __future__ import annotations

from fractions import Fraction

from rules import integers, quotients
from rules.formula import parse
from rules.integers import Int, const
from rules.lowering.builder import Builder
from rules.lowering.expressions import lower_number, lower_truth
from rules.lowering.forms import Form
from rules.lowering.indicators import demand_one_of
from rules.lowering.parts import NOTHING, error
from rules.lowering.program import Reader
from rules.numbers import NotANumber, points_text, read_number
from rules.quotients import Quotient, constant, whole
from rules.syntax import POINT, Block, Dimension

_ALWAYS = const(1)


def weight_of(dimension: Dimension) -> Fraction:
    """Return the share of a dimension's points that enters the base."""
    if dimension.weight is None:
        return Fraction(1)
    try:
        return read_number(dimension.weight)
    except NotANumber:
        raise error(
            dimension.where,
            f'found weight: "{dimension.weight}"; allowed is a share such as 20%.',
            "number",
        ) from None


def lower_applies(dimension: Dimension, build: Builder) -> Int:
    """Write whether a dimension applies to an organisation."""
    if dimension.applies_when is None:
        return _ALWAYS
    facts = build.names.facts_of(dimension.applies_when)
    build.reads(Reader(("dimension", dimension.id), facts))
    bit = lower_truth(dimension.applies_when, build.names)
    return build.output(bit, "here", dimension.id)


def lower_dimension(dimension: Dimension, forms: dict[str, Form], build: Builder) -> None:
    """Write the points of a dimension, rescaled to what was not exempt, and whether it counts.

    A rescaled dimension is rounded half up to 1/10,000 point; all others are exact.
    """
    mine = [forms[each.id] for each in dimension.indicators if each.id in forms]
    points = whole(_sum([form.points for form in mine]))
    present = _output_of(build, "here", dimension.id) if dimension.applies_when else _ALWAYS
    exempt = _sum([integers.mul(form.exempt, const(form.indicator.points)) for form in mine])
    if exempt.high > 0:
        left = integers.sub(const(dimension.points), exempt)
        present = integers.both(present, integers.less(const(0), left))
        safe = Quotient(integers.maximum(left, const(1)), const(1))
        points = quotients.div(quotients.mul(points, constant(dimension.points)), safe)
    counted = integers.where(present, quotients.half_up(points), const(0))
    value = build.output(counted, "dimension", dimension.id)
    build.output(present, "present", dimension.id)
    build.names.totals[dimension.id] = Quotient(value, const(POINT))


def demand_one_dimension(build: Builder) -> None:
    """Ask of every slot of dimensions that exactly one of them applies."""
    slots: dict[str, list[Int]] = {}
    for dimension in build.rule_set.dimensions:
        if dimension.alternative:
            here = _output_of(build, "here", dimension.id) if dimension.applies_when else _ALWAYS
            slots.setdefault(dimension.alternative, []).append(here)
    for slot, applies in slots.items():
        demand_one_of(slot, applies, _ALWAYS, build)


def _sum(values: list[Int]) -> Int:
    """Return the sum, added in pairs, so that hundreds of values are not nested deep."""
    if not values:
        return const(0)
    while len(values) > 1:
        pairs = zip(values[::2], values[1::2], strict=False)
        odd = values[-1:] if len(values) % 2 else []
        values = [*(integers.add(a, b) for a, b in pairs), *odd]
    return values[0]


def lower_base(build: Builder) -> None:
    """Write the base: weighted dimensions, the weight of absent ones moved to the rest.

    Where a weight moves, the base is rounded half up to 1/10,000 point; otherwise it is exact.
    """
    won, possible, full, slots = NOTHING, NOTHING, Fraction(0), set()
    for dimension in build.rule_set.dimensions:
        if not dimension.counts:
            continue
        weight = weight_of(dimension)
        points = build.names.totals[dimension.id]
        won = quotients.add(won, quotients.mul(points, constant(weight)))
        here = whole(_output_of(build, "present", dimension.id))
        share = weight * Fraction(dimension.points, POINT)
        possible = quotients.add(possible, quotients.mul(here, constant(share)))
        if dimension.alternative is None or dimension.alternative not in slots:
            full += share
        slots.add(dimension.alternative)
    base = _rescaled(won, possible, full)
    value = build.output(quotients.half_up(quotients.mul(base, constant(POINT))), "base")
    exact = base.den.is_const
    build.names.totals["base"] = base if exact else Quotient(value, const(POINT))


def _output_of(build: Builder, *key: str) -> Int:
    """Return the reference to an output that was written before."""
    value = build.outputs[build.index[key]].value
    return integers.output(build.index[key], value.low, value.high)


def _rescaled(won: Quotient, possible: Quotient, full: Fraction) -> Quotient:
    if possible.num.is_const:
        return won
    nothing_left = integers.at_most(possible.num, const(0))
    safe = Quotient(integers.maximum(possible.num, const(1)), possible.den)
    scaled = quotients.div(quotients.mul(won, constant(full)), safe)
    return quotients.where(nothing_left, NOTHING, scaled)


def lower_block(block: Block, forms: dict[str, Form], build: Builder) -> None:
    """Write the points of a bonus or deduction block, capped on both sides."""
    if block.cap <= 0:
        raise error(block.where, f"cap: {points_text(block.cap)} is not above 0.", "points")
    points = _sum([forms[each.id].points for each in block.indicators if each.id in forms])
    value = build.output(integers.clamp(points, -block.cap, block.cap), "block", block.id)
    build.names.totals[block.id] = Quotient(value, const(POINT))


def lower_total(build: Builder) -> None:
    """Write the total by the composition, kept at or below the ceiling and at or above 0.

    The output is rounded half up to 1/10,000 point; bands look at the exact total.
    """
    scale = build.rule_set.scale
    total = _composed(build)
    if scale.ceiling is not None:
        total = quotients.minimum(total, constant(Fraction(scale.ceiling, POINT)))
    total = quotients.maximum(total, NOTHING)
    value = build.output(quotients.half_up(quotients.mul(total, constant(POINT))), "total")
    build.names.totals["total"] = total if total.den.is_const else Quotient(value, const(POINT))


def _composed(build: Builder) -> Quotient:
    rule_set, totals = build.rule_set, build.names.totals
    if rule_set.composition:
        _refuse_absent(build)
        build.reads(Reader(("total",), build.names.facts_of(rule_set.composition)))
        return lower_number(rule_set.composition, build.names)
    total = totals["base"]
    for block in rule_set.blocks:
        join = quotients.add if block.kind == "bonus" else quotients.sub
        total = join(total, totals[block.id])
    return total


def _refuse_absent(build: Builder) -> None:
    """Refuse a composition that names a dimension which may be absent: it would count as 0."""
    composition = build.rule_set.composition
    assert composition is not None  # noqa: S101 - asked by the caller
    named = parse(composition).names()
    for dimension in build.rule_set.dimensions:
        present = _output_of(build, "present", dimension.id)
        if dimension.id in named and dimension.alternative is None and not present.low:
            raise error(
                composition.where,
                f'"{dimension.id}" may be absent, and the composition would count it as 0. Give '
                "the dimensions a `weight:` and name `base`, which moves the weight of an absent "
                "one to the rest.",
                "absent",
            )
