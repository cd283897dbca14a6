"""What tests of jobs do: ask, look, wait, kill."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from evaluator.database import db, unit_of_work
from evaluator.jobs.operations import start
from evaluator.jobs.queries import Progress, progress

PATIENCE = 60
Start = Callable[..., "subprocess.Popen[bytes]"]


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a service and all that it started, as a loss of power would."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(PATIENCE)


def ask(**arguments: Any) -> int:
    """Ask for letters."""
    with unit_of_work(db.session) as session:
        return start(session, "test: letters", arguments)


def look(number: int) -> Progress:
    """Return how far a job is."""
    found = progress(db.session, number)
    db.session.rollback()
    return found


def await_progress(number: int, fits: Callable[[Progress], bool]) -> Progress:
    """Return how far a job is as soon as it fits; on the way it never goes back."""
    ends, before = time.monotonic() + PATIENCE, 0
    while time.monotonic() < ends:
        found = look(number)
        assert found.done >= before
        if fits(found):
            return found
        before = found.done
        time.sleep(0.02)
    raise TimeoutError(f"still {found}")


def await_more(number: int) -> None:
    """Wait until a job has gone on, or has ended."""
    reached = look(number).done
    await_progress(number, lambda found: found.done > reached or not found.is_under_way)


def await_end(number: int) -> Progress:
    """Return how a job ended."""
    return await_progress(number, lambda found: not found.is_under_way)


def await_end_through_kills(number: int, program: Start, code: str, kills: int) -> Progress:
    """Return how a job ended whose service was killed so often at random moments."""
    chance = random.Random(6)  # noqa: S311 - when it is killed is no secret
    for _ in range(kills):
        process = program(code)
        await_more(number)
        time.sleep(chance.uniform(0, 0.3))
        kill(process)
    program(code)
    return await_end(number)
