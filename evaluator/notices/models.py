"""Tables of the public notice: what was published for how long, and who objected."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluator.accounts.models import Account
from evaluator.database import Base, Numbered, Versioned
from evaluator.rounds.models import Participant, Round


class Notice(Versioned, Base):
    """A public notice of a round: its text and names as canonical JSON, its days.

    While it is prepared `content` holds what it is to say; published, its whole text and names. It
    is public from `published_at` on, and objections are taken until `last_day` is over. What was
    published never changes: a correction says what is different.
    """

    __tablename__ = "public_notice"
    __table_args__ = (CheckConstraint("first_day <= last_day", name="first_to_last_day"),)

    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id, ondelete="CASCADE"), index=True)
    title: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    published_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    content: Mapped[str] = mapped_column(Text)
    digest: Mapped[str]

    round: Mapped[Round] = relationship()
    entries: Mapped[list[NoticeEntry]] = relationship(
        cascade="all, delete-orphan", order_by="NoticeEntry.position", back_populates="notice"
    )
    corrections: Mapped[list[Correction]] = relationship(
        cascade="all, delete-orphan", order_by="Correction.number"
    )


class Correction(Numbered, Base):
    """What a published notice says differently from here on, and why; the notice itself stays."""

    __tablename__ = "public_notice_correction"
    __table_args__ = (UniqueConstraint("notice_id", "number"),)

    notice_id: Mapped[int] = mapped_column(ForeignKey(Notice.id, ondelete="CASCADE"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    """What changed, for those who read the notice."""
    content: Mapped[str] = mapped_column(Text)
    digest: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    at: Mapped[datetime]


class NoticeEntry(Numbered, Base):
    """A name on a notice with the level that it is to be given.

    One that was taken off after an objection stays, and counts no more.
    """

    __tablename__ = "public_notice_entry"
    __table_args__ = (UniqueConstraint("notice_id", "participant_id"),)

    notice_id: Mapped[int] = mapped_column(ForeignKey(Notice.id, ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(ForeignKey(Participant.id), index=True)
    position: Mapped[int]
    level: Mapped[str]
    withdrawn_at: Mapped[datetime | None]

    notice: Mapped[Notice] = relationship(back_populates="entries")
    participant: Mapped[Participant] = relationship(lazy="joined")


class ObjectionState(StrEnum):
    """How far an objection is."""

    FILED = "filed"
    UNDER_CHECK = "under_check"
    UPHELD = "upheld"
    NOT_UPHELD = "not_upheld"
    NOT_ADMITTED = "not_admitted"


class Objection(Versioned, Base):
    """What a named person objects to an entry of a notice, and what became of it.

    The person follows it by a code of which only a digest is kept. Name and contact are seen by
    those who handle objections, and by nobody else.
    """

    __tablename__ = "objection"
    __table_args__ = (Index(None, "state", "filed_at"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey(NoticeEntry.id))
    state: Mapped[ObjectionState] = mapped_column(default=ObjectionState.FILED)
    name: Mapped[str]
    contact: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    code_digest: Mapped[str] = mapped_column(unique=True)
    filed_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(Text, default="")
    outcome_at: Mapped[datetime | None]
    outcome_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))

    entry: Mapped[NoticeEntry] = relationship(lazy="joined")
    handlers: Mapped[list[Handler]] = relationship(
        cascade="all, delete-orphan", order_by="Handler.id"
    )
    attachments: Mapped[list[Attachment]] = relationship(
        cascade="all, delete-orphan", order_by="Attachment.id"
    )


class Attachment(Numbered, Base):
    """A file that came with an objection, as the check of its content left it."""

    __tablename__ = "objection_attachment"

    objection_id: Mapped[int] = mapped_column(
        ForeignKey(Objection.id, ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    storage_key: Mapped[str]
    digest: Mapped[str]


class ObjectionAttempt(Numbered, Base):
    """That somebody sent an objection from an address; kept for a day, beside no objection."""

    __tablename__ = "objection_attempt"
    __table_args__ = (Index(None, "address", "at"),)

    at: Mapped[datetime]
    address: Mapped[str]


class Handler(Numbered, Base):
    """A member of the second panel that handles an objection; none of them judged the case."""

    __tablename__ = "objection_handler"
    __table_args__ = (UniqueConstraint("objection_id", "account_id"),)

    objection_id: Mapped[int] = mapped_column(ForeignKey(Objection.id, ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    opinion: Mapped[str] = mapped_column(Text, default="")
    upholds: Mapped[bool | None]
    at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(lazy="joined")
