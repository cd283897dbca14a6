"""Random outputs of a program, and what both paths make of them."""

from __future__ import annotations

import numpy as np
from decided_rows import Made, columns_of
from factories import someone

from evaluator.scoring.assessment import Assessment
from evaluator.scoring.columnar.arrays import Array, narrow
from evaluator.scoring.columnar.kernel import Kernel
from evaluator.scoring.columnar.outcome import Decided
from evaluator.scoring.inputs import Inputs
from rules import integers

_USUAL_CHANCES = [0.05, 0.5, 0.95]
_CHANCES = {"eligible": [0.5, 0.95, 1], "veto": [0, 0.05, 0.5]}
"""So that not nearly everybody is left out, or has a veto fall, where there are many of them."""


def drawn(made: Made, seed: int, size: int) -> tuple[list[Assessment], Decided]:
    """Return organisations with random outputs, and what columns make of the same outputs."""
    outputs = _outputs(made, seed, size)
    standings = _standings(made, seed, size)
    program = made.category.scorer.program
    rows = np.array(outputs, np.int64).T.tolist()
    assessments = [
        Assessment(program, inputs, row) for inputs, row in zip(standings, rows, strict=True)
    ]
    return assessments, _decided(made, standings, outputs)


def _decided(made: Made, standings: list[Inputs], outputs: list[Array]) -> Decided:
    """Return decisions for which the outputs of the program are slots too."""
    first = made.layout.size
    given = [
        integers.slot(first + number, each.value.low, each.value.high)
        for number, each in enumerate(made.category.scorer.program.outputs)
    ]
    columns = columns_of(made.category.levels, standings)
    kernel = Kernel(given, made.decisions.wanted, made.layout.known(columns))
    arrays = kernel.run([*made.layout.arrays(columns), *outputs], columns.size)
    return made.decisions.collect(columns, arrays)


def _outputs(made: Made, seed: int, size: int) -> list[Array]:
    """Return random values of every output, inside its range; no demand is broken."""
    random = np.random.default_rng(seed)
    program = made.category.scorer.program
    demands = {program.index[each.key] for each in program.demands}
    found: list[Array] = []
    for number, output in enumerate(program.outputs):
        low, high = output.value.low, output.value.high
        values = random.integers(low, high, size, np.int64, endpoint=True)
        if (low, high) == (0, 1):
            chance = random.choice(_CHANCES.get(output.key[0], _USUAL_CHANCES))
            values = (random.random(size) < chance).astype(np.int64)
        found.append((values * 0 if number in demands else values).astype(narrow(low, high)))
    return found


def _standings(made: Made, seed: int, size: int) -> list[Inputs]:
    """Return organisations without facts: their level so far, its years, their founding day."""
    random = np.random.default_rng(seed)
    levels = ["none", *made.category.levels.index]
    first = made.category.rule_set.period.from_.toordinal()
    late = random.choice([0.05, 0.5])
    slots = [0] * len(made.category.scorer.program.slots)
    columns = (
        random.integers(0, len(levels), size),
        random.integers(0, 5, size),
        random.random(size) < late,
        random.integers(0, 3, size),
    )
    return [
        Inputs(
            someone(previous_level=levels[level], years_at_level=years),
            slots,
            frozenset(),
            {},
            {},
            first + (1 if is_late else -days),
        )
        for level, years, is_late, days in zip(*(each.tolist() for each in columns), strict=True)
    ]
