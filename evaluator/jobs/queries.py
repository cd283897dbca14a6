"""How far jobs are, and which one is next."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluator.jobs.models import WANTED, Job, JobState, JobStep


@dataclass(frozen=True)
class Progress:
    """How far a job is; `all` is 0 until it is planned."""

    state: JobState
    done: int
    all: int
    error: str = ""

    @property
    def is_under_way(self) -> bool:
        """Return whether something is still to be done, so that a page should look again."""
        return self.state in WANTED


def progress(session: Session, number: int) -> Progress:
    """Return how far a job is; raises NoResultFound where there is none."""
    state, error = session.execute(select(Job.state, Job.error).where(Job.id == number)).one()
    counted = select(func.count(JobStep.done_at), func.count()).where(JobStep.job_id == number)
    done, every = session.execute(counted).one()
    return Progress(state, done, every, error)


def next_wanted(session: Session) -> int | None:
    """Return the number of the job that has waited longest; None where nothing is to be done."""
    query = select(Job.id).where(Job.state.in_(WANTED)).order_by(Job.id).limit(1)
    return session.scalar(query)
