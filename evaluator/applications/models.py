"""Tables of applications, their answers and what was submitted."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluator.database import Base, Numbered, Versioned
from evaluator.rounds.models import Participant


class ApplicationState(StrEnum):
    """Where an application stands; how it gets from one to another: `procedure`."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    REVIEWED = "reviewed"
    IN_DEFENCE = "in_defence"
    DEFENDED = "defended"
    DECIDED = "decided"
    UNRATED = "unrated"
    """Decided without a level; there is nothing to publish."""
    ON_NOTICE = "on_notice"
    OBJECTED = "objected"
    AWARDED = "awarded"


class Origin(StrEnum):
    """How an answer came to be."""

    GIVEN = "given"
    CORRECTED = "corrected"
    """A known fact that the branch corrected with a reason."""
    COPIED = "copied"
    """Taken from last year's application; counts once it is confirmed."""


class Application(Versioned, Base):
    """The application of one participant of a round; it exists from the first answer on."""

    __tablename__ = "application"
    __table_args__ = (Index(None, "state", "submitted_at"),)

    participant_id: Mapped[int] = mapped_column(ForeignKey(Participant.id), unique=True)
    state: Mapped[ApplicationState] = mapped_column(default=ApplicationState.DRAFT)
    claimed_level: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]

    participant: Mapped[Participant] = relationship(lazy="joined")
    answers: Mapped[list[Answer]] = relationship(
        back_populates="application", cascade="all, delete-orphan"
    )
    submissions: Mapped[list[Submission]] = relationship(
        back_populates="application", order_by="Submission.number"
    )


class Answer(Versioned, Base):
    """What the branch says about one fact: the text as typed, or a list of events.

    None says nothing, as where a correction was withdrawn. `version` lets two people who edit the
    same answer see that the other one did.
    """

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("application_id", "fact"),)

    application_id: Mapped[int] = mapped_column(ForeignKey(Application.id, ondelete="CASCADE"))
    fact: Mapped[str]
    value: Mapped[Any] = mapped_column(JSON)
    origin: Mapped[Origin]
    reason: Mapped[str] = mapped_column(Text, default="")
    changed_at: Mapped[datetime]
    account_id: Mapped[int | None]

    application: Mapped[Application] = relationship(back_populates="answers")


class Submission(Numbered, Base):
    """One submitting of an application: the content as canonical JSON with its digest.

    `pdf_key` is where the PDF of the whole application is stored.
    """

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("application_id", "number"),)

    application_id: Mapped[int] = mapped_column(ForeignKey(Application.id))
    number: Mapped[int]
    at: Mapped[datetime]
    account_id: Mapped[int | None]
    secretary: Mapped[str]
    content: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(index=True)
    pdf_key: Mapped[str]

    application: Mapped[Application] = relationship(back_populates="submissions")
