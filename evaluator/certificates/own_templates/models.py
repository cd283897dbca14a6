"""Tables of the district's own templates: their versions, and the pictures that these show."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluator.accounts.models import Account
from evaluator.database import Base, Numbered, Versioned

OWN = "own-"
"""What the names of own templates begin with where batches name them; a number follows."""


class TemplateState(StrEnum):
    """A draft may change; a version that was offered never does."""

    DRAFT = "draft"
    OFFERED = "offered"


class OwnTemplate(Versioned, Base):
    """A template of the district, through all its versions."""

    __tablename__ = "certificate_template"

    withdrawn_at: Mapped[datetime | None]

    versions: Mapped[list[TemplateVersion]] = relationship(
        back_populates="template",
        cascade="all, delete-orphan",
        order_by="TemplateVersion.number.desc()",
    )

    @property
    def offered(self) -> TemplateVersion | None:
        """Return the version that batches may choose now."""
        if self.withdrawn_at is not None:
            return None
        return next((each for each in self.versions if each.is_offered), None)

    @property
    def draft(self) -> TemplateVersion | None:
        """Return the version that is being written."""
        return next((each for each in self.versions if not each.is_offered), None)


class TemplateVersion(Versioned, Base):
    """One version: its YAML, and which pictures its names stand for, by their digests.

    `digest` is that of text and pictures together, by which print runs pin it.
    """

    __tablename__ = "certificate_template_version"
    __table_args__ = (
        UniqueConstraint("template_id", "number"),
        CheckConstraint("(state = 'offered') = (digest IS NOT NULL)", name="digest_offered"),
    )

    template_id: Mapped[int] = mapped_column(
        ForeignKey(OwnTemplate.id, ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    pictures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    in_order: Mapped[bool]
    """Whether the checks found nothing when it was kept."""
    state: Mapped[TemplateState] = mapped_column(default=TemplateState.DRAFT)
    digest: Mapped[str | None]
    changed_at: Mapped[datetime]
    offered_at: Mapped[datetime | None]
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    """Who changed it last."""

    template: Mapped[OwnTemplate] = relationship(back_populates="versions", lazy="joined")

    @property
    def key(self) -> str:
        """Return the name by which batches know it."""
        return f"{OWN}{self.id}"

    @property
    def is_offered(self) -> bool:
        """Return whether it was offered, and so never changes."""
        return self.state is TemplateState.OFFERED


class TemplatePicture(Numbered, Base):
    """A picture as it was written anew, known by its digest; versions share it."""

    __tablename__ = "certificate_template_picture"

    digest: Mapped[str] = mapped_column(unique=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    width: Mapped[int]
    height: Mapped[int]
