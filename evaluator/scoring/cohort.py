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
            else:
                _clear(members, slots.values(), scorer.reader.blank)


def _clear(members: Group, slots: Iterable[int], blank: Sequence[int]) -> None:
    """Forget what was filled in before somebody was refused."""
    for each in members:
        for slot in slots:
            each.slots[slot] = blank[slot]


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


def fill_peers(scorer: Scorer, assessments: Sequence[Assessment]) -> list[Assessment | FactErrors]:
    """Return assessments in which the mean of the peers stands in where data is missing.

    The mean is that of the organisations of the category that have the data and to which the
    indicator and its dimension apply, rounded half up as the scale says. Where nobody has the
    data, errors take the place of the assessments that need it.
    """
    program = scorer.program
    names = {slot.name: number for number, slot in enumerate(program.slots) if slot.kind == "peers"}
    if not names:
        return list(assessments)
    problems: dict[int, list[FactProblem]] = defaultdict(list)
    filled: set[int] = set()
    for name, slot in names.items():
        places, mean_is_there = _fill_indicator(program, assessments, slot, name)
        if mean_is_there:
            filled.update(places)
        else:
            for place in places:
                problems[place].append(no_peers(name))
    return [
        FactErrors(each.organisation, problems[place])
        if place in problems
        else scorer.assess(each.inputs)
        if place in filled
        else each
        for place, each in enumerate(assessments)
    ]


def no_peers(indicator: str) -> FactProblem:
    """Return what is said where there is no mean of the peers to stand in."""
    return FactProblem(
        indicator,
        "全类别都没有数据，无法取平均分",
        "nobody in the category has the data, so there is no mean of the peers; "
        "give the data or change `missing:`",
    )


def _fill_indicator(
    program: Program, assessments: Sequence[Assessment], slot: int, indicator: str
) -> tuple[list[int], bool]:
    """Fill the mean in where data is lacking; return where, and whether there is a mean."""
    counted = [
        (place, each)
        for place, each in enumerate(assessments)
        if each.get("applies", indicator, default=1)
        and each.get("present", dimension_of(program, indicator), default=1)
    ]
    lacking = [(place, each) for place, each in counted if _lacks(each, indicator)]
    have = [each.value("own", indicator) for _, each in counted if not _lacks(each, indicator)]
    places = [place for place, _ in lacking]
    if not have:
        return places, False
    unit = 10 ** (4 - program.rule_set.scale.places)
    mean = half_up(sum(have), len(have) * unit) * unit
    for _, each in lacking:
        each.inputs.slots[slot] = mean
    return places, True


def dimension_of(program: Program, indicator: str) -> str:
    """Return the dimension that an indicator is in, empty where it is in a block."""
    for dimension in program.rule_set.dimensions:
        if any(each.id == indicator for each in dimension.indicators):
            return dimension.id
    return ""


def _lacks(assessment: Assessment, indicator: str) -> bool:
    """Return whether the data of an indicator is missing, as the program itself sees it."""
    program = assessment.program
    if ("absent", indicator) in program.index:
        return bool(assessment.value("absent", indicator))
    return bool(program.facts_of[indicator] & assessment.inputs.missing)
