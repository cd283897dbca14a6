"""`evaluator serve` from its begin to its end, as at a terminal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing, suppress
from http.client import HTTPConnection
from pathlib import Path

from factories import ROOT

from benchmarks.platform.serving import HOST, SERVE, free_port, settings

WAIT = 90


def test_key_of_the_terminal_ends_all_processes_in_peace(tmp_path: Path) -> None:
    """Ctrl+C goes to the workers as well, which hear of the end from their parent once more."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, *SERVE, "--port", str(port)],
        cwd=ROOT,
        env=settings(tmp_path),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    _await_answer(port)
    os.killpg(server.pid, signal.SIGINT)
    _, said = server.communicate(timeout=WAIT)
    assert (server.returncode, said) == (0, "")


def _await_answer(port: int) -> None:
    ends = time.monotonic() + WAIT
    while time.monotonic() < ends:
        with suppress(ConnectionRefusedError), closing(HTTPConnection(HOST, port)) as connection:
            connection.request("GET", "/health")
            assert connection.getresponse().status == 200
            return
        time.sleep(0.1)
    raise TimeoutError("the service does not answer")
