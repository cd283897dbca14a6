"""Table of the plan for the next star: what a branch means to win, how, who sees to it, by when."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluator.accounts.models import Account
from evaluator.database import Base, Versioned
from evaluator.organisations.models import Organisation
from evaluator.rounds.models import Round


class PlanItem(Versioned, Base):
    """One thing that stands between an organisation and its next level, as it takes it on.

    It belongs to the organisation and not to a round, so that the next year's self-assessment
    finds it; `round_id` is the round whose report it was taken from.
    """

    __tablename__ = "plan_item"
    __table_args__ = (UniqueConstraint("organisation_id", "round_id", "item"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id), index=True)
    item: Mapped[str]
    """The id of an indicator, or what `evaluator.score_reports.road` calls a condition."""
    title: Mapped[str] = mapped_column(Text)
    how: Mapped[str] = mapped_column(Text, default="")
    """What it takes, as the report said it then."""
    text: Mapped[str] = mapped_column(Text)
    """What the branch is going to do, in its own words."""
    owner: Mapped[str]
    due: Mapped[date]
    done_on: Mapped[date | None]
    changed_at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))

    round: Mapped[Round] = relationship(lazy="joined")
