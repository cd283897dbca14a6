"""One check in a process of its own: content on standard input, the verdict on standard output.

The verdict is a line of JSON, followed by the content to keep.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from collections.abc import Mapping

MEMORY = 1_500_000_000
SECONDS = 20


def main() -> None:
    """Check one file within bounds of memory and time, without the right to write any."""
    _bound()
    # What decoders warn of is either found by the check or of no consequence.
    warnings.simplefilter("ignore")
    from evaluator.evidence.checks.kinds import check
    from evaluator.evidence.checks.verdict import Refused

    try:
        kept = check(sys.stdin.buffer.read())
    except Refused as refused:
        _answer({"refused": refused.reason.value, "detail": refused.detail[:200]})
        return
    taken_on = kept.taken_on.isoformat() if kept.taken_on else None
    verdict = {"media_type": kept.media_type, "removed": kept.removed, "taken_on": taken_on}
    _answer(verdict, kept.content)


def _bound() -> None:
    """Limit this process; where the system knows no limits, the time-out of the parent is left."""
    os.nice(10)
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


def _answer(verdict: Mapping[str, object], content: bytes = b"") -> None:
    sys.stdout.buffer.write(json.dumps(verdict).encode() + b"\n" + content)


if __name__ == "__main__":
    main()
