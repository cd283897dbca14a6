"""Values of the whole group put into the slots of one organisation."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from evaluator.scoring.inputs import FactErrors, FactProblem, Inputs
from evaluator.scoring.interpreted import evaluate
from rules.lowering import Program
from rules.lowering.program import CohortInput, Slot
from rules.numbers import NotANumber, points_text, read_number, read_points
from rules.problems import listed, nearest

Given = Mapping[str, str]


def fill_group(program: Program, inputs: Inputs, group: Given, peers: Given) -> None:
    """Fill ranks, bests and means that are given for one organisation; raises FactErrors.

    A rank is a whole number; the highest, lowest or mean value of a group is a number as it is
    shown; peers holds the mean points of an indicator.
    """
    problems: list[FactProblem] = [
        *_unknown(group, {entry.name for entry in program.cohort}),
        *_unknown(peers, {slot.name for slot in program.slots if slot.kind == "peers"}),
    ]
    for number, slot in enumerate(program.slots):
        if slot.kind == "cohort":
            entry = next(each for each in program.cohort if each.name == slot.name)
            problem = _fill_cohort(entry, inputs, number, slot, group.get(slot.name))
        elif slot.kind == "peers" and slot.name in peers:
            problem = _fill_peers(inputs, number, slot, peers[slot.name])
        elif slot.kind == "peers" and _needs_peers(program, inputs, slot.name):
            problem = _needs_round(slot.name, "peers")
        else:
            continue
        problems += [problem] if problem else []
    if problems:
        unique = list(dict.fromkeys(problems))
        raise FactErrors(inputs.organisation, unique)


def _unknown(given: Given, known: set[str]) -> list[FactProblem]:
    """Return what is given but compared by no rule, such as a misspelt name."""
    return [
        FactProblem(
            name,
            "规则集中没有这个要比较的值",
            f"is compared by no rule; known are {listed(sorted(known))}.{nearest(name, known)}",
        )
        for name in given
        if name not in known
    ]


def _needs_peers(program: Program, inputs: Inputs, indicator: str) -> bool:
    """Return whether an organisation lacks what an indicator needs, so that peers stand in."""
    if not program.facts_of[indicator] & inputs.missing:
        return False
    absent = program.index["absent", indicator]
    outputs: list[int] = []
    for output in program.outputs[: absent + 1]:
        outputs.append(evaluate(output.value, inputs.slots, outputs))
    return bool(outputs[absent])


def _needs_round(name: str, key: str) -> FactProblem:
    return FactProblem(
        name,
        f"要与其他组织比较：请评定整轮（evaluator round），或在“{key}:”下写明",
        f"is compared within the group; score the whole round, or give it under `{key}:`",
    )


def _fill_cohort(
    entry: CohortInput, inputs: Inputs, number: int, slot: Slot, given: str | None
) -> FactProblem | None:
    if given is None:
        return _needs_round(entry.name, "group")
    try:
        value = read_number(str(given))
    except NotANumber:
        return FactProblem(
            entry.name, f"填写的是“{given}”，应填数字", f'found "{given}"; allowed is a number'
        )
    if entry.measure.rank is None:
        value *= entry.value.den.low
    if slot.facet:
        low, high = Fraction(entry.value.num.low), Fraction(entry.value.num.high)
        whole = value.numerator if slot.facet == "sum" else value.denominator
        fits = low <= value <= high and slot.low <= whole <= slot.high
    else:
        whole, fits = int(value), value.denominator == 1 and slot.low <= value <= slot.high
    if not fits:
        return FactProblem(
            entry.name,
            f"填写的是“{given}”，组内不可能有此值",
            f'found "{given}", which no group has',
        )
    inputs.slots[number] = whole
    return None


def _fill_peers(inputs: Inputs, number: int, slot: Slot, given: str) -> FactProblem | None:
    try:
        value = read_points(str(given))
    except NotANumber:
        return FactProblem(
            slot.name, f"填写的是“{given}”，应填分数", f'found "{given}"; allowed are points'
        )
    if not slot.low <= value <= slot.high:
        low, high = points_text(slot.low), points_text(slot.high)
        return FactProblem(
            slot.name,
            f"填写的是“{given}”，应在{low}至{high}之间",
            f'found "{given}"; allowed is {low} to {high}',
        )
    inputs.slots[number] = value
    return None
