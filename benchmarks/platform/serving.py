"""The real server in processes of its own, on SQLite or PostgreSQL."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

HOST = "127.0.0.1"
SERVE = ("-c", "from evaluator.cli import main; main()", "serve")
WAIT = 60


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def settings(folder: Path, database: str = "") -> dict[str, str]:
    """Return the environment of a service with its data in a folder."""
    return {
        **os.environ,
        "EVALUATOR_DATA_FOLDER": str(folder),
        "EVALUATOR_DATABASE_URL": database,
        "EVALUATOR_SESSION_COOKIE_SECURE": "false",
    }


class Server:
    """A running server; everything that it started dies with it."""

    def __init__(self, environment: Mapping[str, str], *command: str):
        self.port = free_port()
        arguments = [
            *(command or SERVE),
            "--port",
            str(self.port),
        ]
        self.process = subprocess.Popen(  # noqa: S603 # our own server
            [sys.executable, *arguments],
            env=dict(environment),
            start_new_session=True,
            stdout=subprocess.DEVNULL,
        )
        self._wait()

    def kill(self) -> None:
        """End all its processes at once, as a loss of power would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)
        self.process.wait(WAIT)

    def _wait(self) -> None:
        ends = time.monotonic() + WAIT
        while time.monotonic() < ends:
            with suppress(OSError):
                connection = HTTPConnection(HOST, self.port, timeout=5)
                connection.request("GET", "/health")
                if connection.getresponse().status == 200:
                    connection.close()
                    return
            time.sleep(0.1)
        self.kill()
        raise TimeoutError("the server does not answer")


@contextmanager
def serving(environment: Mapping[str, str], *command: str) -> Iterator[Server]:
    """Yield a running server and stop it at the end."""
    server = Server(environment, *command)
    try:
        yield server
    finally:
        server.stop()
