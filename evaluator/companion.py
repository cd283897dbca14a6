"""A process of our own beside this one, which does what would keep it or what it must not do.

It is begun when it is first needed, without our environment, holds the other end of a socket as
its standard input, and ends when that is closed: with us, however we end.
"""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

SECONDS = 60
"""In which a companion has to end."""


class Closable(Protocol):
    """A line to the companion."""

    def close(self) -> None:
        """Hang up."""


Line = TypeVar("Line", bound=Closable)


class Companion(Generic[Line]):
    """What a command starts; whoever asks for its line or ends it holds a lock of their own."""

    def __init__(self, command: tuple[str, ...], line_of: Callable[[socket.socket], Line]):
        """Speak by a line that is made of our end of the socket."""
        self.command = command
        self.process: subprocess.Popen[bytes] | None = None
        self._line_of = line_of
        self._line: Line | None = None
        self._owner = 0

    def line(self) -> Line:
        """Return the line, to a new process where there is none."""
        # A worker that was forked from us has a companion of its own.
        if self._line is None or self._owner != os.getpid():
            ours, theirs = socket.socketpair()
            with theirs:
                # A group, so that no key of the terminal ends it before us. Not a session: Linux
                # may share processors out among sessions, and niceness counts within one alone.
                self.process = subprocess.Popen(  # noqa: S603 # our own module
                    self.command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL, env={}, process_group=0,
                )  # fmt: skip
            self._line, self._owner = self._line_of(ours), os.getpid()
        return self._line

    def stop(self, *, at_once: bool = False) -> None:
        """Hang up and wait for the end of the process, whatever it is doing where `at_once`."""
        if self._line is not None:
            self._line.close()
        if self.process is not None and self._owner == os.getpid():
            if at_once:
                self.process.kill()
            self.process.wait(SECONDS)
        self._line = self.process = None
