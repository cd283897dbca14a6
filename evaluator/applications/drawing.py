"""The PDF of a submission, drawn in a process beside the pages.

Drawing takes as much of the interpreter as several saves, and the threads of a worker share one.
So each worker has a process that draws one application after the other, with the glyphs that it
drew before at hand, and less in a hurry than whoever saves.
"""

from __future__ import annotations

import atexit
import os
import sys
from multiprocessing.connection import Connection
from threading import Lock

import structlog

from evaluator.companion import Companion
from reports.application import ApplicationPaper, write_application

log = structlog.get_logger()

SECONDS = 60
NICENESS = 10
"""More in a hurry than checks of files: somebody waits for the receipt."""
_COMMAND = (sys.executable, "-I", "-m", "evaluator.applications.drawing")


class Drawer:
    """A process that draws one application after the other."""

    def __init__(self, command: tuple[str, ...] = _COMMAND):
        """Draw with what a command starts."""
        self.companion = Companion(command, lambda ours: Connection(ours.detach()))
        self._turn = Lock()

    def draw(self, paper: ApplicationPaper) -> bytes:
        """Return the PDF of an application; raises OSError or EOFError where none comes."""
        with self._turn:
            line = self.companion.line()
            try:
                line.send(paper)
                if not line.poll(SECONDS):
                    raise TimeoutError("drawing takes too long")
                return line.recv_bytes()
            except (OSError, EOFError):
                # What comes late would be taken for the next one.
                self.companion.stop(at_once=True)
                raise

    def end(self) -> None:
        """End the process."""
        with self._turn:
            self.companion.stop(at_once=True)


DRAWER = Drawer()
atexit.register(DRAWER.end)


def draw_apart(paper: ApplicationPaper) -> bytes:
    """Return the PDF of an application, drawn in the other process if that can be had."""
    try:
        return DRAWER.draw(paper)
    except (OSError, EOFError) as error:
        log.warning("a submission was not drawn apart", error=repr(error))
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
