"""`evaluator serve` from its begin to its end, as at a terminal."""

from __future__ import annotations

import os
import re
import signal
import time
from pathlib import Path

import pytest

from benchmarks.platform.serving import WAIT, Server, settings


def test_key_of_the_terminal_ends_all_processes_in_peace(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Ctrl+C goes to the workers as well, which are to hear of the end from their parent alone."""
    server = Server(settings(tmp_path))
    ends = time.monotonic() + WAIT
    while (deaf := _deaf(server.process.pid)) != [True, True] and time.monotonic() < ends:
        time.sleep(0.1)
    os.killpg(server.process.pid, signal.SIGINT)
    assert (server.process.wait(WAIT), capfd.readouterr().err) == (0, "")
    assert deaf == [True, True]


def _deaf(number: int) -> list[bool]:
    """Return for each worker of a server whether it ignores the key."""
    workers = Path(f"/proc/{number}/task/{number}/children").read_text().split()
    return [_ignores_the_key(each) for each in workers]


def _ignores_the_key(worker: str) -> bool:
    told = Path(f"/proc/{worker}/status").read_text()
    ignored = int(re.findall(r"^SigIgn:\s*(\w+)", told, re.MULTILINE)[0], 16)
    return bool(ignored >> (signal.SIGINT - 1) & 1)
