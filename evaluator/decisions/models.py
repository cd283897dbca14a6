"""Tables of the decision: the joint check, what was decided and by whom, and the minutes."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluator.accounts.models import Account
from evaluator.database import Base, Numbered, Versioned
from evaluator.rounds.models import Participant, Round


class Basis(StrEnum):
    """On what a level rests."""

    COMPUTED = "computed"
    """The rules and quotas gave it."""
    DEVIATION = "deviation"
    """A person gave another one than the rules; needs a reason and a second person."""
    DIRECT = "direct"
    """Awarded without scoring, as the rule set allows; needs a reason and a second person."""
    HIGHER = "higher"
    """A higher authority decided, as the rule set says."""


class DepartmentList(Numbered, Base):
    """What a department brought to the joint check: its file, its digest, its moment."""

    __tablename__ = "department_list"

    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id, ondelete="CASCADE"), index=True)
    department: Mapped[str]
    file_name: Mapped[str]
    digest: Mapped[str]
    storage_key: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    at: Mapped[datetime]

    findings: Mapped[list[Finding]] = relationship(
        cascade="all, delete-orphan", order_by="Finding.id", back_populates="found_in"
    )


class Finding(Versioned, Base):
    """That a department found something against a participant: which veto, when, who, with what.

    A lifted finding stays, with the reason, and counts no more.
    """

    __tablename__ = "joint_check_finding"
    __table_args__ = (Index(None, "participant_id"),)

    list_id: Mapped[int] = mapped_column(ForeignKey(DepartmentList.id, ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(ForeignKey(Participant.id))
    veto: Mapped[str]
    """The id of the veto in the participant's rule set."""
    on: Mapped[date] = mapped_column("found_on")
    person: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(Text)
    fact: Mapped[str] = mapped_column(default="")
    """The fact by which it reaches the scoring; empty where the rule set has none for it."""
    given: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The event that was added to the fact; empty where the fact is a single value."""
    evidence_key: Mapped[str] = mapped_column(default="")
    evidence_name: Mapped[str] = mapped_column(default="")
    evidence_type: Mapped[str] = mapped_column(default="")
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    lifted_because: Mapped[str] = mapped_column(Text, default="")

    found_in: Mapped[DepartmentList] = relationship(back_populates="findings")
    participant: Mapped[Participant] = relationship(lazy="joined")

    @property
    def counts(self) -> bool:
        """Return whether it still stands against the participant."""
        return self.lifted_at is None


class Decision(Versioned, Base):
    """The level that was decided for a participant; an empty level is none.

    `computed` is what the rules gave then, `result` the whole computed result as canonical JSON
    with its digest, `rule_set` the digest of the rules, so that it can be worked out for ever.
    """

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> proposed_by", name="second_person"
        ),
    )

    participant_id: Mapped[int] = mapped_column(ForeignKey(Participant.id), unique=True)
    level: Mapped[str] = mapped_column(default="")
    computed: Mapped[str] = mapped_column(default="")
    basis: Mapped[Basis] = mapped_column(default=Basis.COMPUTED)
    reason: Mapped[str] = mapped_column(Text, default="")
    total: Mapped[int | None]
    """In 1/10,000 point."""
    rule_set: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(Text, default="", deferred=True)
    digest: Mapped[str] = mapped_column(default="")
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    proposed_at: Mapped[datetime]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    confirmed_at: Mapped[datetime | None]

    participant: Mapped[Participant] = relationship(lazy="joined")

    @property
    def is_final(self) -> bool:
        """Return whether it holds; until then it is one person's proposal."""
        return self.confirmed_at is not None


class Minutes(Numbered, Base):
    """The minutes of a meeting that decided: who was there, what was decided; a PDF."""

    __tablename__ = "minutes"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id, ondelete="CASCADE"))
    number: Mapped[int]
    held_at: Mapped[datetime]
    chair: Mapped[str]
    present: Mapped[list[Any]]
    text: Mapped[str] = mapped_column(Text, default="")
    digest: Mapped[str]
    pdf_key: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    at: Mapped[datetime]
