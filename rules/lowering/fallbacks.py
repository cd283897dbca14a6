"""What an indicator brings where a fact is missing, or where it does not apply."""

from __future__ import annotations

from rules import integers, quotients
from rules.integers import Int, const
from rules.lowering.builder import Builder
from rules.lowering.forms import NEVER, Form, absent, needs
from rules.lowering.parts import error
from rules.lowering.program import Reader, Slot
from rules.problems import listed, nearest
from rules.quotients import Quotient, constant
from rules.syntax import Fallback


def settle(
    form: Form, forms: dict[str, Form], build: Builder, waiting: tuple[str, ...] = ()
) -> None:
    """Decide what an indicator brings where a fact is missing or it does not apply.

    An indicator whose points stand in for others is settled before them.
    """
    if form.settled:
        return
    indicator = form.indicator
    for fallback in (indicator.missing, indicator.otherwise):
        if fallback is not None and fallback.kind == "use":
            other = _used(fallback, form, forms, (*waiting, indicator.id))
            settle(other, forms, build, (*waiting, indicator.id))
    form.settled = True
    points, exempt = form.points, NEVER
    if indicator.missing.kind == "error":
        for facts, needed in needs(form, build):
            build.reads(Reader(("points", indicator.id), facts, build.applies(needed)))
    else:
        lacking = build.output(absent(form, build), "absent", indicator.id)
        points, exempt = _instead(indicator.missing, lacking, points, form, forms, build)
    if indicator.applies_when:
        applies = build.output(form.applies, "applies", indicator.id)
        fallback = indicator.otherwise or Fallback("zero")
        points, left_out = _instead(fallback, integers.negated(applies), points, form, forms, build)
        exempt = integers.where(applies, exempt, left_out)
        build.reads(Reader(("applies", indicator.id), build.names.facts_of(indicator.applies_when)))
    if not (exempt.is_const and exempt.low == 0):
        form.exempt = build.output(exempt, "exempt", indicator.id)
    form.points = build.output(points, "points", indicator.id)


def _instead(
    fallback: Fallback,
    condition: Int,
    points: Int,
    form: Form,
    forms: dict[str, Form],
    build: Builder,
) -> tuple[Int, Int]:
    """Return the points and the exemption where a fallback takes hold."""
    indicator = form.indicator
    if fallback.kind == "error":
        return points, NEVER
    if fallback.kind == "exempt":
        return integers.where(condition, const(0), points), condition
    stand_in = _stand_in(fallback, form, forms, build)
    floor = indicator.floor if indicator.floor is not None else min(points.low, 0)
    stand_in = integers.clamp(stand_in, floor, indicator.points)
    left_out = NEVER
    if fallback.kind == "use":
        left_out = integers.both(condition, forms[fallback.use].exempt)
    return integers.where(condition, stand_in, points), left_out


def _used(fallback: Fallback, form: Form, forms: dict[str, Form], waiting: tuple[str, ...]) -> Form:
    """Return the indicator that stands in; raises RuleErrors for unknown ones and circles."""
    where, known = form.indicator.where, [name for name in forms if name not in waiting]
    if fallback.use in waiting:
        circle = " → ".join([*waiting[waiting.index(fallback.use) :], fallback.use])
        raise error(
            where,
            f"these indicators stand in for each other: {circle}. Break the circle.",
            "circle",
        )
    if fallback.use not in forms:
        raise error(
            where,
            f'use: "{fallback.use}" is no other indicator; allowed '
            f"are {listed(known)}.{nearest(fallback.use, known)}",
            "unknown-name",
        )
    return forms[fallback.use]


def _stand_in(fallback: Fallback, form: Form, forms: dict[str, Form], build: Builder) -> Int:
    indicator = form.indicator
    if fallback.kind == "full":
        return const(indicator.points)
    if fallback.kind == "peers_mean":
        return build.names.slot(Slot("peers", indicator.id, form.points.low, form.points.high))
    if fallback.kind == "use":
        other = forms[fallback.use]
        share = quotients.div(Quotient(other.points, const(1)), constant(other.indicator.points))
        scaled = quotients.mul(share, constant(indicator.points))
        return quotients.rounded(scaled, 10 ** (4 - build.rule_set.scale.places))
    return const(0)
