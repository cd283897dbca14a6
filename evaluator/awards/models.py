"""Tables of awards: who holds which level for how long, what changed it, what follows."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluator.accounts.models import Account
from evaluator.database import Base, Versioned
from evaluator.rounds.models import Participant
from rules.syntax import Words


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
    """What an organisation has to do after the round, from its follow-up group or its own plan.

    A task that was made by mistake is cancelled, with the reason; it stays to be read.
    """

    __tablename__ = "follow_up_task"

    participant_id: Mapped[int] = mapped_column(ForeignKey(Participant.id), index=True)
    group_: Mapped[str] = mapped_column("follow_up_group", default="")
    group_en: Mapped[str] = mapped_column("follow_up_group_en", default="", server_default="")
    text: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text, default="", server_default="")
    """The English of the rule set; empty for what a person wrote."""
    owner: Mapped[str] = mapped_column(default="")
    due: Mapped[date | None]
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    note: Mapped[str] = mapped_column(Text, default="")
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    cancelled_because: Mapped[str] = mapped_column(Text, default="", server_default="")

    participant: Mapped[Participant] = relationship(lazy="joined")

    @property
    def words(self) -> Words:
        """Return what is to be done, in both languages where the rule set has both."""
        return Words(self.text, self.text_en)

    @property
    def group(self) -> Words:
        """Return the follow-up group that the task comes from; empty for one of its own."""
        return Words(self.group_, self.group_en)

    @property
    def is_open(self) -> bool:
        """Return whether the task is neither done nor cancelled."""
        return self.done_at is None and self.cancelled_at is None
