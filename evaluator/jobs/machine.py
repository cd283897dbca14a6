"""The process of an engine, as its foreman sees it: an order in, an answer out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Any, Self

from flask import Flask
from sqlalchemy.engine import make_url

from evaluator.jobs.notes import Answer, Taken

COMMAND = (sys.executable, "-m", "evaluator.jobs")
DIES_WITHIN = 10
_PLAIN = (str, int, float, bool, list, type(None))


class Machine:
    """An engine at work; leaving it ends the process and those that it began."""

    def __init__(self, app: Flask, make: Callable[..., Any], taken: Taken):
        self.answers: SimpleQueue[Answer | None] = SimpleQueue()
        self.runs = True
        self.is_cancelled = False
        self.process = subprocess.Popen(  # noqa: S603 # our own module
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(),
            text=True,
            encoding="utf-8",
        )
        self._say(json.dumps(_order(app, make, taken)))
        Thread(target=self._listen, name="engine", daemon=True).start()

    def __enter__(self) -> Self:
        """Work."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """End it: what it has noted is kept, and it needs no farewell."""
        self.process.kill()
        self.process.wait(DIES_WITHIN)
        for each in (self.process.stdin, self.process.stdout):
            if each is not None:
                each.close()

    def wait(self, seconds: float) -> Answer | None:
        """Return the answer, if it comes within some seconds."""
        try:
            answer = self.answers.get(timeout=seconds)
        except Empty:
            return None
        self.runs = False
        return answer

    def cancel(self) -> None:
        """Tell it once to begin no further step."""
        if not self.is_cancelled:
            self.is_cancelled = True
            self._say("cancel")

    def _say(self, line: str) -> None:
        assert self.process.stdin is not None  # noqa: S101 - it was asked for
        try:
            self.process.stdin.write(f"{line}\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            # It has ended; that it gave no answer is told by its output.
            return

    def _listen(self) -> None:
        assert self.process.stdout is not None  # noqa: S101 - it was asked for
        try:
            line = self.process.stdout.readline()
        except ValueError:
            # Closed by who no longer waits for an answer.
            return
        self.answers.put(Answer(**json.loads(line)) if line else None)


def _order(app: Flask, make: Callable[..., Any], taken: Taken) -> dict[str, Any]:
    """Return what the engine is told; keys and passwords do not stand on a command line."""
    given = {name: value for name, value in app.config.items() if isinstance(value, _PLAIN)}
    return {
        "token": taken.token,
        "attempt": taken.attempt,
        "database": _database(app),
        "make": f"{make.__module__}:{make.__name__}",
        "config": given,
        "hands": len(os.sched_getaffinity(0)),
    }


def _database(app: Flask) -> str:
    """Return where the engine keeps its notes: a file of its own, or the service's PostgreSQL."""
    url = make_url(app.config["SQLALCHEMY_ENGINES"]["default"]["url"])
    if url.get_backend_name() == "postgresql":
        return url.render_as_string(hide_password=False)
    return f"sqlite:///{Path(app.config['DATA_FOLDER']).resolve() / 'jobs.db'}"


def _environment() -> Mapping[str, str]:
    """Return our environment without what would let DBOS look for its makers' servers."""
    return {name: value for name, value in os.environ.items() if not name.startswith("DBOS")}
