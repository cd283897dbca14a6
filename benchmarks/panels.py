"""Assigning panellists to cases: 260 cases of five seats among 60, beside an exact solver.

The peer is HiGHS of SciPy on the same problem written as an integer program that knows nothing of
flows. Ours must take at most a second of CPU time and cost exactly the same.
"""

from __future__ import annotations

import random
from time import process_time
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from benchmarks.measuring import REPETITIONS, Measured
from evaluator.panels.assigning import Assignment, Hearing, Judge, assign

CASES, SEATS, JUDGES = 260, 5, 60
LIMIT_SECONDS = 1.0
PEER = "HiGHS (SciPy milp)"


def measure() -> list[dict[str, Any]]:
    """Measure both sides on the same district: wide panels, narrow ones, too few panellists."""
    rows = []
    for name, panels, most in (("one pool", 1, 40), ("six panels", 6, 40), ("too few", 6, 18)):
        judges, hearings = district(panels, most)
        ours, found = _timed(judges, hearings)
        start = process_time()
        seats, load_cost = exact(judges, hearings)
        peer = process_time() - start
        same = (_seated(found), found.cost) == (seats, load_cost)
        title = f"assignment, {CASES} x {SEATS} among {JUDGES}, {name}"
        limit = f"limit of {LIMIT_SECONDS:g} s; {PEER} {peer:.1f} s"
        ratio = LIMIT_SECONDS / ours if same else 0.0
        rows.append(Measured(title, ours, LIMIT_SECONDS, limit, "CPU s", ratio, 1.0))
        cost = f"{title}: cost"
        equal = 1.0 if same else 0.0
        rows.append(Measured(cost, found.cost, load_cost, PEER, "load squared", equal, 1.0))
    return [each.as_json() for each in rows]


def district(panels: int, most: int) -> tuple[list[Judge], list[Hearing]]:
    """Return a district with conflicts, wanted competences, limits and some fixed seats."""
    chance = random.Random(f"panels {panels}")  # noqa: S311 - a district made up, the same each time
    names = ("grassroots", "finance", "law", "culture")
    judges = [
        Judge(
            number,
            frozenset(chance.sample(names, chance.randint(1, 2))),
            chance.choice((most, most - 10)),
        )
        for number in range(JUDGES)
    ]
    size = JUDGES // panels
    hearings = []
    for number in range(CASES):
        first = number % panels * size
        members = tuple(range(first, first + size))
        barred = dict.fromkeys(chance.sample(members, chance.randint(0, size // 5)), "conflict")
        free = [each for each in members if each not in barred]
        fixed = frozenset(chance.sample(free, 1) if number % 10 == 0 else ())
        wanted = {"grassroots": 1, "finance": 1}
        hearings.append(Hearing(number, SEATS, members, wanted, barred, fixed))
    return judges, hearings


def exact(judges: list[Judge], hearings: list[Hearing]) -> tuple[int, int]:
    """Return how many seats an integer program fills, and how uneven the load then is.

    A variable for each case, group of seats and panellist who may fill it, and one for each
    further case of a panellist. Filling a seat is worth more than any load costs.
    """
    program = _Program()
    per_judge: dict[int, list[int]] = {each.number: [] for each in judges}
    filled = []
    for hearing in hearings:
        pairs: dict[int, list[int]] = {number: [] for number in hearing.candidates}
        for competence, count in hearing.groups():
            suited = [
                number
                for number in pairs
                if not competence or competence in judges[number].competences
            ]
            group = [program.variable(0) for _ in suited]
            program.row(group, [1] * len(group), 0, count)
            for number, variable in zip(suited, group, strict=True):
                pairs[number].append(variable)
                per_judge[number].append(variable)
            filled += group
        for number, mine in pairs.items():
            program.row(mine, [1] * len(mine), number in hearing.fixed, 1)
    worth = 2 * len(hearings) + 2
    for variable in filled:
        program.costs[variable] = -worth
    for judge in judges:
        fixed = sum(judge.number in each.fixed for each in hearings)
        most = len(hearings) if judge.most is None else max(judge.most, fixed)
        steps = [program.variable(2 * step + 1) for step in range(most)]
        mine = per_judge[judge.number]
        program.row([*mine, *steps], [1] * len(mine) + [-1] * len(steps), 0, 0)
    values = program.solve()
    seats = sum(values[variable] for variable in filled)
    cost = sum(by * value for by, value in zip(program.costs, values, strict=True))
    return seats, cost + worth * seats


class _Program:
    """An integer program of variables that are 0 or 1."""

    def __init__(self) -> None:
        self.costs: list[int] = []
        self._entries: list[tuple[int, int, int]] = []
        self._bounds: list[tuple[int, int]] = []

    def variable(self, cost: int) -> int:
        self.costs.append(cost)
        return len(self.costs) - 1

    def row(self, variables: list[int], factors: list[int], low: int, high: int) -> None:
        row = len(self._bounds)
        self._entries += [(row, each, by) for each, by in zip(variables, factors, strict=True)]
        self._bounds.append((int(low), int(high)))

    def solve(self) -> list[int]:
        rows, columns, factors = (np.array(each) for each in zip(*self._entries, strict=True))
        shape = (len(self._bounds), len(self.costs))
        matrix = coo_array((factors, (rows, columns)), shape=shape)
        low, high = (np.array(each) for each in zip(*self._bounds, strict=True))
        done = milp(
            np.array(self.costs),
            constraints=LinearConstraint(matrix.tocsr(), low, high),
            bounds=Bounds(0, 1),
            integrality=np.ones(len(self.costs)),
            options={"mip_rel_gap": 0},
        )
        if not done.success:
            raise RuntimeError(done.message)
        return [round(value) for value in done.x]


def _timed(judges: list[Judge], hearings: list[Hearing]) -> tuple[float, Assignment]:
    """Return the least CPU time of some repetitions, with what they all came to."""
    times = []
    for _ in range(REPETITIONS):
        start = process_time()
        found = assign(judges, hearings)
        times.append(process_time() - start)
    return min(times), found


def _seated(found: Assignment) -> int:
    return sum(map(len, found.seats.values()))
