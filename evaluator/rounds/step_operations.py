"""The calendar of an open round: steps are extended, closed early or moved, each with a reason.

Whether a step runs is told by comparing its moments with the clock, so that a change holds from
the very minute on and no job has to run for it.
"""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from evaluator.access import Actor
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.rounds.calendar import last_moment_words
from evaluator.rounds.models import RoundStep
from evaluator.rounds.policy import require_manager
from evaluator.rounds.transitions import RUNNING
from evaluator.web.errors import Refusal


def extend_step(
    session: Session,
    actor: Actor,
    *,
    step: RoundStep,
    version: int,
    closes_at: datetime,
    reason: str,
) -> None:
    """Let a step last longer; one that is over begins to run again."""
    _begin(session, actor, step, version)
    if closes_at <= step.closes_at:
        raise Refusal(
            gettext(
                "An extension ends later than now planned (%(moment)s).",
                moment=last_moment_words(step.closes_at),
            )
        )
    if closes_at <= now():
        raise Refusal(gettext("The new end has passed already. Choose a later moment."))
    _change(session, actor, "extend_step", step, step.opens_at, closes_at, reason)


def close_step(
    session: Session, actor: Actor, *, step: RoundStep, version: int, reason: str
) -> None:
    """End a step that runs, now."""
    _begin(session, actor, step, version)
    moment = now()
    if not (step.is_open(moment) and step.opens_at < moment):
        raise Refusal(gettext("Only a step that runs can be closed early."))
    _change(session, actor, "close_step", step, step.opens_at, moment, reason)


def move_step(
    session: Session,
    actor: Actor,
    *,
    step: RoundStep,
    version: int,
    opens_at: datetime,
    closes_at: datetime,
    reason: str,
) -> None:
    """Set other moments for a step that has not begun."""
    _begin(session, actor, step, version)
    if step.opens_at <= now():
        raise Refusal(gettext("The step has begun; it can only be extended or closed early."))
    if not now() <= opens_at < closes_at:
        raise Refusal(gettext("A step begins in the future, and ends after it begins."))
    _change(session, actor, "move_step", step, opens_at, closes_at, reason)


def _begin(session: Session, actor: Actor, step: RoundStep, version: int) -> None:
    require_manager(session, actor)
    RUNNING.check(step.round)
    if step.version != version:
        raise StaleDataError


def _change(
    session: Session,
    actor: Actor,
    verb: str,
    step: RoundStep,
    opens_at: datetime,
    closes_at: datetime,
    reason: str,
) -> None:
    before = _moments(step)
    step.opens_at, step.closes_at = opens_at, closes_at
    write_line(
        session,
        actor,
        action=f"round.{verb}",
        subject="round",
        subject_id=step.round_id,
        before=before,
        after=_moments(step),
        reason=reason,
    )


def _moments(step: RoundStep) -> dict[str, str | datetime]:
    return {"step": step.step, "opens_at": step.opens_at, "closes_at": step.closes_at}
