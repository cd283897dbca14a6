"""Tables of the committee review: decisions, returns, replies and recommendations."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluator.accounts.models import Account
from evaluator.applications.models import Application
from evaluator.database import Base, Numbered, Versioned
from evaluator.organisations.models import Organisation
from evaluator.rounds.models import Participant, Round


class FactDecision(StrEnum):
    """What a reviewer made of a fact."""

    ACCEPTED = "accepted"
    """A value that had been adjusted stands again as it was stated."""
    ADJUSTED = "adjusted"


class IndicatorState(StrEnum):
    """What a reviewer made of an indicator."""

    ACCEPTED = "accepted"
    TO_MEND = "to_mend"


class Review(Versioned, Base):
    """The review of one application, from the first act on.

    `version` moves with every act, so that whoever ends a review has seen all of it.
    """

    __tablename__ = "review"

    application_id: Mapped[int] = mapped_column(ForeignKey(Application.id), unique=True)
    changed_at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    """Who acted last."""

    account: Mapped[Account | None] = relationship()


class FactReview(Versioned, Base):
    """The value that a reviewer gave to a fact, over the value that the branch had stated.

    `value` is what the readers of facts take, with its reason where the rule set asks for one.
    Where the branch states something else later, the decision holds no more; see `stated`.
    """

    __tablename__ = "fact_review"
    __table_args__ = (UniqueConstraint("application_id", "fact"),)

    application_id: Mapped[int] = mapped_column(ForeignKey(Application.id))
    fact: Mapped[str]
    decision: Mapped[FactDecision]
    value: Mapped[Any] = mapped_column(JSON)
    stated: Mapped[Any] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text, default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    at: Mapped[datetime]

    account: Mapped[Account | None] = relationship()


class IndicatorReview(Versioned, Base):
    """The decision on an indicator; `basis` is the digest of what it was made on.

    Where a later submission differs in it, the indicator is to be looked at again.
    """

    __tablename__ = "indicator_review"
    __table_args__ = (UniqueConstraint("application_id", "indicator"),)

    application_id: Mapped[int] = mapped_column(ForeignKey(Application.id))
    indicator: Mapped[str]
    state: Mapped[IndicatorState]
    note: Mapped[str] = mapped_column(Text, default="")
    submission: Mapped[int]
    """The number of the submission that was looked at."""
    basis: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    at: Mapped[datetime]

    account: Mapped[Account | None] = relationship()


class Return(Numbered, Base):
    """That an application went back to its branch; `items` are [{indicator, note}] as then."""

    __tablename__ = "review_return"
    __table_args__ = (UniqueConstraint("application_id", "number"),)

    application_id: Mapped[int] = mapped_column(ForeignKey(Application.id))
    number: Mapped[int]
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    message: Mapped[str] = mapped_column(Text, default="")
    items: Mapped[list[Any]]

    account: Mapped[Account | None] = relationship()


class Reply(Versioned, Base):
    """What a branch says to a changed indicator, once, and what the committee answers."""

    __tablename__ = "review_reply"
    __table_args__ = (
        UniqueConstraint("application_id", "indicator"),
        CheckConstraint("(answered_at IS NULL) = (answer = '')", name="answered_with_words"),
    )

    application_id: Mapped[int] = mapped_column(ForeignKey(Application.id))
    indicator: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))


class RecommendationList(Versioned, Base):
    """Whom a committee recommends in one category of a round, the best first.

    Points of different categories follow different rule sets and cannot be compared, so that each
    category has its own order. `version` moves with every change of the list.
    """

    __tablename__ = "recommendation_list"
    __table_args__ = (UniqueConstraint("round_id", "committee_id", "category"),)

    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id))
    committee_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    category: Mapped[str]
    changed_at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))

    account: Mapped[Account | None] = relationship()
    entries: Mapped[list[Recommendation]] = relationship(
        cascade="all, delete-orphan", order_by="Recommendation.position"
    )


class Recommendation(Numbered, Base):
    """One place of a list: who, for which level, and why where the order departs from points."""

    __tablename__ = "recommendation"
    __table_args__ = (
        UniqueConstraint("list_id", "position"),
        UniqueConstraint("list_id", "participant_id"),
    )

    list_id: Mapped[int] = mapped_column(ForeignKey(RecommendationList.id, ondelete="CASCADE"))
    position: Mapped[int]
    participant_id: Mapped[int] = mapped_column(ForeignKey(Participant.id))
    level: Mapped[str]
    note: Mapped[str] = mapped_column(Text, default="")

    participant: Mapped[Participant] = relationship(lazy="joined")
