"""Ranks, bests and means from tallies against lists of organisations."""

from __future__ import annotations

import numpy as np
import pytest
from factories import rule_set
from hypothesis import given
from hypothesis import strategies as st

from evaluator.scoring.cohort import ranks
from evaluator.scoring.columnar.columns import Group
from evaluator.scoring.columnar.tallies import Comparison, tally
from rules.lowering import Program, lower
from rules.syntax import RankIn

RULES = """
scale: {{total: 10}}
facts:
  income: {{label: 收入, type: integer, min: "-9", max: 9}}
measures:
  place: {{label: 位次, {way}}}
dimensions:
  - id: d
    title: 维度
    points: 10
    indicators: [{{id: x, title: 一, points: 10, floor: 0, rule: {{formula: "min(place, 1)"}}}}]
"""
WAYS = {
    f"{best} {ties}": f"rank: {{of: income, among: committee, best: {best}, ties: {ties}}}"
    for best in ("highest", "lowest")
    for ties in ("best_rank", "worst_rank")
}
MEMBERS = st.lists(st.tuples(st.integers(0, 2), st.integers(-9, 9), st.booleans()), min_size=1)


def program(way: str) -> Program:
    return lower(rule_set(RULES.format(way=way)))


def compared(
    made: Program, members: list[tuple[int, int, bool]], cut: int
) -> tuple[dict[int, np.ndarray], Comparison]:
    """Return the slots of members that were tallied in two parts, with words of their own."""
    codes, values, present = (np.array(each) for each in zip(*members, strict=True))
    words = ["东", "西", "南"]
    turned = Group(2 - codes, words[::-1])
    parts = [
        tally(Group(codes[:cut], words), values[:cut], present[:cut]),
        tally(Group(turned.codes[cut:], turned.words), values[cut:], present[cut:]),
    ]
    entry = made.cohort[0]
    comparison = Comparison(entry, made, parts)
    return comparison.fill(Group(codes, words), values, present), comparison


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@given(members=MEMBERS, cut=st.integers(0, 5))
def test_rank_is_that_of_the_group(
    way: str, members: list[tuple[int, int, bool]], cut: int
) -> None:
    slots, comparison = compared(program(way), members, cut)
    way_of = comparison.entry.way
    assert isinstance(way_of, RankIn)
    expected = [1] * len(members)
    for group in range(3):
        mine = [n for n, (code, _, present) in enumerate(members) if present and code == group]
        for n, rank in zip(mine, ranks([members[n][1] for n in mine], way_of), strict=True):
            expected[n] = rank
    assert slots[comparison.slots[""]].tolist() == expected


@pytest.mark.parametrize(("way", "pick"), [("highest", max), ("lowest", min)])
@given(members=MEMBERS, cut=st.integers(0, 5))
def test_extreme_is_that_of_those_present(
    way: str, pick: object, members: list[tuple[int, int, bool]], cut: int
) -> None:
    slots, comparison = compared(program(f"{way}: {{of: income, among: committee}}"), members, cut)
    values = [[v for code, v, present in members if present and code == g] for g in range(3)]
    extremes = [pick(each) if each else 0 for each in values]  # type: ignore[operator]
    assert slots[comparison.slots[""]].tolist() == [extremes[code] for code, _, _ in members]


@given(members=MEMBERS, cut=st.integers(0, 5))
def test_mean_has_the_sum_and_number_of_those_present(
    members: list[tuple[int, int, bool]], cut: int
) -> None:
    slots, comparison = compared(
        program("group_mean: {of: income, among: committee}"), members, cut
    )
    values = [[v for code, v, present in members if present and code == g] for g in range(3)]
    found = [slots[comparison.slots[facet]].tolist() for facet in ("sum", "count")]
    assert found == [
        [sum(values[code]) for code, _, _ in members],
        [max(len(values[code]), 1) for code, _, _ in members],  # 1 is the blank of a count
    ]
