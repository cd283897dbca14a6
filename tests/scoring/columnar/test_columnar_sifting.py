"""Limits that are found by a sample and one pass: those found by selection among all holders."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from factories import rule_set
from hypothesis import given
from hypothesis import strategies as st
from three_levels import THREE_LEVELS

from evaluator.scoring.columnar import sifting
from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.columnar.census import EVERYONE
from evaluator.scoring.columnar.cuts import best
from evaluator.scoring.columnar.holders import Bracket, Holders
from evaluator.scoring.columnar.kernel import Engine
from evaluator.scoring.columnar.quotas import Quotas
from evaluator.scoring.columnar.sifting import Sieve, bracket, sampled
from evaluator.scoring.columnar.standings import Standings
from rules.syntax import Quota, RuleSet

RULES = (
    THREE_LEVELS
    + """\
quotas:
  - {id: fives, level: five, kind: at_most, number: FIVES, ties: TIES, tie_break: [p]}
  - {id: fours, level: four, kind: at_most, counts: COUNTS, number: FOURS, ties: TIES}
  - {id: threes, level: three, kind: at_least, number: THREES, ties: TIES}
"""
)
FIVE = 2
KERNELS: list[Engine] = ["numpy", "native"]
ROWS = st.lists(st.tuples(st.integers(-1, FIVE), st.integers(-3, 3), st.integers(0, 3)))


class TheLongWay(Quotas):
    """Quotas that always select among all holders."""

    def _is_plain(self, _quota: Quota) -> bool:
        return False


def limited(counts: str, ties: str, numbers: tuple[int, int, int]) -> RuleSet:
    text = RULES.replace("COUNTS", counts).replace("TIES", ties)
    for name, number in zip(("FIVES", "FOURS", "THREES"), numbers, strict=True):
        text = text.replace(name, str(number))
    return rule_set(text)


def standings(rows: list[tuple[int, int, int]]) -> Standings:
    level, total, tie = np.array(rows, np.int64).reshape(-1, 3).T
    size, ones = {EVERYONE: np.array([len(rows)])}, np.ones(len(rows), np.int8)
    return Standings(
        rated=[np.ones(len(rows), np.bool_)],
        level=level.astype(np.int8),
        awarded=np.zeros(len(rows), np.int8),
        total=total.astype(np.int32),
        below={
            "fives": np.minimum(level - 1, tie % 3 - 1).astype(np.int8),
            "fours": np.minimum(level - 1, tie % 2 - 1).astype(np.int8),
        },
        ties={"fives": [(tie, ones)], "fours": [], "threes": []},
        groups={},
        everyone=size,
        applied=size,
    )


@given(
    rows=ROWS,
    counts=st.sampled_from(["this_level", "and_above"]),
    ties=st.sampled_from(["include", "exclude"]),
    numbers=st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(0, 8)),
    kernel=st.sampled_from(KERNELS),
)
def test_quotas_move_the_same_the_short_way_and_the_long_one(
    rows: list[tuple[int, int, int]],
    counts: str,
    ties: str,
    numbers: tuple[int, int, int],
    kernel: Engine,
) -> None:
    rules, mine, other = limited(counts, ties, numbers), standings(rows), standings(rows)
    given_before = mine.level.copy()
    first = mine.level
    reports, moves = Quotas(rules, mine, kernel=kernel).apply()
    expected, moved = TheLongWay(rules, other).apply()
    assert reports == expected
    assert mine.level.tolist() == other.level.tolist()
    assert first.tolist() == given_before.tolist()  # levels before quotas are not written to
    assert [each.quota.id for each in moves] == [each.quota.id for each in moved]
    for one, two in zip(moves, moved, strict=True):
        assert (one.who.tolist(), one.to.tolist()) == (two.who.tolist(), two.to.tolist())
        assert one.count == len(two.who)


def holders(rows: list[tuple[int, int, int]]) -> Holders:
    each = standings(rows)
    return Holders(each.level, each.total, each.below["fives"], FIVE, FIVE)


def fitting(who: Holders, ties: Array, room: int, include: bool) -> Bools:
    """Return who keeps the level, selected among all holders."""
    numbers = np.flatnonzero(who.level == who.held)
    kept = np.ones(len(who.level), np.bool_)
    kept[numbers] = best(numbers, [lambda n: who.total[n], lambda n: ties[n]], room, include)
    return kept


@given(
    rows=ROWS,
    ends=st.tuples(st.integers(-4, 4), st.integers(-4, 4)).map(sorted),
    room=st.integers(0, 12),
    include=st.booleans(),
    pieces=st.integers(1, 4),
    kernel=st.sampled_from(KERNELS),
)
def test_any_bracket_finds_the_cut_or_says_that_it_has_missed_it(
    rows: list[tuple[int, int, int]],
    ends: list[int],
    room: int,
    include: bool,
    pieces: int,
    kernel: Engine,
) -> None:
    who, ties = holders(rows), np.array([tie for *_, tie in rows], np.int64)
    sieve = Sieve(who, Bracket(*ends), np.full_like(who.level, 99), kernel)
    edges = [len(rows) * each // pieces for each in range(pieces + 1)]
    for start, stop in reversed(list(pairwise(edges))):
        sieve.sift(start, stop)
    count = sieve.fall([lambda n: ties[n]], room, include)
    kept = fitting(who, ties, room, include)
    if count:
        assert sieve.after.tolist() == np.where(kept, who.level, who.below).tolist()
    if count is not None:
        assert count == np.count_nonzero(~kept)
    else:
        totals = sorted(who.total[who.level == FIVE], reverse=True)
        assert not (ends[0] <= totals[room - 1] <= ends[1] and ends[0] <= totals[room] <= ends[1])


@pytest.mark.parametrize("share", [0, 1, 10, 17, 18, 50])
def test_a_sample_leaves_few_to_be_compared(share: int) -> None:
    size = 600_000
    chance = np.random.default_rng(share)
    level = chance.integers(-1, FIVE, size, np.int8, endpoint=True)
    total = chance.integers(0, 10**6, size, np.int32)
    room, some = size * share // 100, sampled(size)
    cut = bracket(level[some], total[some], FIVE, room, size)
    held = np.sort(total[level == FIVE])[::-1]
    assert np.count_nonzero((held >= cut.low) & (held <= cut.high)) < size // 20
    if 0 < room < len(held):
        assert cut.low <= held[room] <= cut.high


def test_a_sample_that_misleads_costs_time_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(FIVE, number % 7, 0) for number in range(60)]
    monkeypatch.setattr(sifting, "DEVIATIONS", 0)
    monkeypatch.setattr(sifting, "SAMPLE", 3)
    rules = limited("this_level", "exclude", (20, 9, 0))
    mine, other = standings(rows), standings(rows)
    assert Quotas(rules, mine).apply()[0] == TheLongWay(rules, other).apply()[0]
    assert mine.level.tolist() == other.level.tolist()
