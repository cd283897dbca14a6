"""A nation scored in columns: ours against six peers, and against reading the same bytes once.

All sides score the same organisations by the same 57 indicators of all kinds over 60 facts, with
levels by bands, gates and a veto, and an upper quota where they can. What they come to is compared
before any clock starts: on a sample with the explaining path, which is the authority, and among
the sides that score everybody on all rows. Slow sides score fewer organisations, and are compared
by how many they score a second; that favours them, as less data lies nearer.

Time is that of the clock on the wall, on two threads where a side can use them; each side has its
facts in memory in its own form before, and gives totals, levels and final levels as arrays. What
a side keeps from one pass to the next, such as compiled code or memory for results, it may keep.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from benchmarks.measuring import Measured, interleaved_seconds
from benchmarks.nation import ours, reading
from benchmarks.nation.population import Columns, head, population
from benchmarks.nation.scores import Difference, Scores, difference
from benchmarks.peers import (
    compiled_c,
    datalogic,
    duckdb_sql,
    openfisca,
    polars_lazy,
    zen_engine,
)

ROWS = 5_250_000
SAMPLE = 20_000
MOST: dict[ModuleType, int] = {openfisca: 1_000_000, datalogic: SAMPLE, zen_engine: 4_000}
"""So many organisations are enough for who is slow."""
GOALS: dict[ModuleType, float] = {
    compiled_c: 0.0,
    polars_lazy: 0.0,
    duckdb_sql: 2.0,
    openfisca: 10.0,
    datalogic: 50.0,
    zen_engine: 200.0,
}
COMPILED_GOALS: dict[ModuleType, float] = {compiled_c: 0.0, polars_lazy: 2.0}
"""An engine compiles by itself what is run over many rows; where it cannot, NumPy has to do."""
READS, COMPILED_READS, QUOTA_READS = 10.0, 4.0, 0.5


def measure(rows: int = ROWS) -> list[dict[str, Any]]:
    """Return the rows of this benchmark for so many organisations."""
    columns = population(rows)
    notes = _checked(head(columns, min(rows, SAMPLE)))
    mine, compiled = ours.Ours(columns), ours.Ours(columns, compiled=True)
    sides = [peer.prepare(_part(columns, peer)) for peer in GOALS]
    right = ours.in_hundredths(mine.score())
    _check_everybody(right, sides)
    assert difference(right, ours.in_hundredths(compiled.score())).none
    decided = mine.decide()
    quota = lambda: mine.final(decided)  # noqa: E731 - what is timed
    fast_quota = lambda: compiled.final(decided)  # noqa: E731 - the same
    read, whole, fast, quotas, fast_quotas, *times = interleaved_seconds(
        reading.prepare(columns), mine.score, compiled.score, quota, fast_quota, *sides
    )
    scored = {
        peer: min(rows, MOST.get(peer, rows)) / time
        for peer, time in zip(GOALS, times, strict=True)
    }
    name = f"{rows:,} organisations × 60 facts: total, level, quota"
    return [
        _limit(f"{name}, in NumPy", whole / read, READS),
        _limit("the same by the compiled kernel", fast / read, COMPILED_READS),
        _limit("of that the quota", quotas / read, QUOTA_READS),
        _limit("the quota where C is compiled", fast_quotas / read, QUOTA_READS),
        *(
            _against(name, rows / whole, rate, f"{peer.NAME}{notes[peer]}", GOALS[peer])
            for peer, rate in scored.items()
        ),
        *(
            _against("the same by the compiled kernel", rows / fast, scored[peer], peer.NAME, goal)
            for peer, goal in COMPILED_GOALS.items()
        ),
    ]


def _part(columns: Columns, peer: ModuleType) -> Columns:
    return head(columns, MOST[peer]) if peer in MOST else columns


def _checked(sample: Columns) -> dict[ModuleType, str]:
    """Compare every side with the explaining path; return what is to be said of a side."""
    right = ours.explained(sample)
    assert difference(right, ours.in_hundredths(ours.prepare(sample)())).none
    notes = {}
    for peer in GOALS:
        part = head(sample, min(MOST.get(peer, SAMPLE), SAMPLE))
        found = peer.prepare(part)()
        expected = (
            right if len(found.totals) == len(right.totals) else right.head(len(found.totals))
        )
        notes[peer] = _note(peer, difference(expected, found), len(found.totals))
    return notes


def _note(peer: ModuleType, found: Difference, scored: int) -> str:
    """Return nothing for who is right; floats may be wrong where a peer has nothing else."""
    if found.none:
        return ""
    assert peer is openfisca, f"{peer.NAME}: {found}"
    wrong = max(found.levels, found.final or 0)
    return f" (floats: {found.totals / scored:.0%} of totals, {wrong / scored:.2%} of levels wrong)"


def _check_everybody(mine: Scores, sides: Sequence[Callable[[], Scores]]) -> None:
    for peer, side in zip(GOALS, sides, strict=True):
        if peer not in MOST:
            found = difference(mine, side())
            assert found.none, f"{peer.NAME}: {found}"


def _limit(name: str, found: float, allowed: float) -> dict[str, Any]:
    limit = f"limit: {allowed:g} reads of the same bytes"
    return Measured(name, found, allowed, limit, "reads", allowed / found, 1.0).as_json()


def _against(name: str, mine: float, peer: float, peer_name: str, goal: float) -> dict[str, Any]:
    return Measured(name, mine, peer, peer_name, "organisations/s", mine / peer, goal).as_json()
