"""Tables of the jobs: what is asked for, its steps, and which of them are done."""

from __future__ import annotations

import enum
import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluator.database import Base, Numbered, now


class JobState(enum.Enum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    FAILED = "failed"
    DONE = "done"


WANTED = (JobState.WAITING, JobState.RUNNING, JobState.CANCELLING)
"""The states in which something is to be done, by whoever finds it."""
STOPPED = (JobState.CANCELLED, JobState.FAILED)
"""The states in which a job can be resumed."""


class Job(Numbered, Base):
    """A piece of long work; its row is written in the unit of work that asks for it."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state", "state"),)

    name: Mapped[str] = mapped_column(String(100))
    arguments: Mapped[dict[str, Any]]
    state: Mapped[JobState] = mapped_column(default=JobState.WAITING)
    token: Mapped[str] = mapped_column(
        String(32), unique=True, default=lambda: secrets.token_hex(16)
    )
    attempt: Mapped[int] = mapped_column(default=1)
    """Each resumption is an attempt of its own for the engine, which knows it by token and this."""
    planned: Mapped[bool] = mapped_column(default=False)
    error: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    steps: Mapped[list[JobStep]] = relationship(
        back_populates="job", order_by="JobStep.position", cascade="all, delete-orphan"
    )


class JobStep(Numbered, Base):
    """A step of a job, planned once; it is done when its row says so, and never done again."""

    __tablename__ = "job_step"
    __table_args__ = (UniqueConstraint("job_id", "position"), UniqueConstraint("job_id", "name"))

    job_id: Mapped[int] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"))
    job: Mapped[Job] = relationship(back_populates="steps")
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    done_at: Mapped[datetime | None]
