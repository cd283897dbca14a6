"""Tables of the audit log."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from evaluator.database import Base


class AuditLine(Base):
    """One change; `digest` covers every other column and the digest of the line before.

    It names accounts and organisations by number and by name as they were then, without foreign
    keys: a line outlives what it speaks of. `before` and `after` are canonical JSON.
    """

    __tablename__ = "audit_line"
    __table_args__ = (
        Index(None, "organisation_path", "number"),
        Index(None, "subject", "subject_id"),
        Index(None, "account_id", "number"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    account_id: Mapped[int | None]
    account_name: Mapped[str]
    address: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    subject_id: Mapped[int | None]
    organisation_path: Mapped[str]
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    digest: Mapped[str]


class AuditHead(Base):
    """The end of the chain: one row, locked by whoever adds a line."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    digest: Mapped[str]
