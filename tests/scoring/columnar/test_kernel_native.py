"""The compiled kernel: the same values, kept safely, and done without where it cannot be had."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_expressions import Case, cases, columns, rows_of

from evaluator.scoring.columnar.kernel import Kernel, running
from evaluator.scoring.columnar.kernel.native_source import ROWS
from rules import integers
from rules.integers import const, slot

DOUBLED = integers.mul(slot(0, 0, 100), const(2))
COLUMN = np.resize(np.arange(101, dtype=np.int8), ROWS)


pytestmark = pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep compiled kernels in a directory of the test's own; return it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "evaluator" / "kernels"


def doubled() -> list[int]:
    (found,) = Kernel([], [DOUBLED], engine="native").run([COLUMN], ROWS)
    return list(found.tolist())


def right() -> list[int]:
    return [2 * number for number in COLUMN.tolist()]


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(several=st.lists(cases(), min_size=6, max_size=6), seed=st.integers(0, 2**32))
def test_any_expression_comes_to_what_it_means(several: list[Case], seed: int) -> None:
    made = columns(40, seed)
    repeated = [np.resize(each, ROWS + 17) for each in made]
    for case in several:
        kernel = Kernel(case.definitions, case.wanted, engine="native")
        found = kernel.run(repeated, ROWS + 17)
        expected = np.array([case.values(row) for row in rows_of(made)], object).T
        for values, array in zip(expected, found, strict=True):
            assert array.tolist() == np.resize(values, ROWS + 17).tolist()


def test_kernel_is_compiled_once_and_kept_for_its_user_alone(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert doubled() == right()
    (library,) = kept.iterdir()
    assert (library.suffix, kept.stat().st_mode & 0o777) == (".so", 0o700)
    monkeypatch.setattr(subprocess, "run", None)
    assert doubled() == right()


def test_library_is_really_what_ran(kept: Path) -> None:
    kernel = Kernel([], [DOUBLED], engine="native")
    kernel.run([COLUMN], ROWS)
    assert kernel._native is not None


def test_nothing_is_loaded_from_where_others_can_write(kept: Path) -> None:
    assert doubled() == right()
    kept.chmod(0o777)
    kernel = Kernel([], [DOUBLED], engine="native")
    (found,) = kernel.run([COLUMN], ROWS)
    assert (kernel._native, found.tolist()) == (None, right())


def test_without_a_compiler_numpy_does_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    kernel = Kernel([], [DOUBLED], engine="native")
    (found,) = kernel.run([COLUMN], ROWS)
    assert (kernel._native, found.tolist()) == (None, right())


def test_compiler_that_fails_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "cc"
    broken.write_text("#!/bin/sh\nexit 1\n", "ascii")
    broken.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    kernel = Kernel([], [DOUBLED], engine="native")
    (found,) = kernel.run([COLUMN], ROWS)
    assert (kernel._native, found.tolist()) == (None, right())


def test_few_rows_are_left_to_numpy() -> None:
    kernel = Kernel([], [DOUBLED], engine="native")
    (found,) = kernel.run([COLUMN], ROWS - 1)
    assert (kernel._native, found.tolist()) == (None, right()[:-1])


@pytest.mark.parametrize(
    ("high", "divisor"), [(100, 100), (30_000, 9_999), (2**31 - 1, 99_999), (2**40, 2**20)]
)
def test_quotients_of_columns_are_right_in_every_width(high: int, divisor: int) -> None:
    chance = np.random.default_rng(high)
    over = chance.integers(0, high, ROWS, np.int64, endpoint=True)
    under = chance.integers(1, divisor, ROWS, np.int64, endpoint=True)
    over[:4], under[:4] = [high, high, 0, divisor], [1, divisor, 1, divisor]
    quotient = integers.floordiv(slot(0, 0, high), slot(1, 1, divisor))
    kernel = Kernel([], [quotient, integers.minimum(quotient, const(50))], engine="native")
    exact, bounded = kernel.run([over, under], ROWS)
    assert exact.tolist() == (over // under).tolist()
    assert bounded.tolist() == np.minimum(over // under, 50).tolist()


def test_divisor_that_breaks_its_bounds_does_not_end_the_process() -> None:
    for high in (100, 2**40):
        quotient = integers.floordiv(slot(0, 0, high), slot(1, 1, high))
        kernel = Kernel([], [quotient], engine="native")
        (found,) = kernel.run([np.full(ROWS, high), np.zeros(ROWS, np.int64)], ROWS)
        assert len(found) == ROWS


def test_kernel_of_its_own_accord_compiles_what_is_run_over_many_rows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(running, "WORTH_COMPILING", 3 * ROWS)
    kernel = Kernel([], [DOUBLED], engine="auto")
    compiled = []
    for _ in range(4):
        (found,) = kernel.run([COLUMN], ROWS)
        compiled.append(kernel._native is not None)
        assert found.tolist() == right()
    assert compiled == [False, False, True, True]
