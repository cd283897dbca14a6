"""What states of rounds and steps are called, and how much time a step has left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext, lazy_gettext

from evaluator.rounds.calendar import ZONE
from evaluator.rounds.models import RoundState, RoundStep

ROUND_STATES = {
    RoundState.PLANNED: lazy_gettext("Being planned"),
    RoundState.OPEN: lazy_gettext("Open"),
    RoundState.CLOSED: lazy_gettext("Closed"),
}


def round_state(state: RoundState) -> str:
    """Return what the state of a round is called."""
    return str(ROUND_STATES[state])


@dataclass(frozen=True)
class StepState:
    """Where a step stands at a moment: `coming`, `running` or `over`, and that in words."""

    name: str
    words: str


def step_state(step: RoundStep, at: datetime) -> StepState:
    """Return where a step stands at a moment, with the days that are left."""
    if step.round.state is RoundState.CLOSED or step.closes_at <= at:
        return StepState("over", gettext("over"))
    if at < step.opens_at:
        return StepState("coming", _coming(days_between(at, step.opens_at)))
    name = "running" if step.round.state is RoundState.OPEN else "coming"
    return StepState(name, time_left(at, step.closes_at))


def days_between(one: datetime, other: datetime) -> int:
    """Return how many midnights of the district lie between two moments."""
    return (other.astimezone(ZONE).date() - one.astimezone(ZONE).date()).days


def _coming(days: int) -> str:
    if days == 0:
        return str(gettext("begins today"))
    return str(gettext("begins in %(days)s days", days=days))


def time_left(at: datetime, closes_at: datetime) -> str:
    """Return how much time is left until a moment that has not come yet."""
    minutes = int((closes_at - at).total_seconds()) // 60
    if minutes < 60:
        return str(gettext("%(minutes)s minutes left", minutes=minutes))
    if minutes < 48 * 60:
        return str(gettext("%(hours)s hours left", hours=minutes // 60))
    return str(gettext("%(days)s days left", days=minutes // (24 * 60)))
