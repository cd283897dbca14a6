"""What engine and hands share without importing each other: calls by name, and what went wrong."""

from __future__ import annotations

import importlib
from typing import Any


class StepFailed(Exception):
    """A step could not be done; its words travel to who asked for the job."""


class NotWanted(Exception):
    """The job was cancelled, or somebody else has taken it up anew."""


def call(name: str, *given: Any) -> Any:
    """Call a function of `hands` in a process of its own."""
    return getattr(importlib.import_module("evaluator.jobs.hands"), name)(*given)
