"""Indicators as outputs: parts, count-once, bounds, rounding, missing facts, applicability."""

from __future__ import annotations

from dataclasses import dataclass

from rules import integers, quotients
from rules.integers import Int, const
from rules.lowering.builder import Builder
from rules.lowering.expressions import lower_truth
from rules.lowering.parts import NOTHING, error
from rules.lowering.program import Demand, Reader, Slot
from rules.lowering.reads import facts_read, formulas_of
from rules.lowering.ways import Lowered, lower_rule, total_of
from rules.numbers import points_text
from rules.problems import listed, nearest
from rules.quotients import Quotient, constant
from rules.syntax import CountOnce, Fallback, Indicator

_NEVER = const(0)


@dataclass
class Form:
    """An indicator on its way to the program."""

    indicator: Indicator
    lowered: Lowered
    facts: frozenset[str]
    points: Int = _NEVER
    applies: Int = const(1)
    here: Int = const(1)
    """Whether its dimension applies."""
    exempt: Int = _NEVER
    settled: bool = False

    @property
    def rated(self) -> Int:
        """Whether it applies and its dimension does too."""
        return integers.both(self.here, self.applies)


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


def count_once(entry: CountOnce, forms: dict[str, Form], build: Builder) -> None:
    """Let a fact weigh once: in a veto that falls, else where it takes or brings most."""
    weights: list[tuple[Form, list[int], Quotient]] = []
    suppressed = _NEVER
    for name in entry.among:
        if name in build.vetoes:
            suppressed = integers.either(suppressed, build.vetoes[name])
        elif name in forms:
            weights.append(_weight(entry, forms[name], build))
        else:
            known = [*forms, *build.vetoes]
            raise error(
                entry.where,
                f'"{name}" is no indicator or veto.{nearest(name, known)}',
                "unknown-name",
            )
    for number, (form, parts, amount) in enumerate(weights):
        beaten = suppressed
        for other, (_, _, rival) in enumerate(weights):
            if other != number:
                wins = quotients.at_most if other < number else quotients.less
                beaten = integers.either(beaten, wins(amount, rival))
        for index in parts:
            part, points = form.lowered.parts[index]
            form.lowered.parts[index] = (part, quotients.where(beaten, NOTHING, points))


def _weight(entry: CountOnce, form: Form, build: Builder) -> tuple[Form, list[int], Quotient]:
    parts = [
        number
        for number, (part, _) in enumerate(form.lowered.parts)
        if entry.fact in facts_read(part, build.names)
    ]
    if not parts:
        raise error(
            entry.where,
            f'no part of "{form.indicator.id}" reads "{entry.fact}"; '
            "count_once works on the parts of deduct, award and adjust.",
            "count-once",
        )
    weight = NOTHING
    for number in parts:
        amount = form.lowered.parts[number][1]
        size = quotients.maximum(amount, quotients.sub(NOTHING, amount))
        weight = quotients.add(weight, size)
    counts = integers.both(form.rated, integers.negated(_absent(form, build)))
    return form, parts, quotients.where(counts, weight, NOTHING)


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
    points, exempt = form.points, _NEVER
    if indicator.missing.kind == "error":
        for facts, needed in _needs(form, build):
            build.reads(Reader(("points", indicator.id), facts, build.applies(needed)))
    else:
        absent = build.output(_absent(form, build), "absent", indicator.id)
        points, exempt = _instead(indicator.missing, absent, points, form, forms, build)
    if indicator.applies_when:
        applies = build.output(form.applies, "applies", indicator.id)
        fallback = indicator.otherwise or Fallback("zero")
        points, left_out = _instead(fallback, integers.negated(applies), points, form, forms, build)
        exempt = integers.where(applies, exempt, left_out)
        build.reads(Reader(("applies", indicator.id), build.names.facts_of(indicator.applies_when)))
    if not (exempt.is_const and exempt.low == 0):
        form.exempt = build.output(exempt, "exempt", indicator.id)
    form.points = build.output(points, "points", indicator.id)


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
    count = _NEVER
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


def _needs(form: Form, build: Builder) -> list[tuple[frozenset[str], Int]]:
    """Return which facts must be there, and when: a judged one only where its condition holds.

    Where the condition itself reads the judged fact, it must be there at any rate.
    """
    conditional = {
        judged.fact: integers.any_of(
            [each.condition for each in form.lowered.judged if each.fact == judged.fact]
        )
        for judged in form.lowered.judged
    }
    compared = {
        fact for each in formulas_of(form.indicator.rule) for fact in build.names.facts_of(each)
    }
    at_times = {fact for fact, bit in conditional.items() if not bit.is_const}
    always = form.facts - (at_times - compared)
    return [
        (always, form.rated),
        *(
            (frozenset({fact}), integers.both(conditional[fact], form.rated))
            for fact in sorted(form.facts - always)
        ),
    ]


def _absent(form: Form, build: Builder) -> Int:
    """Return whether a fact that the indicator needs is missing, where its policy asks so."""
    if form.indicator.missing.kind == "error":
        return _NEVER
    return integers.any_of(
        [
            integers.both(needed, build.names.missing(fact))
            for facts, needed in _needs(form, build)
            for fact in sorted(facts)
        ]
    )


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
        return points, _NEVER
    if fallback.kind == "exempt":
        return integers.where(condition, const(0), points), condition
    stand_in = _stand_in(fallback, form, forms, build)
    floor = indicator.floor if indicator.floor is not None else min(points.low, 0)
    stand_in = integers.clamp(stand_in, floor, indicator.points)
    left_out = _NEVER
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
