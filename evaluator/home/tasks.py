"""What waits for somebody: one thing to do, in words, with the page on which it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from evaluator.rounds.models import RoundStep
from evaluator.rounds.state_words import time_left
from evaluator.web.languages import language

SOON = timedelta(days=3)
"""From when on an end is pressing."""


@dataclass(frozen=True)
class Task:
    """One thing that waits: what, about whom and until when, and where it is done."""

    words: str
    address: str
    action: str
    about: str = ""
    details: Sequence[str] = ()
    urgent: bool = False


def until(ends: datetime | None, at: datetime) -> tuple[str, ...]:
    """Return how much time is left, nothing where nothing ends."""
    return (time_left(at, ends),) if ends is not None and ends > at else ()


def is_pressing(step: RoundStep | None, at: datetime) -> bool:
    """Return whether a step is over or ends within days."""
    return step is not None and step.closes_at - at < SOON


def names(found: Sequence[str], count: int) -> str:
    """Return some names, and that there are more."""
    separator, more = ("、", "等") if language() == "zh" else (", ", " …")
    return separator.join(found) + (more if count > len(found) else "")
