"""`rules check` of all rule sets of a year, as a user starts it, against its limit of a second."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.measuring import REPETITIONS, Measured

RULES = Path(__file__).parent.parent / "rules" / "2026"
LIMIT = 1.0


def measure() -> list[dict[str, Any]]:
    """Return the row of this benchmark: wall-clock seconds, start of Python included."""
    command = [str(Path(sys.executable).with_name("evaluator")), "rules", "check", str(RULES)]
    seconds = median(_seconds(command) for _ in range(REPETITIONS))
    return [
        Measured(
            "rules check of the four rule sets of 2026",
            seconds,
            LIMIT,
            "limit of 1 s",
            "s",
            LIMIT / seconds,
            1.0,
        ).as_json()
    ]


def _seconds(command: list[str]) -> float:
    start = perf_counter()
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own command
    return perf_counter() - start
