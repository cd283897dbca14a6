"""Tables of the defence: when and where a case is heard, and what each panellist gives it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluator.database import Base, Numbered, Versioned
from evaluator.outbox.models import Letter
from evaluator.panels.models import Case, Seat
from evaluator.rounds.models import Participant, Round


class SittingState(StrEnum):
    """How far the hearing of a case is."""

    PLANNED = "planned"
    CALLED = "called"
    PRESENTING = "presenting"
    QUESTIONS = "questions"
    CLOSED = "closed"


class Sitting(Versioned, Base):
    """The hearing of a case: its room, its time, and how far it is."""

    __tablename__ = "sitting"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="starts_before_it_ends"),
        Index(None, "room", "starts_at"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"), unique=True)
    room: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    state: Mapped[SittingState] = mapped_column(default=SittingState.PLANNED)
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None]

    case: Mapped[Case] = relationship(lazy="joined")


class ScoreSheet(Versioned, Base):
    """What one panellist gives a case, by fact of the rubric, as typed.

    `before` was given after the report, `after` after the questions; where they differ, `reason`
    says why. Nobody else reads a sheet until it is handed in.
    """

    __tablename__ = "score_sheet"
    __table_args__ = (UniqueConstraint("seat_id"),)

    seat_id: Mapped[int] = mapped_column(ForeignKey(Seat.id, ondelete="CASCADE"))
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    """The panellist's own note; nobody else ever reads it."""
    changed_at: Mapped[datetime]
    handed_in_at: Mapped[datetime | None]

    seat: Mapped[Seat] = relationship(lazy="joined")


class Look(Versioned, Base):
    """A second look at a rating that stands out: flagged by figures, settled by a person."""

    __tablename__ = "second_look"
    __table_args__ = (UniqueConstraint("sheet_id", "fact"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey(ScoreSheet.id, ondelete="CASCADE"))
    fact: Mapped[str]
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    flagged_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(Text, default="")
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None]


class DefencePlan(Versioned, Base):
    """How the timetable of a round was last planned, and the key of its call board.

    Whoever has the key sees the call board, on which nothing stands that is not called out in the
    corridor; a new key ends the old one.
    """

    __tablename__ = "defence_plan"

    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id, ondelete="CASCADE"), unique=True)
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    board_key: Mapped[str] = mapped_column(unique=True)


class ToldHearing(Numbered, Base):
    """A hearing as it stood in a letter about the timetable, so that changes can be told."""

    __tablename__ = "told_hearing"

    letter_id: Mapped[int] = mapped_column(ForeignKey(Letter.id, ondelete="CASCADE"), index=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey(Participant.id, ondelete="CASCADE"))
    room: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    participant: Mapped[Participant] = relationship(lazy="joined")
