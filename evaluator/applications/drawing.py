"""The PDF of a submission, drawn in a process beside the pages.

Drawing takes as much of the interpreter as several saves, and the threads of a worker share one.
So each worker has a process that draws one application after the other, with the glyphs that it
drew before at hand, and less in a hurry than whoever saves.
"""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
from multiprocessing.connection import Connection
from threading import Lock

import structlog

from reports.application import ApplicationPaper, write_application

log = structlog.get_logger()

SECONDS = 60
NICENESS = 10
"""More in a hurry than checks of files: somebody waits for the receipt."""
_COMMAND = (sys.executable, "-I", "-m", "evaluator.applications.drawing")


class Drawer:
    """A process that draws; it is begun when it is first needed, and again where it was killed."""

    def __init__(self, command: tuple[str, ...] = _COMMAND):
        """Draw with what a command starts."""
        self.command = command
        self._turn = Lock()
        self._owner = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None

    def draw(self, paper: ApplicationPaper) -> bytes:
        """Return the PDF of an application; raises OSError or EOFError where none comes."""
        with self._turn:
            line = self._started()
            try:
                line.send(paper)
                if not line.poll(SECONDS):
                    raise TimeoutError("drawing takes too long")
                return line.recv_bytes()
            except (OSError, EOFError):
                self._end()
                raise

    def end(self) -> None:
        """End the process."""
        with self._turn:
            self._end()

    def _started(self) -> Connection:
        # A worker that was forked from us has a process of its own.
        if self._line is None or self._owner != os.getpid():
            ours, theirs = socket.socketpair()
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603 # our own module
                    self.command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL, env={}, start_new_session=True,
                )  # fmt: skip
            self._line, self._owner = Connection(ours.detach()), os.getpid()
        return self._line

    def _end(self) -> None:
        if self._line is not None:
            self._line.close()
        if self._process is not None and self._owner == os.getpid():
            # It may be in the middle of a drawing that nobody waits for any more.
            self._process.kill()
            self._process.wait(SECONDS)
        self._line = self._process = None


DRAWER = Drawer()
atexit.register(DRAWER.end)


def draw_apart(paper: ApplicationPaper) -> bytes:
    """Return the PDF of an application, drawn in the other process if that can be had."""
    try:
        return DRAWER.draw(paper)
    except (OSError, EOFError) as error:
        log.warning("an application is drawn beside the pages' work", error=repr(error))
        return write_application(paper)


def main() -> None:
    """Draw what comes by standard input, until that is closed."""
    os.nice(NICENESS)
    with Connection(0) as line:
        while True:
            try:
                paper = line.recv()
            except EOFError:
                return
            line.send_bytes(write_application(paper))


if __name__ == "__main__":
    main()
