"""What the foreman writes: that a job is taken up, and how it ended; each a unit of work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from evaluator.database import now, only_read, take_turn, unit_of_work
from evaluator.jobs.models import WANTED, Job, JobState, JobStep


@dataclass(frozen=True)
class Taken:
    """An attempt that is ours."""

    token: str
    attempt: int


@dataclass(frozen=True)
class Answer:
    """How an engine ended: `done`, `cancelled`, or `failed` with words."""

    state: str
    error: str = ""


def take(session: Session, number: int) -> Taken | None:
    """Take up a job; one that was being cancelled when its foreman was killed has ended."""
    with unit_of_work(session):
        take_turn(session)
        job = session.get_one(Job, number, populate_existing=True, with_for_update=True)
        if job.state is JobState.CANCELLING:
            job.state, job.ended_at = JobState.CANCELLED, now()
        if job.state not in WANTED:
            return None
        job.state = JobState.RUNNING
        return Taken(job.token, job.attempt)


def is_cancelled(session: Session, number: int) -> bool:
    """Return whether somebody wants a job to stop."""
    only_read(session)
    state = session.scalar(select(Job.state).where(Job.id == number))
    session.rollback()
    return state is JobState.CANCELLING


def ended(session: Session, number: int, attempt: int, answer: Answer) -> None:
    """Note how an attempt ended."""
    state = JobState(answer.state)
    with unit_of_work(session):
        take_turn(session)
        query = select(func.count()).where(JobStep.job_id == number, JobStep.done_at.is_(None))
        planned = session.scalar(select(Job.planned).where(Job.id == number))
        if state is JobState.DONE and not (planned and session.scalar(query) == 0):
            # The engine's notes are newer than our rows, which were restored from a copy.
            _change(session, number, attempt, {"attempt": attempt + 1})
            return
        _change(session, number, attempt, _end(state, answer.error))


def fallen(session: Session, number: int, attempt: int) -> None:
    """Note that the engine of a job has ended again and again without an answer."""
    with unit_of_work(session):
        take_turn(session)
        _change(session, number, attempt, _end(JobState.FAILED, "the engine was killed"))


def _end(state: JobState, error: str) -> dict[str, Any]:
    return {"state": state, "error": error, "ended_at": now()}


def _change(session: Session, number: int, attempt: int, values: dict[str, Any]) -> None:
    ours = (Job.id == number, Job.attempt == attempt, Job.state.in_(WANTED))
    changed = update(Job).where(*ours).values(values)
    session.execute(changed.execution_options(synchronize_session=False))
