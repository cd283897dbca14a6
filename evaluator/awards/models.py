"""Tables of awards: who holds which level for how long, what changed it, what follows."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluator.accounts.models import Account
from evaluator.database import Base, Versioned
from evaluator.rounds.models import Participant


class ChangeKind(StrEnum):
    """What can become of an award."""

    DEMOTION = "demotion"
    REVOCATION = "revocation"
    RE_AUDIT_PASSED = "re_audit_passed"
    EXPIRY = "expiry"


class Award(Versioned, Base):
    """A level that an organisation was awarded in a round; `level` is what it holds by it now.

    An empty level is none any more; `first_level` is the one that was awarded.
    """

    __tablename__ = "award"
    __table_args__ = (Index(None, "valid_until"),)

    participant_id: Mapped[int] = mapped_column(ForeignKey(Participant.id), unique=True)
    first_level: Mapped[str]
    level: Mapped[str]
    awarded_on: Mapped[date]
    valid_until: Mapped[date | None]
    re_audit_due: Mapped[date | None]
    document: Mapped[str] = mapped_column(default="")
    """Number of the official document that names the organisation."""
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    at: Mapped[datetime]

    participant: Mapped[Participant] = relationship(lazy="joined")
    changes: Mapped[list[AwardChange]] = relationship(
        cascade="all, delete-orphan", order_by="AwardChange.id"
    )


class AwardChange(Versioned, Base):
    """A demotion, a revocation, a passed re-audit or an expiry, with its reason.

    What takes a level away is proposed by one person and holds when a second one confirms it.
    """

    __tablename__ = "award_change"
    __table_args__ = (
        CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> proposed_by", name="second_person"
        ),
    )

    award_id: Mapped[int] = mapped_column(ForeignKey(Award.id, ondelete="CASCADE"), index=True)
    kind: Mapped[ChangeKind]
    from_level: Mapped[str]
    to_level: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    proposed_at: Mapped[datetime]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    confirmed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class FollowUpTask(Versioned, Base):
    """What an organisation has to do after the round, from its follow-up group or its own plan."""

    __tablename__ = "follow_up_task"

    participant_id: Mapped[int] = mapped_column(ForeignKey(Participant.id), index=True)
    group_: Mapped[str] = mapped_column("follow_up_group", default="")
    text: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(default="")
    due: Mapped[date | None]
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    note: Mapped[str] = mapped_column(Text, default="")

    participant: Mapped[Participant] = relationship(lazy="joined")
