"""The processes that do the steps, beside the pages and more patient than they.

Each has an app of its own, with its own connections; none was opened before the process began.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Thread
from typing import Any

import structlog
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.database import db, now, only_read, take_turn, unit_of_work
from evaluator.jobs.apart import NotWanted, StepFailed
from evaluator.jobs.models import Job, JobState, JobStep
from evaluator.jobs.plans import plan_of

log = structlog.get_logger()
NICENESS = 10
_apps: list[Flask] = []


def begin(make: str, config: Mapping[str, Any]) -> None:
    """Make a process ready: patient, with an app, and ended as soon as its engine has ended."""
    os.nice(NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, name="parent", daemon=True).start()
    module, _, name = make.partition(":")
    _apps.append(getattr(importlib.import_module(module), name)(config))


def plan(token: str, attempt: int) -> list[str]:
    """Return the names of the steps of a job, planning them where nobody has."""
    with _working(token, attempt) as (session, job):
        if not job.planned:
            with _told(job.name):
                names = plan_of(job.name).steps(job.arguments)
            take_turn(session)
            for position, each in enumerate(names):
                job.steps.append(JobStep(position=position, name=each))
            job.planned = True
        query = select(JobStep.name).where(JobStep.job_id == job.id).order_by(JobStep.position)
        return list(session.scalars(query))


def work(token: str, attempt: int, step: str) -> None:
    """Do a step, and note in the same unit of work that it is done."""
    with _working(token, attempt) as (session, job):
        query = select(JobStep).where(JobStep.job_id == job.id, JobStep.name == step)
        noted = session.scalars(query).one()
        if noted.done_at is not None:
            return
        with _told(step):
            plan_of(job.name).do(job.arguments, step)
        take_turn(session)
        noted.done_at = now()


@contextmanager
def _working(token: str, attempt: int) -> Iterator[tuple[Session, Job]]:
    """Yield the job in a unit of work that writes late: others save while a step is drawn."""
    with _apps[0].app_context():
        only_read(db.session)
        with unit_of_work(db.session) as session:
            job = session.scalars(select(Job).where(Job.token == token)).one()
            if job.state != JobState.RUNNING or job.attempt != attempt:
                raise NotWanted(token)
            yield session, job


@contextmanager
def _told(step: str) -> Iterator[None]:
    """Log what goes wrong where it happens; only its words can cross to another process."""
    try:
        yield
    except Exception as error:
        log.exception("a step of a job failed", step=step)
        raise StepFailed(str(error) or type(error).__name__) from None


def _end_with_parent() -> None:
    """End this process when its parent was killed: nobody would hear of what it does."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
