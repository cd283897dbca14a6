"""Tables of the public notice: what was published for how long, and who objected."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluator.accounts.models import Account
from evaluator.database import Base, Numbered, Versioned
from evaluator.rounds.models import Participant, Round


class Notice(Versioned, Base):
    """A public notice of a round: its text and names as canonical JSON, its days.

    It is public from `published_at` on; objections are taken from `first_day` to `last_day`.
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
        cascade="all, delete-orphan", order_by="NoticeEntry.position"
    )


class NoticeEntry(Numbered, Base):
    """A name on a notice with the level that it is to be given."""

    __tablename__ = "public_notice_entry"
    __table_args__ = (UniqueConstraint("notice_id", "participant_id"),)

    notice_id: Mapped[int] = mapped_column(ForeignKey(Notice.id, ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(ForeignKey(Participant.id), index=True)
    position: Mapped[int]
    level: Mapped[str]

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
    attachments: Mapped[list[Any]] = mapped_column(default=list)
    """[{name, key, digest, media_type, size}]"""
    code_digest: Mapped[str] = mapped_column(unique=True)
    filed_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(Text, default="")
    outcome_at: Mapped[datetime | None]
    outcome_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))

    entry: Mapped[NoticeEntry] = relationship(lazy="joined")
    handlers: Mapped[list[Handler]] = relationship(
        cascade="all, delete-orphan", order_by="Handler.id"
    )


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
