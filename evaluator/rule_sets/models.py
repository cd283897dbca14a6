"""Table of rule sets."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from evaluator.database import Base, Versioned


class RuleSetState(StrEnum):
    """A draft may change; a published rule set never does."""

    DRAFT = "draft"
    PUBLISHED = "published"


class StoredRuleSet(Versioned, Base):
    """The YAML of a rule set with the shared files that it extends.

    `files` maps file names to texts; `main` names the one that is the rule set. The digest is that
    of its canonical form, and identifies it once it is published.
    """

    __tablename__ = "stored_rule_set"
    __table_args__ = (
        UniqueConstraint("digest"),
        CheckConstraint("(state = 'published') = (digest IS NOT NULL)", name="digest_published"),
    )

    rule_set: Mapped[str]
    category: Mapped[str]
    release: Mapped[str]
    """The version that the rule set gives itself, such as 2026.1."""
    title: Mapped[str]
    main: Mapped[str]
    files: Mapped[dict[str, Any]]
    state: Mapped[RuleSetState] = mapped_column(default=RuleSetState.DRAFT)
    digest: Mapped[str | None]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
