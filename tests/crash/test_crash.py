"""A few kills in the suite; two hundred on each database are `python -m tests.crash`."""

from __future__ import annotations

import subprocess
import sys

from factories import ROOT


def test_nothing_is_lost_or_half_done_where_the_service_is_killed() -> None:
    """The real server and its workers are killed while branches save, upload and submit."""
    asked = ["--times", "4", "--longest", "1", "--at-once", "3", "--seed", "4"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash", *asked],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "wrong: 0" in done.stdout) == (0, True), done.stdout + done.stderr
