"""Tables of the outbox: every letter to a person, readable and editable before it is sent."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluator.accounts.models import Account
from evaluator.database import Base, Versioned


class LetterState(StrEnum):
    """How far a letter is."""

    HELD = "held"
    """Waits for somebody to read it and let it go."""
    READY = "ready"
    """Let go; an account reads it on the platform from now on, whatever becomes of the mail."""
    SENT = "sent"
    FAILED = "failed"
    """The mail server will not have it; an account reads it on the platform all the same."""
    WITHDRAWN = "withdrawn"


class MailAddress(Versioned, Base):
    """Where letters to an account go beside the platform, once the account has confirmed it."""

    __tablename__ = "mail_address"

    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"), unique=True)
    address: Mapped[str] = mapped_column(default="")
    confirmed_at: Mapped[datetime | None]
    wanted: Mapped[str] = mapped_column(default="")
    """The address that a code was sent to; it takes the place of the other when it is confirmed."""
    code_hash: Mapped[str] = mapped_column(default="")
    code_ends_at: Mapped[datetime | None]
    code_tries: Mapped[int] = mapped_column(default=0)


class Letter(Versioned, Base):
    """A letter to an account, or to an address outside; `about` is the subject it comes from.

    It is written in the transaction of what it tells, and sent by a process of its own.
    """

    __tablename__ = "letter"
    __table_args__ = (
        CheckConstraint("account_id IS NOT NULL OR address <> ''", name="to_somebody"),
        Index(None, "state", "id"),
        Index(None, "account_id", "read_at"),
    )

    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    address: Mapped[str] = mapped_column(default="")
    """Given for somebody without an account; else that of the last try."""
    organisation_path: Mapped[str]
    """Whose matter it is: who may read it in the outbox follows from it."""
    about: Mapped[str]
    """Subject and event, such as `notice.published`."""
    title: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    link: Mapped[str] = mapped_column(default="")
    """A path of the platform."""
    state: Mapped[LetterState]
    writer: Mapped[str] = mapped_column(default="")
    """Who did what the letter tells of; empty where the platform itself wrote it."""
    written_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    message_id: Mapped[str] = mapped_column(default="")
    """The Message-ID of every try, so that who gets a letter twice can tell."""
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    sending_since: Mapped[datetime | None]
    """When the try under way began; one that is over and never ended was cut off."""
    cut_off: Mapped[bool] = mapped_column(default=False)
    """Whether a try ended without an answer, so that the letter may have gone out twice."""
    error: Mapped[str] = mapped_column(Text, default="")
    """What hinders it, in the words of the mail server, or why it was withdrawn."""
    batch: Mapped[str] = mapped_column(default="", index=True)
    """Letters of one act share it, so that they can be let go together."""

    account: Mapped[Account | None] = relationship(lazy="joined")
