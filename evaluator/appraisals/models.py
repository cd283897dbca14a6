"""Tables of appraisals.

Nothing here ties a ballot to a code, an account, an address or a moment: a code only knows that it
was used, and a ballot has a random number, so that not even their order shows who voted how.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluator.database import Base, Numbered, Versioned
from evaluator.rounds.models import Participant


class AppraisalState(StrEnum):
    """Ballots are taken while it is open; closing counts them once and for all."""

    OPEN = "open"
    CLOSED = "closed"


class Way(StrEnum):
    """How people appraise."""

    CODES = "codes"
    PAPER = "paper"


class Appraisal(Versioned, Base):
    """The appraisal of one participant.

    `questions` holds what is asked as it was when the appraisal was set up, so that a ballot never
    changes its meaning; `results` the facts that came of it, empty where too few took part.
    """

    __tablename__ = "appraisal"
    __table_args__ = (
        CheckConstraint("minimum BETWEEN 1 AND 10000", name="minimum_in_reach"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_has_moment"),
    )

    participant_id: Mapped[int] = mapped_column(ForeignKey(Participant.id), unique=True)
    way: Mapped[Way]
    state: Mapped[AppraisalState] = mapped_column(default=AppraisalState.OPEN)
    minimum: Mapped[int]
    """From how many ballots on there is a result."""
    questions: Mapped[list[Any]]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    ballots: Mapped[int] = mapped_column(default=0)
    """How many ballots were counted when it was closed."""
    results: Mapped[dict[str, Any]] = mapped_column(default=dict)

    participant: Mapped[Participant] = relationship(lazy="joined")


class BallotCode(Numbered, Base):
    """A code of a slip; only its digest is kept, and whether it was used or withdrawn."""

    __tablename__ = "ballot_code"

    appraisal_id: Mapped[int] = mapped_column(ForeignKey(Appraisal.id, ondelete="CASCADE"))
    code_hash: Mapped[str] = mapped_column(unique=True)
    used: Mapped[bool] = mapped_column(default=False)
    withdrawn: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (Index(None, "appraisal_id", "used"),)


class Ballot(Base):
    """One anonymous ballot: what was chosen for each question, under a random number."""

    __tablename__ = "ballot"

    id: Mapped[str] = mapped_column(primary_key=True)
    appraisal_id: Mapped[int] = mapped_column(
        ForeignKey(Appraisal.id, ondelete="CASCADE"), index=True
    )
    choices: Mapped[dict[str, Any]]


class PaperTally(Numbered, Base):
    """The count of ballots on paper, with the scan that proves it."""

    __tablename__ = "paper_tally"

    appraisal_id: Mapped[int] = mapped_column(
        ForeignKey(Appraisal.id, ondelete="CASCADE"), unique=True
    )
    handed_out: Mapped[int]
    returned: Mapped[int]
    counts: Mapped[dict[str, Any]]
    scan_name: Mapped[str]
    scan_type: Mapped[str]
    scan_key: Mapped[str]
    scan_digest: Mapped[str]
    account_id: Mapped[int | None]
    at: Mapped[datetime]
