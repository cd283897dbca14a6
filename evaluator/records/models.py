"""Table of known facts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from evaluator.database import Base, Numbered
from evaluator.organisations.models import Organisation


class KnownFact(Numbered, Base):
    """The value of a fact of an organisation for a year, and where it comes from.

    `value` is what the readers of facts take: a text, or a list of events (objects of texts).
    `source` is the kind and detail that rule sets name, such as `record: theme_days`.
    """

    __tablename__ = "known_fact"
    __table_args__ = (UniqueConstraint("organisation_id", "year", "fact"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    year: Mapped[int]
    fact: Mapped[str]
    value: Mapped[Any] = mapped_column(JSON)
    source: Mapped[str]
    as_of: Mapped[date]
    brought_at: Mapped[datetime]
    account_id: Mapped[int | None]
