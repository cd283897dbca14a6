"""Values of the whole group put into the slots of one organisation."""

from __future__ import annotations

from collections.abc import Mapping

from evaluator.scoring.inputs import FactErrors, FactProblem, Inputs
from rules.lowering import Program
from rules.lowering.program import CohortInput
from rules.numbers import NotANumber, read_number, read_points

Given = Mapping[str, str]


def fill_group(program: Program, inputs: Inputs, group: Given, peers: Given) -> None:
    """Fill ranks, bests and means that are given for one organisation; raises FactErrors.

    A rank is a whole number; the highest, lowest or mean value of a group is a number as it is
    shown; peers holds the mean points of an indicator.
    """
    problems = []
    for number, slot in enumerate(program.slots):
        if slot.kind == "cohort":
            entry = next(each for each in program.cohort if each.name == slot.name)
            problem = _fill_cohort(entry, inputs, number, slot.facet, group.get(slot.name))
        elif slot.kind == "peers" and slot.name in peers:
            problem = _fill_peers(inputs, number, slot.name, peers[slot.name])
        elif slot.kind == "peers" and needs_peers(program, inputs, slot.name):
            problem = _needs_round(slot.name, "peers")
        else:
            continue
        problems += [problem] if problem else []
    if problems:
        unique = list(dict.fromkeys(problems))
        raise FactErrors(inputs.organisation, unique)


def needs_peers(program: Program, inputs: Inputs, indicator: str) -> bool:
    """Return whether an organisation lacks what an indicator reads, so that peers stand in."""
    return bool(program.facts_of[indicator] & inputs.missing)


def _needs_round(name: str, key: str) -> FactProblem:
    return FactProblem(
        name,
        f"要与其他组织比较：请评定整轮（evaluator round），或在“{key}:”下写明",
        f"is compared within the group; score the whole round, or give it under `{key}:`",
    )


def _fill_cohort(
    entry: CohortInput, inputs: Inputs, number: int, facet: str, given: str | None
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
    if facet:
        inputs.slots[number] = value.numerator if facet == "sum" else value.denominator
    else:
        inputs.slots[number] = int(value)
    return None


def _fill_peers(inputs: Inputs, number: int, name: str, given: str) -> FactProblem | None:
    try:
        inputs.slots[number] = read_points(str(given))
    except NotANumber:
        return FactProblem(
            name, f"填写的是“{given}”，应填分数", f'found "{given}"; allowed are points'
        )
    return None
