"""Checks run apart: decoders share neither memory nor secrets with the service."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from threading import BoundedSemaphore

import structlog

from evaluator.evidence.checks.verdict import Checked, Reason, Refused, Removed

log = structlog.get_logger()

SECONDS = 60
AT_ONCE = BoundedSemaphore(2)
"""Checks take a processor each; more at once would only slow down everybody's saving."""
_COMMAND = (sys.executable, "-I", "-m", "evaluator.evidence.checks")


def check_apart(content: bytes) -> Checked:
    """Return a file as it may be kept, checked in a process of its own; raises Refused."""
    with AT_ONCE:
        try:
            done = subprocess.run(  # noqa: S603 # our own module, and no argument from outside
                _COMMAND, input=content, capture_output=True, timeout=SECONDS, env={}, check=True
            )
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
            log.warning("a file could not be checked", error=str(error), said=_said(error))
            raise Refused(Reason.NOT_CHECKED) from error
    line, _, kept = done.stdout.partition(b"\n")
    return _verdict(json.loads(line), kept)


def _verdict(told: dict[str, str], content: bytes) -> Checked:
    if "refused" in told:
        raise Refused(Reason(told["refused"]), told["detail"])
    removed = tuple(Removed(each) for each in told["removed"])
    taken_on = date.fromisoformat(told["taken_on"]) if told["taken_on"] else None
    return Checked(content, told["media_type"], removed, taken_on)


def _said(error: subprocess.TimeoutExpired | subprocess.CalledProcessError) -> str:
    return (error.stderr or b"")[-500:].decode(errors="replace")
