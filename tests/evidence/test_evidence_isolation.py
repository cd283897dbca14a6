"""Checks in a process of their own: the same verdicts, and bounds that end what is too much."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date

import pytest
from image_files import photo

from evaluator.evidence import isolation
from evaluator.evidence.checks import __main__ as child
from evaluator.evidence.checks.kinds import check
from evaluator.evidence.checks.verdict import Reason, Refused
from evaluator.evidence.isolation import check_apart


def test_check_apart_says_what_the_check_says() -> None:
    apart = check_apart(photo())
    assert apart == check(photo())
    assert apart.taken_on == date(2026, 3, 5)


def test_check_apart_refuses_for_the_same_reason() -> None:
    with pytest.raises(Refused) as refused:
        check_apart(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert (refused.value.reason, refused.value.detail) == (Reason.NOT_ALLOWED, "image/svg+xml")


@pytest.mark.parametrize(
    "program",
    ["import time; time.sleep(30)", "raise SystemExit(3)", "import os; os.abort()"],
)
def test_check_that_does_not_end_well_refuses_the_file(
    program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "_COMMAND", (sys.executable, "-c", program))
    monkeypatch.setattr(isolation, "SECONDS", 1)
    with pytest.raises(Refused) as refused:
        check_apart(b"content")
    assert refused.value.reason is Reason.NOT_CHECKED


def test_check_apart_sees_no_secrets_of_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVALUATOR_SECRET_KEY", "secret")
    program = "import os, sys, json; sys.exit(int('EVALUATOR_SECRET_KEY' in os.environ) + 7)"
    monkeypatch.setattr(isolation, "_COMMAND", (sys.executable, "-c", program))
    seen: list[int] = []
    monkeypatch.setattr(isolation, "_said", lambda error: seen.append(error.returncode) or "")
    with pytest.raises(Refused):
        check_apart(b"content")
    assert seen == [7]


BOUNDED = """
from evaluator.evidence.checks.__main__ import _bound
_bound()
try:
    {attempt}
except (MemoryError, OSError) as error:
    print(type(error).__name__)
"""


@pytest.mark.parametrize(
    ("attempt", "error"),
    [
        (f"bytearray({child.MEMORY})", "MemoryError"),
        ("open('written', 'wb', buffering=0).write(b'x')", "OSError"),
    ],
)
def test_bounds_hold(attempt: str, error: str, tmp_path: os.PathLike[str]) -> None:
    program = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)" + BOUNDED
    done = subprocess.run(
        [sys.executable, "-c", program.format(attempt=attempt)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.stdout.strip() == error
