"""Indicators as outputs: parts, bounds, rounding, and what must hold of judged facts and slots."""

from __future__ import annotations

from rules import integers, quotients
from rules.integers import Int, const
from rules.lowering.builder import Builder
from rules.lowering.expressions import lower_truth
from rules.lowering.forms import NEVER, Form
from rules.lowering.parts import error
from rules.lowering.program import Demand
from rules.lowering.reads import facts_read
from rules.lowering.ways import lower_rule, total_of
from rules.numbers import points_text
from rules.quotients import Quotient, constant
from rules.syntax import Indicator


def lower_indicator(indicator: Indicator, here: Int, build: Builder) -> Form:
    """Return the form of an indicator with its rule lowered; points come later.

    `here` says whether its dimension applies.
    """
    if indicator.points <= 0:
        raise error(
            indicator.where,
            f"points: {points_text(indicator.points)} is not above 0; an "
            "indicator needs points to win, or belongs in a deduction block.",
            "points",
        )
    lowered = lower_rule(indicator, build.names)
    form = Form(indicator, lowered, facts_read(indicator.rule, build.names), here=here)
    if indicator.applies_when:
        form.applies = lower_truth(indicator.applies_when, build.names)
        if not (indicator.otherwise or indicator.alternative):
            raise error(
                indicator.where,
                "applies_when needs `otherwise:` (zero, full, exempt or "
                "use: another indicator), or an `alternative:` slot.",
                "otherwise",
            )
    return form


def finish(form: Form, build: Builder) -> None:
    """Write the outputs of an indicator: each part, the step that holds, the points."""
    indicator, lowered = form.indicator, form.lowered
    places = 10 ** (4 - build.rule_set.scale.places)
    raw = total_of(lowered, indicator) if lowered.parts else lowered.raw
    _check_bounds(indicator, raw)
    floor = indicator.floor if indicator.floor is not None else min(0, int(raw.low))
    bounded = quotients.minimum(quotients.maximum(raw, constant(floor)), constant(indicator.points))
    value = integers.clamp(quotients.rounded(bounded, places), floor, indicator.points)
    for number, (_, amount) in enumerate(lowered.parts):
        build.output(quotients.half_up(amount), "part", indicator.id, str(number))
    if lowered.step is not None:
        build.output(lowered.step, "step", indicator.id)
    own = build.output(value, "own", indicator.id)
    form.points = own
    _demands(form, build)


def _check_bounds(indicator: Indicator, raw: Quotient) -> None:
    if indicator.floor is not None and indicator.floor > indicator.points:
        raise error(indicator.where, "floor lies above points.", "bounds")
    if indicator.floor is None and raw.low < 0:
        lowest = points_text(int(raw.low))
        raise error(
            indicator.where,
            f'"{indicator.id}" may fall to {lowest}, below 0: more can '
            f"be lost than its {points_text(indicator.points)} points. Add `floor: 0`, "
            "or the negative floor that is meant.",
            "no-floor",
        )
    rule = indicator.rule
    if raw.high > indicator.points and (rule.ladder or rule.options or rule.cases):
        highest = points_text(int(raw.high))
        raise error(
            indicator.where,
            f'"{indicator.id}" may reach {highest}, above its '
            f"{points_text(indicator.points)} points; lower the points of its steps, "
            "or raise `points`.",
            "above-points",
        )
    if raw.high <= 0:
        raise error(
            indicator.where, f'no facts let "{indicator.id}" reach a point above 0.', "unreachable"
        )


def _demands(form: Form, build: Builder) -> None:
    for number, judged in enumerate(form.lowered.judged):
        value, low, high = judged.value, constant(judged.low), constant(judged.high)
        inside = integers.both(quotients.at_most(low, value), quotients.at_most(value, high))
        broken = integers.both(judged.condition, integers.negated(inside))
        if broken.is_const and not broken.low:
            continue
        bounds = f"{points_text(judged.low)}–{points_text(judged.high)}"
        label = build.rule_set.facts[judged.fact].label
        key = ("demand", form.indicator.id, judged.fact, str(number))
        build.output(integers.both(broken, form.rated), *key)
        build.demands.append(
            Demand(
                key,
                judged.fact,
                f"{label.zh}应在{bounds}分之间",
                f"{label.say('en')} must lie within {bounds} points here",
            )
        )


def demand_one(group: list[Form], build: Builder) -> None:
    """Ask of every slot of a dimension or block that exactly one of its indicators applies."""
    slots: dict[str, list[Form]] = {}
    for form in group:
        if form.indicator.alternative:
            slots.setdefault(form.indicator.alternative, []).append(form)
    for slot, members in slots.items():
        demand_one_of(slot, [form.applies for form in members], members[0].here, build)


def demand_one_of(slot: str, applies: list[Int], here: Int, build: Builder) -> None:
    """Refuse organisations to which none of a slot applies, or several do."""
    count = NEVER
    for each in applies:
        count = integers.add(count, each)
    broken = integers.both(here, integers.negated(integers.equal(count, const(1))))
    if broken.is_const and not broken.low:
        return
    key = ("demand", "alternative", slot)
    build.output(broken, *key)
    build.demands.append(
        Demand(
            key,
            slot,
            "互相替代的各项中，应当恰有一项适用于本组织，请核对规则集的适用条件",
            "of what replaces each other here, exactly one must apply to the organisation; mend "
            "the conditions in the rule set",
        )
    )
