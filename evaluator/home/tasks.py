"""What waits for somebody: one thing to do, in words, with the page on which it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import format_date, gettext

from evaluator.rounds.calendar import ZONE, last_moment_words
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
    waits: bool = True
    """Whether there is something to do; else it says how matters stand."""


def until(ends: datetime | None, at: datetime) -> tuple[str, ...]:
    """Return how much time is left and until when, nothing where nothing ends."""
    if ends is None or ends <= at:
        return ()
    return time_left(at, ends), gettext("until %(moment)s", moment=last_moment_words(ends))


def day_words(moment: datetime) -> str:
    """Return the day of the district on which a moment lies."""
    return str(format_date(moment.astimezone(ZONE).date(), "medium"))


def is_pressing(step: RoundStep | None, at: datetime) -> bool:
    """Return whether a step runs and ends within days."""
    return step is not None and step.is_open(at) and step.closes_at - at < SOON


def names(found: Sequence[str], count: int) -> str:
    """Return some names, and that there are more."""
    separator, more = ("、", "等") if language() == "zh" else (", ", " …")
    return separator.join(found) + (more if count > len(found) else "")
