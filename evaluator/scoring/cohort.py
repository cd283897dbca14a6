"""What needs the whole group: ranks, the best, the lowest, the mean, and the peers' mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from evaluator.scoring.assessment import Assessment
from evaluator.scoring.compiled import compile_outputs
from evaluator.scoring.explain import Scorer
from evaluator.scoring.inputs import FactErrors, FactProblem, Inputs
from evaluator.scoring.reading import Raw
from rules.lowering.program import CohortInput, Program
from rules.numbers import half_up
from rules.syntax import RankIn

Group = Sequence[Inputs]


def fill_cohort(scorer: Scorer, everyone: Group) -> None:
    """Put ranks, bests and means of their groups into the slots of all organisations.

    Measures that build on one another are filled in the order of their need. An organisation that
    lacks a fact of a measure is no part of its group.
    """
    for entry in scorer.program.cohort:
        value = compile_outputs([entry.value.num], len(scorer.program.slots))
        slots = {
            slot.facet: number
            for number, slot in enumerate(scorer.program.slots)
            if slot.kind == "cohort" and slot.name == entry.name
        }
        for members in groups(everyone, entry.way.among).values():
            present = [each for each in members if not entry.facts & each.missing]
            numbers = [value(each.slots)[0] for each in present]
            if present:
                _fill(entry, present, members, numbers, slots)


def groups(everyone: Iterable[Inputs], among: str) -> dict[Raw, list[Inputs]]:
    """Return organisations by group: all of the category, by committee, or by a choice fact."""
    found: dict[Raw, list[Inputs]] = defaultdict(list)
    for each in everyone:
        found[group_of(each, among)].append(each)
    return found


def group_of(inputs: Inputs, among: str) -> Raw:
    """Return the group that an organisation belongs to."""
    if among in ("category", "round"):
        return ""
    if among == "committee":
        return inputs.organisation.committee
    return inputs.value_of(among)


def _fill(
    entry: CohortInput, present: Group, members: Group, numbers: list[int], slots: dict[str, int]
) -> None:
    if isinstance(entry.way, RankIn):
        for each, rank in zip(present, ranks(numbers, entry.way), strict=True):
            each.slots[slots[""]] = rank
        return
    if entry.measure.group_mean:
        values = {slots["sum"]: sum(numbers), slots["count"]: len(numbers)}
    else:
        values = {slots[""]: max(numbers) if entry.measure.highest else min(numbers)}
    for each in members:
        for slot, number in values.items():
            each.slots[slot] = number


def ranks(numbers: Sequence[int], way: RankIn) -> list[int]:
    """Return each number's rank, 1 being the best; equal numbers share the best or worst rank."""
    ordered = sorted(numbers, reverse=way.best == "highest")
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for place, number in enumerate(ordered, 1):
        first.setdefault(number, place)
        last[number] = place
    chosen = first if way.ties == "best_rank" else last
    return [chosen[number] for number in numbers]


def fill_peers(scorer: Scorer, assessments: list[Assessment]) -> list[Assessment]:
    """Return assessments in which the mean of the peers stands in where data is missing.

    The mean is that of the organisations of the category that have the data and to which the
    indicator applies, rounded half up as the scale says. Raises FactErrors where nobody has data.
    """
    program = scorer.program
    result = list(assessments)
    for number, slot in enumerate(program.slots):
        if slot.kind == "peers":
            _fill_indicator(program, result, number, slot.name)
    touched = any(slot.kind == "peers" for slot in program.slots)
    return [scorer.assess(each.inputs) for each in result] if touched else result


def _fill_indicator(
    program: Program, assessments: list[Assessment], slot: int, indicator: str
) -> None:
    facts = program.facts_of[indicator]
    rated = [each for each in assessments if each.get("applies", indicator, default=1)]
    lacking = [each for each in rated if facts & each.inputs.missing]
    have = [each.value("own", indicator) for each in rated if not facts & each.inputs.missing]
    if not lacking:
        return
    if not have:
        raise FactErrors(
            lacking[0].organisation,
            [
                FactProblem(
                    indicator,
                    "全类别都没有数据，无法取平均分",
                    "nobody in the category has the data, so "
                    "there is no mean of the peers; give the data or change `missing:`",
                )
            ],
        )
    unit = 10 ** (4 - program.rule_set.scale.places)
    mean = half_up(sum(have), len(have) * unit) * unit
    for each in lacking:
        each.inputs.slots[slot] = mean
