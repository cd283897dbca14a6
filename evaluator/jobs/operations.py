"""What happens to jobs on request, inside the caller's unit of work: start, cancel, resume.

Who may do so is the caller's to decide, and so is the audit line.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from evaluator.database import now, take_turn
from evaluator.jobs.models import STOPPED, Job, JobState
from evaluator.jobs.plans import Arguments, plan_of


def start(session: Session, name: str, arguments: Arguments) -> int:
    """Ask for a job and return its number; it begins soon after the caller has committed.

    `arguments` is what JSON can hold. Where the caller rolls back, nothing is started.
    """
    plan_of(name)
    wanted = Job(name=name, arguments=dict(arguments))
    session.add(wanted)
    session.flush()
    return wanted.id


def cancel(session: Session, number: int) -> bool:
    """Stop a job after the steps at hand, keeping what is done; false where it has ended."""
    stopped = {"state": JobState.CANCELLED, "ended_at": now()}
    return _move(session, number, (JobState.WAITING,), stopped) or _move(
        session, number, (JobState.RUNNING,), {"state": JobState.CANCELLING}
    )


def resume(session: Session, number: int) -> bool:
    """Go on with a job that was cancelled or failed; false where it is neither."""
    again = {
        "state": JobState.WAITING,
        "attempt": Job.attempt + 1,
        "error": "",
        "ended_at": None,
    }
    return _move(session, number, STOPPED, again)


def _move(
    session: Session, number: int, states: tuple[JobState, ...], values: dict[str, Any]
) -> bool:
    """Change a job that is in one of some states, in one statement, whoever else looks at it."""
    take_turn(session)
    moved = session.execute(
        update(Job)
        .where(Job.id == number, Job.state.in_(states))
        .values(values)
        .returning(Job.id)
        .execution_options(synchronize_session="fetch")
    )
    return moved.scalar() is not None
