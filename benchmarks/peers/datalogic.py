"""datalogic: one compiled JSONLogic rule, facts parsed before the clock starts, a batch a thread.

Its numbers are doubles, which would make totals wrong: decimals come multiplied by their scale,
and points are hundredths. JSONLogic has no names for intermediate values: what the levels read is
made a list, over which `map` goes once.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numpy as np
from datalogic_py import DataHandle, Engine

from benchmarks.nation.lines import (
    DIMENSIONS,
    GATE_FACT,
    HUNDREDTHS,
    LEVELS,
    LINES,
    TOP,
    VETO,
    least,
)
from benchmarks.nation.population import THREADS, Columns, raw_rows
from benchmarks.nation.scores import Scores

NAME = "datalogic, JSONLogic"

Logic = Any


def _fact(name: str) -> Logic:
    return {"var": name}


def _at_least(name: str, value: int) -> Logic:
    return {">=": [_fact(name), value]}


def _over(name: str, value: int) -> Logic:
    return {"max": [{"-": [_fact(name), value]}, 0]}


def _under(name: str, value: int) -> Logic:
    return {"max": [{"-": [value, _fact(name)]}, 0]}


def _deduct(late: str, incomplete: str) -> Logic:
    return {"-": [400, {"if": [_fact(late), 200, 0]}, {"if": [_fact(incomplete), 150, 0]}]}


def _missed(meetings: str) -> Logic:
    return {"max": [{"-": [500, {"*": [50, _under(meetings, 12)]}]}, 0]}


def _ladder(cover: str) -> Logic:
    below = {"<": [_fact(cover), 80]}
    return {"if": [_at_least(cover, 95), 100, _at_least(cover, 90), 50, below, -100, 0]}


def _share(attended: str, expected: str) -> Logic:
    above = {"+": [{"*": [2000, _fact(attended)]}, {"*": [3, _fact(expected)]}]}
    return {"min": [{"floor": {"/": [above, {"*": [6, _fact(expected)]}]}}, 300]}


def _capped(meetings: str, cover: str) -> Logic:
    extra = {"min": [{"*": [50, _over(meetings, 12)]}, 100]}
    return {"+": [extra, {"if": [_at_least(cover, 98), 100, 0]}]}


def _once(site: str, account: str) -> Logic:
    return {"if": [{"or": [_fact(site), _fact(account)]}, 100, 0]}


def _options(word: str) -> Logic:
    good, fair, average = ({"===": [_fact(word), each]} for each in ("good", "fair", "average"))
    return {"if": [good, 400, fair, 300, average, 200, 0]}


def _per(age: str) -> Logic:
    return {"max": [{"-": [300, {"*": [30, _over(age, 48)]}]}, 0]}


def _proportional(done: str) -> Logic:
    doubled = {"+": [{"*": [5, _fact(done)]}, 1]}
    return {"min": [{"floor": {"/": [doubled, 2]}}, 300]}


def _cases(income: str, growth: str) -> Logic:
    def case(least_income: int, above: int) -> Logic:
        return {"or": [_at_least(income, least_income), {">": [_fact(growth), above]}]}

    return {"if": [case(5500, 17), 250, case(4500, 15), 200, case(2300, 13), 150, 50]}


def _formula(panel: str, rate: str) -> Logic:
    tenths = {"+": [{"*": [6, _fact(panel)]}, {"*": [4, _fact(rate)]}, 5]}
    return {"floor": {"/": [tenths, 10]}}


def _pro_rata(rate: str) -> Logic:
    doubled = {"-": [801, {"*": [5, _under(rate, 950)]}]}
    return {"max": [{"floor": {"/": [doubled, 2]}}, 0]}


def _repeat(findings: str) -> Logic:
    none, one = ({"===": [_fact(findings), each]} for each in (0, 1))
    return {"if": [none, 150, one, 100, 0]}


SPELLED: dict[str, Callable[..., Logic]] = {
    "deduct": _deduct,
    "missed": _missed,
    "ladder": _ladder,
    "share": _share,
    "capped": _capped,
    "once": _once,
    "options": _options,
    "per": _per,
    "proportional": _proportional,
    "cases": _cases,
    "formula": _formula,
    "pro_rata": _pro_rata,
    "repeat": _repeat,
}


def rule() -> Logic:
    """Return the rule: a list with a list of total and level."""
    sums = [
        {"+": [SPELLED[line.kind](*line.facts) for line in LINES if line.dimension == name]}
        for name in DIMENSIONS
    ]
    total = {"+": [{"var": str(number)} for number in range(len(DIMENSIONS))]}
    totals = [*sums, _fact(GATE_FACT), _fact(VETO)]
    return {"map": [[totals], [total, _level(total)]]}


def _level(total: Logic) -> Logic:
    cases: list[Logic] = [{"var": str(len(DIMENSIONS) + 1)}, -1]
    for number in range(TOP, -1, -1):
        level = LEVELS[number]
        conditions = [{">=": [total, level.at_least * HUNDREDTHS]}]
        if level.rate:
            conditions.append({">=": [{"var": str(len(DIMENSIONS))}, level.rate * 10]})
        if level.dimensions_percent:
            conditions += [
                {">=": [{"var": str(place)}, least(name, level)]}
                for place, name in enumerate(DIMENSIONS)
            ]
        cases += [{"and": conditions}, number]
    return {"if": [*cases, -1]}


def prepare(columns: Columns) -> Callable[[], Scores]:
    """Parse the facts and compile the rule."""
    engine = Engine()
    compiled = engine.compile(rule())
    handles = [DataHandle(json.dumps(row)) for row in raw_rows(columns, scaled=True)]
    edges = [len(handles) * number // THREADS for number in range(THREADS + 1)]
    parts = [handles[first:last] for first, last in pairwise(edges)]
    threads = ThreadPoolExecutor(THREADS)

    def part(some: list[DataHandle]) -> list[str]:
        return [str(each) for each in engine.session().evaluate_batch(compiled, some)]

    def run() -> Scores:
        texts = [text for found in threads.map(part, parts) for text in found]
        results = np.array(json.loads(f"[{','.join(texts)}]")).reshape(-1, 2)
        return Scores(results[:, 0], results[:, 1])

    return run
