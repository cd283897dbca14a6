"""Who rises and falls, counted on arrays; the same as looking at each organisation."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evaluator.scoring.columnar.columns import Group
from evaluator.what_if.comparison import (
    CategoryComparison,
    Matrix,
    Moves,
    Side,
    compare,
    directions,
    what_if,
)
from evaluator.what_if.ladder import NO_LEVEL, NOT_APPLIED, NOT_RATED, REFUSED, Ladder, State
from evaluator.what_if.standings import Standings
from rules.syntax import Words

IDS = ("refused", "not_applied", "not_rated", "no_level", "low", "middle", "high")
STATES = tuple(State(each, Words(each), place > NO_LEVEL) for place, each in enumerate(IDS))
LADDER = Ladder(STATES, (4, 5, 6), (4, 5, 6))


def standings(states: list[int]) -> Standings:
    codes = np.array(states, np.int8)
    return Standings(
        np.maximum(codes - 4, -1).astype(np.int8),
        np.zeros(len(codes), np.int32),
        codes >= NO_LEVEL,
        codes == REFUSED,
        codes >= NOT_RATED,
        codes >= NO_LEVEL,
    )


def compared(pairs: list[tuple[int, int]], committees: Group | None = None) -> CategoryComparison:
    group = committees or Group(np.zeros(len(pairs), np.int8), ["甲委"])
    before, after = (standings([each[side] for each in pairs]) for side in (0, 1))
    return compare(Side(before, LADDER.before), Side(after, LADDER.after), STATES, group)


def test_level_lost_to_any_lower_state_is_a_fall() -> None:
    pairs = [(6, 5), (4, NO_LEVEL), (5, NOT_RATED), (5, REFUSED), (4, NOT_APPLIED)]
    found = compared(pairs)
    assert found.matrix.moves == Moves(size=5, falls=5)
    assert found.losing.tolist() == [0, 1, 2, 3, 4]


def test_level_won_from_any_lower_state_is_a_rise() -> None:
    pairs = [(4, 5), (NO_LEVEL, 4), (REFUSED, 6)]
    found = compared(pairs)
    assert (found.matrix.moves, found.losing.tolist()) == (Moves(size=3, rises=3), [])


def test_change_without_any_level_is_neither() -> None:
    found = compared([(NO_LEVEL, NOT_RATED), (NOT_RATED, NO_LEVEL), (NO_LEVEL, NO_LEVEL), (6, 6)])
    assert found.matrix.moves == Moves(size=4, other=2)
    assert (found.losing.tolist(), found.moving.tolist()) == ([], [0, 1])


def test_committees_are_counted_each_and_those_without_organisations_left_out() -> None:
    group = Group(np.array([2, 0, 2], np.int8), ["甲委", "无", "乙委"])
    found = compared([(6, 5), (4, 5), (6, 6)], group)
    assert found.committees == {"甲委": Moves(1, rises=1), "乙委": Moves(2, falls=1)}


def test_nobody_at_all_is_compared_too() -> None:
    found = compared([])
    assert (found.matrix.moves, found.committees, found.losing.tolist()) == (Moves(), {}, [])


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 2)), max_size=60))
def test_counts_are_those_of_each_organisation(rows: list[tuple[int, int, int]]) -> None:
    group = Group(np.array([each[2] for each in rows], np.int8), ["甲", "乙", "丙"])
    found = compared([each[:2] for each in rows], group)
    pairs = Counter(each[:2] for each in rows)
    assert {
        (int(old), int(new)): int(found.matrix.counts[old, new])
        for old, new in zip(*np.nonzero(found.matrix.counts), strict=True)
    } == pairs
    rank = [max(each, NO_LEVEL) for each in range(7)]
    losing = [place for place, each in enumerate(rows) if rank[each[1]] < rank[each[0]]]
    assert found.losing.tolist() == losing
    assert found.moving.tolist() == [p for p, each in enumerate(rows) if each[0] != each[1]]
    assert sum(each.falls for each in found.committees.values()) == len(losing)


def test_long_arrays_are_counted_piece_by_piece() -> None:
    size = 300_000
    before = standings([6, 5, 4] * (size // 3))
    after = standings([5, 5, 4] * (size // 3))
    group = Group(np.arange(size, dtype=np.int32) % 7, list("甲乙丙丁戊己庚"))
    found = what_if({"c": before}, {"c": after}, {"c": LADDER}, {"c": group})
    assert found.matrix.moves == Moves(size, falls=size // 3)
    assert found.categories["c"].losing.tolist() == list(range(0, size, 3))
    expected = Counter(place % 7 for place in range(0, size, 3))
    assert {name: each.falls for name, each in found.committees} == {
        "甲乙丙丁戊己庚"[code]: count for code, count in expected.items()
    }


def test_most_affected_committee_comes_first() -> None:
    group = Group(np.array([0, 1, 1, 2], np.int8), ["甲", "乙", "丙"])
    before, after = standings([4, 6, 6, 4]), standings([5, 5, 5, 4])
    found = what_if({"c": before}, {"c": after}, {"c": LADDER}, {"c": group})
    assert [name for name, _ in found.committees] == ["乙", "甲", "丙"]


def test_matrices_of_different_levels_are_added_by_id() -> None:
    one = Matrix(STATES[:5], np.eye(5, dtype=np.int64))
    two = Matrix(STATES[:4] + STATES[5:], np.eye(6, dtype=np.int64))
    both = one + two
    assert {each.id: int(n) for each, n in zip(both.states, np.diag(both.counts), strict=True)} == {
        **dict.fromkeys(IDS[:4], 2),
        **dict.fromkeys(IDS[4:], 1),
    }
    assert both.moves == Moves(size=11)


def test_every_pair_of_states_leads_somewhere_and_back() -> None:
    leads = directions(STATES)
    turned = {0: 0, 1: 2, 2: 1, 3: 3}
    assert leads.T.tolist() == [[turned[each] for each in row] for row in leads.tolist()]
