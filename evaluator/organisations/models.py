"""Tables of the register of organisations and its history."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluator.database import Base, Numbered, Versioned


class Tier(StrEnum):
    """Where an organisation stands: the district, a directly subordinate committee, a branch."""

    DISTRICT = "district"
    COMMITTEE = "committee"
    BRANCH = "branch"


class Kind(StrEnum):
    """What an organisation is by the party's constitution."""

    WORKING_COMMITTEE = "working_committee"
    COMMITTEE = "committee"
    GENERAL_BRANCH = "general_branch"
    BRANCH = "branch"
    JOINT_BRANCH = "joint_branch"


class Status(StrEnum):
    """Whether an organisation goes on."""

    ACTIVE = "active"
    MERGED = "merged"
    SPLIT = "split"
    DISSOLVED = "dissolved"


class Organisation(Versioned, Base):
    """A party organisation; `path` lists the numbers from the root to itself, as in `/1/7/120/`.

    `attributes` holds what rule sets ask of the register beyond the columns, each as the text
    that the readers of facts take, by the name of the attribute.
    """

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("(parent_id IS NULL) = (tier = 'district')", name="root_is_district"),
        CheckConstraint("members >= 0", name="members_not_negative"),
        Index(None, "tier", "status", "sort_key"),
        # A page of the list is read in order, and counted, from the index alone.
        Index(None, "status", "sort_key", "id", "path"),
        Index(None, "status", "parent_id", "path"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    sort_key: Mapped[str]
    tier: Mapped[Tier]
    kind: Mapped[Kind]
    category: Mapped[str | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    path: Mapped[str] = mapped_column(index=True, default="")
    members: Mapped[int] = mapped_column(default=0)
    founded: Mapped[date | None]
    secretary: Mapped[str] = mapped_column(default="")
    attributes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    status: Mapped[Status] = mapped_column(default=Status.ACTIVE)

    parent: Mapped[Organisation | None] = relationship(remote_side="Organisation.id")

    @property
    def committee_id(self) -> int | None:
        """Return the number of the committee that it belongs to, itself where it is one."""
        numbers = self.path.strip("/").split("/")
        return int(numbers[1]) if len(numbers) > 1 else None


class OrganisationChange(Numbered, Base):
    """What happened to an organisation and when; merged ones keep their history through it."""

    __tablename__ = "organisation_change"

    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    what: Mapped[str]
    on: Mapped[date]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str] = mapped_column(default="")
    written_at: Mapped[datetime]
    account_id: Mapped[int | None]


class Succession(Numbered, Base):
    """That one organisation went on as another, by a merger or a split."""

    __tablename__ = "succession"
    __table_args__ = (UniqueConstraint("predecessor_id", "successor_id"),)

    predecessor_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    successor_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    what: Mapped[str]
    on: Mapped[date]
    leads: Mapped[bool] = mapped_column(default=False)
    """Whether the predecessor leads a merger, for rule sets that go on with its history."""


class StandingLevel(Numbered, Base):
    """The level that an organisation holds since a year, as rule sets ask for it."""

    __tablename__ = "standing_level"
    __table_args__ = (UniqueConstraint("organisation_id", "year"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    year: Mapped[int]
    level: Mapped[str]
