"""Tables of rounds: their steps, their rule sets and the frozen register."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, query_expression, relationship

from evaluator.database import Base, Numbered, Versioned
from evaluator.organisations.models import Kind, Organisation
from evaluator.rule_sets.models import StoredRuleSet


class RoundState(StrEnum):
    """How far a round is: planned, open for its steps, closed."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class Round(Versioned, Base):
    """A rating round of one year."""

    __tablename__ = "round"

    year: Mapped[int]
    title: Mapped[str]
    state: Mapped[RoundState] = mapped_column(default=RoundState.PLANNED)
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    rule_sets: Mapped[list[RoundRuleSet]] = relationship(
        back_populates="round", cascade="all, delete-orphan", order_by="RoundRuleSet.category"
    )
    steps: Mapped[list[RoundStep]] = relationship(
        back_populates="round", cascade="all, delete-orphan", order_by="RoundStep.position"
    )

    def step(self, name: str) -> RoundStep | None:
        """Return a step of the round by its name, None where the round has none such."""
        return next((each for each in self.steps if each.step == name), None)


class RoundRuleSet(Numbered, Base):
    """The published rule set by which a round rates a category; fixed once the round is open."""

    __tablename__ = "round_rule_set"
    __table_args__ = (UniqueConstraint("round_id", "category"),)

    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id, ondelete="CASCADE"))
    category: Mapped[str]
    stored_rule_set_id: Mapped[int] = mapped_column(ForeignKey(StoredRuleSet.id), index=True)

    round: Mapped[Round] = relationship(back_populates="rule_sets")
    stored: Mapped[StoredRuleSet] = relationship()


class RoundStep(Versioned, Base):
    """A step of a round with its first and last moment, to the minute in Asia/Shanghai."""

    __tablename__ = "round_step"
    __table_args__ = (
        UniqueConstraint("round_id", "step"),
        CheckConstraint("opens_at < closes_at", name="opens_before_it_closes"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id, ondelete="CASCADE"))
    step: Mapped[str]
    position: Mapped[int]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]

    round: Mapped[Round] = relationship(back_populates="steps")

    def is_open(self, at: datetime) -> bool:
        """Return whether the step runs at a moment, in a round that is open."""
        return self.round.state is RoundState.OPEN and self.opens_at <= at < self.closes_at


class Participant(Numbered, Base):
    """An organisation as it was when the round was opened: the frozen snapshot that it works on.

    `path` is that of the organisation then; permissions within a round follow it.
    """

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("round_id", "organisation_id"),
        Index(None, "round_id", "committee_id", "sort_key"),
        Index(None, "round_id", "path"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id, ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    path: Mapped[str]
    code: Mapped[str]
    name: Mapped[str] = mapped_column(Text)
    sort_key: Mapped[str]
    kind: Mapped[Kind]
    category: Mapped[str]
    committee_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    committee: Mapped[str]
    members: Mapped[int]
    founded: Mapped[date | None]
    secretary: Mapped[str]
    attributes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    previous_level: Mapped[str] = mapped_column(default="")
    years_at_level: Mapped[int] = mapped_column(default=0)

    round: Mapped[Round] = relationship()
    # Where a query reads it along; see `RULE_SET_DIGEST`.
    rule_set_digest: Mapped[str | None] = query_expression()
