"""Every published rule set, columns against the compiled form, in both engines."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from factories import published

from evaluator.scoring.columnar.arrays import Array, narrow
from evaluator.scoring.columnar.kernel import Engine, Kernel
from evaluator.scoring.compiled import compile_outputs
from rules.loader import load_rule_set
from rules.lowering import Program, lower

FILES = published()
DECIDING = ("total", "band", "measured", "gate", "veto", "direct", "cap")


@pytest.fixture(scope="module", params=FILES, ids=[each.stem for each in FILES])
def program(request: pytest.FixtureRequest) -> Program:
    path: Path = request.param
    return lower(load_rule_set(path))


def columns(program: Program, size: int) -> list[Array]:
    """Return values of each slot: its ends, small ones, and any between."""
    chance = np.random.default_rng(size)
    made = []
    for each in program.slots:
        any_ = chance.integers(each.low, each.high, size, endpoint=True)
        near = np.clip(chance.integers(0, 60, size), each.low, each.high)
        ends = chance.choice(np.array([each.low, each.high]), size)
        column = np.choose(chance.integers(0, 3, size), [any_, near, ends])
        made.append(column.astype(narrow(each.low, each.high)))
    return made


@pytest.mark.parametrize(
    ("engine", "wanted"), [("numpy", "all"), ("numpy", "few"), ("native", "few")]
)
def test_published_rule_set_comes_to_the_same(
    program: Program,
    engine: Engine,
    wanted: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    made = columns(program, 2_500)
    run = compile_outputs([each.value for each in program.outputs], len(program.slots))
    rows = zip(*(each.tolist() for each in made), strict=True)
    expected = np.array([run(row) for row in rows], np.int64)
    chosen = [
        number
        for number, each in enumerate(program.outputs)
        if wanted == "all" or each.key[0] in DECIDING
    ]
    definitions = [each.value for each in program.outputs]
    kernel = Kernel(definitions, [definitions[number] for number in chosen], engine=engine)
    different = [
        program.outputs[number].key
        for number, found in zip(chosen, kernel.run(made, 2_500), strict=True)
        if not np.array_equal(found, expected[:, number])
    ]
    assert different == []
