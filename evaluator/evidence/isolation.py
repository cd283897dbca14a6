"""Checks run apart: decoders share neither memory nor secrets with the service."""

from __future__ import annotations

import atexit
import json
import socket
import sys
from datetime import date
from multiprocessing.connection import Connection
from threading import BoundedSemaphore, Lock
from typing import Any

import structlog

from evaluator.companion import Companion
from evaluator.evidence.checks.verdict import Checked, Reason, Refused, Removed

log = structlog.get_logger()

SECONDS = 60
MOST = 1 << 28
"""Bytes of an answer: a check that was taken over shall not fill our memory."""
AT_ONCE = BoundedSemaphore(2)
"""Checks take a processor each; more at once would only slow down everybody's saving."""
_COMMAND = (sys.executable, "-I", "-m", "evaluator.evidence.checks")


class Forker:
    """A process without our environment that forks a process for every check.

    To start Python and import the decoders takes several times as long as most checks do.
    """

    def __init__(self, command: tuple[str, ...] = _COMMAND):
        """Fork from what a command starts."""
        self.companion = Companion(command, lambda ours: ours)
        self._turn = Lock()

    def line(self) -> Connection:
        """Return a line to a new process: it takes one message, answers with one and is over."""
        ours, theirs = socket.socketpair()
        with theirs, self._turn:
            try:
                socket.send_fds(self.companion.line(), [b"?"], [theirs.fileno()])
            except OSError:
                # It was ended from outside, as by a machine that is short of memory.
                self.companion.stop()
                socket.send_fds(self.companion.line(), [b"?"], [theirs.fileno()])
        return Connection(ours.detach())

    def end(self) -> None:
        """End the process with every check that is under way."""
        with self._turn:
            self.companion.stop()


FORKER = Forker()
atexit.register(FORKER.end)


def check_apart(content: bytes) -> Checked:
    """Return a file as it may be kept, checked in a process of its own; raises Refused."""
    with AT_ONCE:
        try:
            answer = _answer(content)
        except (OSError, EOFError) as error:
            log.warning("a file could not be checked", error=repr(error))
            raise Refused(Reason.NOT_CHECKED) from error
    told, _, kept = answer.partition(b"\n")
    return _verdict(json.loads(told), kept)


def _answer(content: bytes) -> bytes:
    with FORKER.line() as line:
        line.send_bytes(content)
        if not line.poll(SECONDS):
            raise TimeoutError("the check takes too long")
        return line.recv_bytes(MOST)


def _verdict(told: dict[str, Any], content: bytes) -> Checked:
    if "refused" in told:
        raise Refused(Reason(told["refused"]), told["detail"])
    if "failed" in told:
        log.warning("a check ended without a verdict", said=told["failed"])
        raise Refused(Reason.NOT_CHECKED)
    removed = tuple(Removed(each) for each in told["removed"])
    taken_on = date.fromisoformat(told["taken_on"]) if told["taken_on"] else None
    return Checked(content, told["media_type"], removed, taken_on)
