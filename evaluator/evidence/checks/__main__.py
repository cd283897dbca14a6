"""Checks of files, each in a process of its own that is forked from this one.

Decoders are imported once, here, and every check begins with them at hand. This process never
reads what was sent: it gets a socket for each check and hands it on to a new process, which reads
the content, answers, and ends. An answer is a line of JSON, followed by the content to keep.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import time
import warnings
from collections.abc import Mapping
from importlib import import_module
from multiprocessing.connection import Connection

from evaluator.evidence.checks.kinds import check
from evaluator.evidence.checks.verdict import Refused

MEMORY = 1_500_000_000
SECONDS = 20
"""Of the processor; a check that waits for something ends after `PATIENCE`."""
PATIENCE = 60
AT_HAND = (
    "_strptime",
    "PIL.JpegImagePlugin",
    "PIL.MpoImagePlugin",
    "PIL.PngImagePlugin",
    "PIL.WebPImagePlugin",
    "evaluator.evidence.checks.images",
    "evaluator.evidence.checks.office",
    "evaluator.evidence.checks.pdf",
)
"""What checks import when they need it; each would do so for itself."""


def main() -> None:
    """Fork a check for every socket that comes by standard input, until that is closed."""
    # Checks have what processors have to spare: nobody's save shall wait for them.
    os.nice(19)
    # What decoders warn of is either found by the check or of no consequence.
    warnings.simplefilter("ignore")
    for each in AT_HAND:
        import_module(each)
    # What is here already is shared by all forks as long as nobody touches it.
    gc.freeze()
    ends: dict[int, float] = {}
    with socket.socket(fileno=0) as control:
        while _serve_next(control, ends):
            pass
    for number in ends:
        os.kill(number, signal.SIGKILL)


def _serve_next(control: socket.socket, ends: dict[int, float]) -> bool:
    """Begin a check where one is asked for, and return whether more may come."""
    ready, _, _ = select.select([control], [], [], 1 if ends else None)
    _bury(ends)
    if not ready:
        return True
    message, descriptors, *_ = socket.recv_fds(control, 1, 1)
    for each in descriptors:
        number = os.fork()
        if number == 0:
            control.close()
            _check_one(each)
        ends[number] = time.monotonic() + PATIENCE
        os.close(each)
    return bool(message)


def _bury(ends: dict[int, float]) -> None:
    """Forget the checks that are over, and end those that take too long."""
    for number, end in list(ends.items()):
        if time.monotonic() > end:
            os.kill(number, signal.SIGKILL)
        if os.waitpid(number, os.WNOHANG)[0]:
            del ends[number]


def _check_one(descriptor: int) -> None:
    """Check what comes by a socket within bounds, answer there, and end the process."""
    status = 1
    try:
        bound()
        with Connection(descriptor) as line:
            told, content = _verdict(line.recv_bytes())
            line.send_bytes(json.dumps(told).encode() + b"\n" + content)
        status = 0
    finally:
        os._exit(status)


def _verdict(content: bytes) -> tuple[Mapping[str, object], bytes]:
    try:
        kept = check(content)
    except Refused as refused:
        return {"refused": refused.reason.value, "detail": refused.detail[:200]}, b""
    except Exception as error:
        return {"failed": repr(error)[:500]}, b""
    taken_on = kept.taken_on.isoformat() if kept.taken_on else None
    told = {"media_type": kept.media_type, "removed": kept.removed, "taken_on": taken_on}
    return told, kept.content


def bound() -> None:
    """Limit this process; where the system knows no limits, those of patience are left."""
    try:
        import resource
    except ImportError:
        return
    for name, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(name, (most, most))


if __name__ == "__main__":
    main()
