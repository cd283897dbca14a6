"""A service whose jobs are slow enough to be killed in the middle."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from flask import Flask

from evaluator import create_app
from evaluator.jobs.plans import Arguments, job
from evaluator.storage import storage


def make(config: Mapping[str, Any]) -> Flask:
    """Return the service; importing this has registered the jobs."""
    return create_app(config)


@job("test:letters")
class Letters:
    """Writes a file a step, and at last one of all."""

    def steps(self, arguments: Arguments) -> list[str]:
        return [f"{number:03}" for number in range(arguments["count"])] + ["all"]

    def do(self, arguments: Arguments, step: str) -> None:
        time.sleep(arguments["seconds"])
        key = f"letters/{arguments['name']}/{step}"
        if step == "all":
            parts = self.steps(arguments)[:-1]
            content = b"".join(
                storage().get(f"letters/{arguments['name']}/{each}") for each in parts
            )
        else:
            content = f"{step} of {arguments['name']}\n".encode() * 10
        storage().put(key, content)
