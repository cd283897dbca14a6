"""Facts that hit in several places but count once."""

from __future__ import annotations

from rules import integers, quotients
from rules.lowering.builder import Builder
from rules.lowering.forms import NEVER, Form, absent
from rules.lowering.parts import NOTHING, error
from rules.lowering.reads import facts_read
from rules.problems import nearest
from rules.quotients import Quotient
from rules.syntax import CountOnce


def count_once(entry: CountOnce, forms: dict[str, Form], build: Builder) -> None:
    """Let a fact weigh once: in a veto that falls, else where it takes or brings most."""
    weights: list[tuple[Form, list[int], Quotient]] = []
    suppressed = NEVER
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
    counts = integers.both(form.rated, integers.negated(absent(form, build)))
    return form, parts, quotients.where(counts, weight, NOTHING)
