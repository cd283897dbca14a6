"""Tables of site checks."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluator.database import Base, Numbered, Versioned
from evaluator.rounds.models import Participant, Round


class SiteCheckState(StrEnum):
    """A check is planned until it is finished; then its facts count."""

    PLANNED = "planned"
    FINISHED = "finished"


class Draw(Numbered, Base):
    """A drawing of lots: with its seed and share anybody can draw the same again."""

    __tablename__ = "site_check_draw"
    __table_args__ = (
        UniqueConstraint("round_id"),
        CheckConstraint("percent BETWEEN 1 AND 100", name="percent_is_a_share"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id))
    percent: Mapped[int]
    seed: Mapped[str]
    at: Mapped[datetime]
    account_id: Mapped[int | None]


class SiteCheck(Versioned, Base):
    """The check of one participant on its site.

    `findings` holds, for each dimension, whether it is in order and what was seen; `facts` the
    texts of facts that rule sets take from samples; `reason` why it was added without a lot.
    """

    __tablename__ = "site_check"
    __table_args__ = (
        CheckConstraint(
            "(state = 'finished') = (finished_at IS NOT NULL)", name="finished_has_moment"
        ),
    )

    participant_id: Mapped[int] = mapped_column(ForeignKey(Participant.id), unique=True)
    drawn: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[SiteCheckState] = mapped_column(default=SiteCheckState.PLANNED)
    visited_on: Mapped[date | None]
    findings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    summary: Mapped[str] = mapped_column(Text, default="")
    finished_at: Mapped[datetime | None]
    account_id: Mapped[int | None]

    participant: Mapped[Participant] = relationship(lazy="joined")
    photos: Mapped[list[Photo]] = relationship(order_by="Photo.id")


class Photo(Numbered, Base):
    """A picture taken on the site, drawn anew on the way in so that no place is kept in it."""

    __tablename__ = "site_check_photo"

    site_check_id: Mapped[int] = mapped_column(
        ForeignKey(SiteCheck.id, ondelete="CASCADE"), index=True
    )
    media_type: Mapped[str]
    storage_key: Mapped[str]
    digest: Mapped[str]
    size: Mapped[int]
    at: Mapped[datetime]
    account_id: Mapped[int | None]
