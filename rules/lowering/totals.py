"""From indicators to dimensions, blocks, the base and the total."""

from __future__ import annotations

from fractions import Fraction

from rules import integers, quotients
from rules.integers import Int, const
from rules.lowering.builder import Builder
from rules.lowering.expressions import lower_number, lower_truth
from rules.lowering.indicators import Form
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


def lower_dimension(dimension: Dimension, forms: dict[str, Form], build: Builder) -> None:
    """Write the points of a dimension, rescaled to what was not exempt, and whether it counts."""
    mine = [forms[each.id] for each in dimension.indicators if each.id in forms]
    points = whole(_sum([form.points for form in mine]))
    present = _ALWAYS
    exempt = _sum(
        [
            integers.mul(form.exempt, const(form.indicator.points))
            for form in mine
            if not form.indicator.alternative
        ]
    )
    if exempt.high > 0:
        left = integers.sub(const(dimension.points), exempt)
        present = integers.less(const(0), left)
        safe = Quotient(integers.maximum(left, const(1)), const(1))
        points = quotients.div(quotients.mul(points, constant(dimension.points)), safe)
    if dimension.applies_when:
        present = integers.both(present, lower_truth(dimension.applies_when, build.names))
        build.reads(
            Reader(("dimension", dimension.id), build.names.facts_of(dimension.applies_when))
        )
    counted = integers.where(present, quotients.half_up(points), const(0))
    value = build.output(counted, "dimension", dimension.id)
    build.output(present, "present", dimension.id)
    build.names.totals[dimension.id] = Quotient(value, const(POINT))


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
    """Write the base: weighted dimensions, the weight of absent ones moved to the rest."""
    won, possible, slots = NOTHING, NOTHING, set()
    for dimension in build.rule_set.dimensions:
        if not dimension.counts:
            continue
        weight = weight_of(dimension)
        points = build.names.totals[dimension.id]
        won = quotients.add(won, quotients.mul(points, constant(weight * POINT)))
        if dimension.alternative in slots:
            continue
        here: Int = (
            _ALWAYS
            if dimension.alternative
            else integers.output(
                build.index["present", dimension.id], *_bounds(build, "present", dimension.id)
            )
        )
        if dimension.alternative:
            slots.add(dimension.alternative)
        share = constant(weight * dimension.points)
        possible = quotients.add(possible, quotients.mul(whole(here), share))
    base = build.output(quotients.half_up(_rescaled(won, possible, build)), "base")
    build.names.totals["base"] = Quotient(base, const(POINT))


def _bounds(build: Builder, *key: str) -> tuple[int, int]:
    value = build.outputs[build.index[key]].value
    return value.low, value.high


def _rescaled(won: Quotient, possible: Quotient, build: Builder) -> Quotient:
    if possible.num.is_const:
        return won
    nothing_left = integers.at_most(possible.num, const(0))
    safe = Quotient(integers.maximum(possible.num, const(1)), possible.den)
    scaled = quotients.div(quotients.mul(won, constant(build.rule_set.scale.total)), safe)
    return quotients.where(nothing_left, NOTHING, scaled)


def lower_block(block: Block, forms: dict[str, Form], build: Builder) -> None:
    """Write the points of a bonus or deduction block, capped on both sides."""
    if block.cap <= 0:
        raise error(block.where, f"cap: {points_text(block.cap)} is not above 0.", "points")
    points = _sum([forms[each.id].points for each in block.indicators if each.id in forms])
    value = build.output(integers.clamp(points, -block.cap, block.cap), "block", block.id)
    build.names.totals[block.id] = Quotient(value, const(POINT))


def lower_total(build: Builder) -> None:
    """Write the total by the composition, kept at or below the ceiling and at or above 0."""
    scale = build.rule_set.scale
    total = _composed(build)
    if scale.ceiling is not None:
        total = integers.minimum(total, const(scale.ceiling))
    total = build.output(integers.maximum(total, const(0)), "total")
    build.names.totals["total"] = Quotient(total, const(POINT))


def _composed(build: Builder) -> Int:
    rule_set, totals = build.rule_set, build.names.totals
    if rule_set.composition:
        composed = lower_number(rule_set.composition, build.names)
        build.reads(Reader(("total",), build.names.facts_of(rule_set.composition)))
        return quotients.half_up(quotients.mul(composed, constant(POINT)))
    total = totals["base"]
    for block in rule_set.blocks:
        join = quotients.add if block.kind == "bonus" else quotients.sub
        total = join(total, totals[block.id])
    return quotients.half_up(quotients.mul(total, constant(POINT)))
