"""OpenFisca: a variable for each fact, indicator, dimension, total and level.

Points are floats (float32), as its own systems write amounts; each indicator is rounded half up.
The quota is a formula over the whole population, by NumPy as every formula of its is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from openfisca_core.entities import Entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.nation.facts import BY_NAME, FACTS, Fact
from benchmarks.nation.lines import (
    DIMENSIONS,
    GATE_FACT,
    HUNDREDTHS,
    LEVELS,
    LINES,
    QUOTA_PERCENT,
    TIE_BREAK,
    TOP,
    VETO,
    least,
)
from benchmarks.nation.population import Columns
from benchmarks.nation.scores import Scores

NAME = "OpenFisca"
PERIOD = "2026"

Array = npt.NDArray[Any]
Points = Callable[..., Array]
ENTITY = Entity("organisation", "organisations", "An organisation", "")


class Word(Enum):
    """The words of a review."""

    good = "good"
    fair = "fair"
    average = "average"
    poor = "poor"


def _half_up(points: Array) -> Array:
    return np.floor(points * 100 + 0.5) / 100


def _deduct(late: Array, incomplete: Array) -> Array:
    return 4 - np.where(late, 2, 0) - np.where(incomplete, 1.5, 0)


def _missed(meetings: Array) -> Array:
    return np.maximum(5 - 0.5 * np.maximum(12 - meetings, 0), 0)


def _ladder(cover: Array) -> Array:
    return np.select([cover >= 95, cover >= 90, cover < 80], [1, 0.5, -1], 0)


def _share(attended: Array, expected: Array) -> Array:
    return _half_up(np.minimum(3 * attended / expected / 0.9, 3))


def _capped(meetings: Array, cover: Array) -> Array:
    return np.minimum(0.5 * np.maximum(meetings - 12, 0), 1) + np.where(cover >= 98, 1, 0)


def _once(site: Array, account: Array) -> Array:
    return np.where(site | account, 1, 0)


def _options(word: Array) -> Array:
    return np.select([word == Word.good, word == Word.fair, word == Word.average], [4, 3, 2], 0)


def _per(age: Array) -> Array:
    return np.maximum(3 - 0.3 * np.maximum(age - 48, 0), 0)


def _proportional(done: Array) -> Array:
    return _half_up(np.minimum(3 * done / 120, 3))


def _cases(income: Array, growth: Array) -> Array:
    cases = [
        (income >= 5500) | (growth > 17),
        (income >= 4500) | (growth > 15),
        (income >= 2300) | (growth > 13),
    ]
    return np.select(cases, [2.5, 2, 1.5], 0.5)


def _formula(panel: Array, rate: Array) -> Array:
    return _half_up(0.6 * panel + 0.04 * rate)


def _pro_rata(rate: Array) -> Array:
    return np.maximum(_half_up(4 - 0.25 * np.maximum(95 - rate, 0)), 0)


def _repeat(findings: Array) -> Array:
    return np.select([findings == 0, findings == 1], [1.5, 1], 0)


SPELLED: dict[str, Points] = {
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


def _variable(name: str, kind: type, reads: tuple[str, ...] = (), points: Any = None) -> type:
    """Return a variable; `points` works it out from the variables that it reads."""
    body: dict[str, Any] = {
        "value_type": kind,
        "entity": ENTITY,
        "definition_period": DateUnit.YEAR,
        "label": name,
    }
    if kind is Enum:
        body |= {"possible_values": Word, "default_value": Word.good}
    if points:

        def formula(organisation: Any, period: Any) -> Array:
            return np.asarray(points(*(organisation(each, period) for each in reads)))

        body["formula"] = formula
    return type(name, (Variable,), body)


def _kind_of(fact: Fact) -> type:
    kinds = {"boolean": bool, "choice": Enum, "integer": int, "decimal": float}
    return kinds[fact.kind]


def _sum(*points: Array) -> Array:
    total = points[0].copy()
    for each in points[1:]:
        total += each
    return total


def _reached(number: int, total: Array, rate: Array, dimensions: tuple[Array, ...]) -> Array:
    level = LEVELS[number]
    reached = total >= level.at_least
    if level.rate:
        reached &= rate >= level.rate
    if level.dimensions_percent:
        for name, points in zip(DIMENSIONS, dimensions, strict=True):
            reached &= points >= least(name, level) / HUNDREDTHS
    return reached


def _below(total: Array, rate: Array, *dimensions: Array) -> Array:
    order = range(TOP - 1, -1, -1)
    return np.select([_reached(each, total, rate, dimensions) for each in order], order, -1)


def _level(below: Array, veto: Array, total: Array, rate: Array, *dimensions: Array) -> Array:
    return np.where(veto, -1, np.where(_reached(TOP, total, rate, dimensions), TOP, below))


def _final(level: Array, below: Array, total: Array, breaker: Array) -> Array:
    """Return levels after the quota; who ties with the first left out is left out too."""
    top = level == TOP
    limit = (2 * QUOTA_PERCENT * len(level) + 100) // 200
    keys = np.rint(total * 100).astype(np.int64) * 65536 + np.rint(breaker * 100).astype(np.int64)
    found = keys[top]
    if len(found) <= limit:
        return level
    place = len(found) - limit - 1
    return np.where(top & (keys <= np.partition(found, place)[place]), below, level)


def system() -> TaxBenefitSystem:
    """Return the rules as OpenFisca calls them."""
    made = TaxBenefitSystem([ENTITY])
    for fact in FACTS:
        made.add_variable(_variable(fact.name, _kind_of(fact)))
    for line in LINES:
        made.add_variable(_variable(line.id, float, line.facts, SPELLED[line.kind]))
    for name in DIMENSIONS:
        lines = tuple(line.id for line in LINES if line.dimension == name)
        made.add_variable(_variable(name, float, lines, _sum))
    made.add_variable(_variable("total", float, DIMENSIONS, _sum))
    seen = ("total", GATE_FACT, *DIMENSIONS)
    made.add_variable(_variable("below", int, seen, _below))
    made.add_variable(_variable("level", int, ("below", VETO, *seen), _level))
    made.add_variable(_variable("final", int, ("level", "below", "total", TIE_BREAK), _final))
    return made


def prepare(columns: Columns) -> Callable[[], Scores]:
    """Put the facts into a simulation."""
    rules = system()
    rows = len(columns[VETO])
    simulation = SimulationBuilder().build_default_simulation(rules, rows)
    for name, column in columns.items():
        simulation.set_input(name, PERIOD, _given(BY_NAME[name], column))
    worked_out = [name for name in rules.variables if name not in BY_NAME]

    def run() -> Scores:
        for name in worked_out:
            simulation.delete_arrays(name)
        return _calculated(simulation)

    return run


def _calculated(simulation: Simulation) -> Scores:
    total, level, final = (
        simulation.calculate(name, PERIOD) for name in ("total", "level", "final")
    )
    return Scores(np.rint(total * HUNDREDTHS).astype(np.int32), level, final)


def _given(fact: Fact, column: Array) -> Array:
    if fact.kind == "choice":
        return Word.encode(column)
    if fact.kind == "boolean":
        return column != 0
    return column / np.float32(fact.scale) if fact.places else column.astype(np.int32)
