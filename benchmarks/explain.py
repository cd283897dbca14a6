"""Explaining one organisation after the other, with the whole trace, and closures without one.

All sides score the 57 indicators of all kinds of `benchmarks/nation` and give the same totals and
levels (checked before the clock starts). Ours starts from raw facts, so that validation is
counted: types, bounds, missing values. Its trace is every part, step, indicator, dimension, gate
and band as an exact number. zen-engine is a decision graph with `trace` on. The closures neither
check nor trace, and get decimals as whole numbers: they are what explaining is held against. The
program alone is our side without reading, checking or trace. The last row adds what no peer has:
the reason of every indicator as a sentence in Chinese and English, with the facts it rests on and
what the next level still needs.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.measuring import Measured, interleaved
from benchmarks.nation import ours
from benchmarks.nation.population import Columns, head, population, raw_rows
from benchmarks.peers import closures, zen_engine
from evaluator.scoring.inputs import Organisation
from evaluator.scoring.report import report

OURS, PEER, SENTENCES = 4_000, 400, 60
TARGET = 20_000.0
PAGES, PAGES_NAME = 100.0, "limit: a district of 2,400 in 24 s"
NAME = "explain with the full trace, 57 indicators, from raw facts"
WHO = Organisation("1", "组织")
UNIT = "organisations/CPU s"


class Explained:
    """What our side does, in pieces; each says how many organisations it did."""

    def __init__(self, columns: Columns):
        made = ours.category()
        self.scorer, self.levels = made.scorer, made.levels
        self.facts = list(raw_rows(columns))
        self.slots = [self.scorer.read(WHO, raw).slots for raw in self.facts]

    def trace(self) -> int:
        """Read, score, trace and decide."""
        for raw in self.facts:
            self.levels.decide(self.scorer.explain(self.scorer.read(WHO, raw)))
        return len(self.facts)

    def program(self) -> int:
        """Work out points, total, bands and gates from facts that were read before."""
        for slots in self.slots:
            self.scorer.run(slots)
        return len(self.slots)

    def sentences(self) -> int:
        """Say in words what each of some organisations came to."""
        for raw in self.facts[:SENTENCES]:
            assessment = self.scorer.explain(self.scorer.read(WHO, raw))
            report(assessment, self.levels.decide(assessment), self.levels)
        return SENTENCES


def measure() -> list[dict[str, Any]]:
    """Return the rows of this benchmark."""
    columns = population(OURS)
    mine, traced = Explained(columns), zen_engine.traced(head(columns, PEER))
    closed = closures.prepare(columns)
    right = ours.explained(columns)
    found = closed()
    assert np.array_equal(right.totals, found.totals)
    assert np.array_equal(right.levels, found.levels)
    assert [each["result"]["total"] for each in traced()] == right.totals[:PEER].tolist()
    fast, alone, told, slow, plain = interleaved(
        mine.trace,
        mine.program,
        mine.sentences,
        lambda: len(traced()),
        lambda: len(closed().totals),
    )
    said = "the same with sentences, zh and en"
    return [
        _row(NAME, fast, slow, "zen-engine, decision graph with trace", 8.0),
        _row(NAME, fast, TARGET, "target of 20,000/s", 1.0),
        _row(NAME, fast, plain, closures.NAME, 0.0),
        _row("the program alone, without reading or trace", alone, plain, closures.NAME, 0.5),
        _row(said, told, PAGES, PAGES_NAME, 1.0),
    ]


def _row(name: str, mine: float, peer: float, peer_name: str, goal: float) -> dict[str, Any]:
    return Measured(name, mine, peer, peer_name, UNIT, mine / peer, goal).as_json()
